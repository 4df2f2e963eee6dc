"""Settings of a developer's machine: the sample site on loopback, all data below ./data."""

from .base import *

# Enough for the sample site; production requires a real contact.
CONTACT = "https://localhost/"

# Servers on this machine and in its network may be crawled.
PRIVATE_ADDRESSES_ALLOWED = True
# A developer waits for the result.
HOST_DOWN_MAX = 20
