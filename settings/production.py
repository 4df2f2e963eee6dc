"""Settings of a server, also under Scrapyd: paths, contact and secrets come from the environment; no port is opened.

Importing them never fails, because Scrapyd lists the spiders of every new egg, also on a machine that is not configured
yet. A crawl does not start if a value is missing or malformed; it names what is wrong.
"""

import os
from pathlib import Path

from .base import *
from .environment import environment_from

# What docs/reference/environment.md describes.
_environment, ENVIRONMENT_FAULTS = environment_from(os.environ)

# An absolute path: Scrapyd's jobs run in the folder where Scrapyd was started.
DATA_DIRECTORY = _environment.data
_data = Path(DATA_DIRECTORY or "data")
ARTICLES_DIRECTORY = str(_data / "articles")
REJECTED_DIRECTORY = str(_data / "rejected")
REPLAY_DIRECTORY = str(_data / "replayed")
SCHEDULE_DIRECTORY = str(_data / "schedule")
MONITORS_DIRECTORY = str(_data / "monitors")
REPORT_DIRECTORY = str(_data / "reports")
STATE_DIRECTORY = str(_data / "state")
WARC_DIRECTORY = str(_data / "warc")
LOG_DIRECTORY = str(_data / "logs")

CONTACT = _environment.contact
USER_AGENT = f"newscrawl/0.1 (news archive; +{CONTACT})" if CONTACT else USER_AGENT

REQUIRED_SETTINGS = {"CONTACT": "NEWSCRAWL_CONTACT", "DATA_DIRECTORY": "NEWSCRAWL_DATA"}

WARC_STORE = _environment.warc_store
WARC_STORE_DELETE_LOCAL = _environment.warc_store_delete_local

SCHEDULE_FILE = _environment.schedule

REDIS_URL = _environment.redis_url

MONITORS_WEBHOOK = _environment.webhook
MONITORS_SLACK_WEBHOOK = _environment.slack_webhook
MONITORS_MAIL_TO = list(_environment.mail_to)
MONITORS_MAIL_FROM = _environment.mail_from
MONITORS_SMTP_HOST = _environment.smtp_host
MONITORS_SMTP_PORT = _environment.smtp_port
MONITORS_SMTP_SECURITY = _environment.smtp_security
MONITORS_SMTP_USER = _environment.smtp_user
MONITORS_SMTP_PASSWORD = _environment.smtp_password

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
