"""Settings to replay archives: no network, and no archive is written."""

from .base import *

WARC_ENABLED = False
WARC_REVISIT_INDEX = None
STATE_DIRECTORY = None
ROBOTSTXT_OBEY = False
AUTOTHROTTLE_ENABLED = False
DOWNLOAD_HANDLERS = {"http": None, "https": None}
