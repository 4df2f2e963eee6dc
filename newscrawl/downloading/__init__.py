"""Downloads that are in the archive before anyone sees them."""

from newscrawl.downloading.archive import CrawlArchive
from newscrawl.downloading.handler import RecordingDownloadHandler
from newscrawl.downloading.received import capture_from

__all__ = ["CrawlArchive", "RecordingDownloadHandler", "capture_from"]
