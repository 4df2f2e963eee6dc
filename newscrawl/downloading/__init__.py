"""Downloads that are in the archive before anyone sees them."""

from newscrawl.downloading.archive import CrawlArchive
from newscrawl.downloading.compression import CAPTURE_ONLY
from newscrawl.downloading.handler import RecordingDownloadHandler
from newscrawl.downloading.received import capture_from

__all__ = ["CAPTURE_ONLY", "CrawlArchive", "RecordingDownloadHandler", "capture_from"]
