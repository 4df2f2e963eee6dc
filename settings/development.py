"""On a developer's machine: the sample site on loopback, everything below ./data, quick."""

from .base import *

# The sample site's robots.txt asks for a short delay itself; the real sites' robots and base.py rule elsewhere.
CONTACT = "https://localhost/"

# Whatever runs on this machine or beside it may be crawled.
PRIVATE_ADDRESSES_ALLOWED = True
# A developer waits at the terminal.
HOST_DOWN_MAX = 20
