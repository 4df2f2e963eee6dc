"""On a server, also under Scrapyd: paths, contact and secrets from the environment, nothing that listens on a port.

Importing it always works: Scrapyd lists the spiders of every egg it gets, on a machine that is perhaps not set up yet.
It is a crawl that does not start without what REQUIRED_SETTINGS names, and says what.
"""

import os
from pathlib import Path

from .base import *

# NEWSCRAWL_DATA, the folder that all data lies in, as an absolute path: Scrapyd's jobs run where Scrapyd was started.
DATA_DIRECTORY = os.environ.get("NEWSCRAWL_DATA")
ARTICLES_DIRECTORY = str(Path(DATA_DIRECTORY or "data", "articles"))
REJECTED_DIRECTORY = str(Path(DATA_DIRECTORY or "data", "rejected"))
REPLAY_DIRECTORY = str(Path(DATA_DIRECTORY or "data", "replayed"))
SCHEDULE_DIRECTORY = str(Path(DATA_DIRECTORY or "data", "schedule"))
MONITORS_DIRECTORY = str(Path(DATA_DIRECTORY or "data", "monitors"))
STATE_DIRECTORY = str(Path(DATA_DIRECTORY or "data", "state"))
WARC_DIRECTORY = str(Path(DATA_DIRECTORY or "data", "warc"))

# NEWSCRAWL_CONTACT, a mail address or URL where a site's operator reaches you.
CONTACT = os.environ.get("NEWSCRAWL_CONTACT")
USER_AGENT = f"newscrawl/0.1 (news archive; +{CONTACT})" if CONTACT else USER_AGENT

REQUIRED_SETTINGS = {"CONTACT": "NEWSCRAWL_CONTACT", "DATA_DIRECTORY": "NEWSCRAWL_DATA"}

# NEWSCRAWL_WARC_STORE, where finished WARC files go: s3://bucket/folder. The keys are fsspec's own matter: it takes
# them from the environment, the configuration files or the role of the machine, as the store's library does.
# NEWSCRAWL_WARC_STORE_DELETE_LOCAL=1 has files go from here once they are there and were compared.
WARC_STORE = os.environ.get("NEWSCRAWL_WARC_STORE")
WARC_STORE_DELETE_LOCAL = os.environ.get("NEWSCRAWL_WARC_STORE_DELETE_LOCAL", WARC_STORE_DELETE_LOCAL)

# NEWSCRAWL_SCHEDULE, the schedule file.
SCHEDULE_FILE = os.environ.get("NEWSCRAWL_SCHEDULE", SCHEDULE_FILE)

# NEWSCRAWL_REDIS_URL, for several crawlers of one site.
REDIS_URL = os.environ.get("NEWSCRAWL_REDIS_URL")

# Where notices of crawls that are not fine go: NEWSCRAWL_WEBHOOK, NEWSCRAWL_SLACK_WEBHOOK, NEWSCRAWL_MAIL_TO (separated
# by commas) through the server NEWSCRAWL_SMTP_*.
MONITORS_WEBHOOK = os.environ.get("NEWSCRAWL_WEBHOOK")
MONITORS_SLACK_WEBHOOK = os.environ.get("NEWSCRAWL_SLACK_WEBHOOK")
MONITORS_MAIL_TO = [address for address in os.environ.get("NEWSCRAWL_MAIL_TO", "").split(",") if address.strip()]
MONITORS_MAIL_FROM = os.environ.get("NEWSCRAWL_MAIL_FROM", MONITORS_MAIL_FROM)
MONITORS_SMTP_HOST = os.environ.get("NEWSCRAWL_SMTP_HOST", MONITORS_SMTP_HOST)
MONITORS_SMTP_PORT = os.environ.get("NEWSCRAWL_SMTP_PORT", MONITORS_SMTP_PORT)
MONITORS_SMTP_SECURITY = os.environ.get("NEWSCRAWL_SMTP_SECURITY")
MONITORS_SMTP_USER = os.environ.get("NEWSCRAWL_SMTP_USER")
MONITORS_SMTP_PASSWORD = os.environ.get("NEWSCRAWL_SMTP_PASSWORD")

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
