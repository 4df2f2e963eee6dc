"""On a server, also under Scrapyd: paths and secrets from the environment, nothing that listens on a port."""

import os
from pathlib import Path

from .base import *

# Scrapyd runs jobs in a working directory of its own, so all data lives below one folder named here.
DATA_DIRECTORY = Path(os.environ.get("NEWSCRAWL_DATA", "data"))
ARTICLES_DIRECTORY = str(DATA_DIRECTORY / "articles")
REJECTED_DIRECTORY = str(DATA_DIRECTORY / "rejected")
WARC_DIRECTORY = str(DATA_DIRECTORY / "warc")

CONTACT = os.environ.get("NEWSCRAWL_CONTACT")
USER_AGENT = f"newscrawl/0.1 (news archive; +{CONTACT})" if CONTACT else USER_AGENT

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
