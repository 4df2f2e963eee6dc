"""The download handler that records what crosses the wire, for ``DOWNLOAD_HANDLERS``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

from newscrawl.downloading.archive import CrawlArchive
from newscrawl.downloading.received import forget
from newscrawl.downloading.tap import RecordingPool
from newscrawl.downloading.truncation import TRUNCATING_FLAGS

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class RecordingDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https; request and response are in the archive before it hands the response on."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor  # importing it installs one; Scrapy has done so by now

        self._recording_pool = RecordingPool(reactor, self._pool.maxPersistentPerHost)
        self._pool = self._recording_pool
        self._archive = CrawlArchive.of(crawler)

    async def download_request(self, request: Request) -> Response:
        """The response; its record is ``response.meta["warc"]``, its capture ``capture_from(response)``.

        Raises:
            ArchiveError: it could not be recorded; the crawl is then closed.
        """
        forget(request)
        recording = self._archive.new_recording()
        # Scrapy's handler asks the pool for a connection before it awaits anything, so this one is taken at once.
        self._recording_pool.recording = recording
        try:
            response = await super().download_request(request)
        except BaseException as error:
            self._archive.record(request, recording, error)
            raise
        self._archive.record(
            request, recording, next((flag for flag in response.flags if flag in TRUNCATING_FLAGS), None)
        )
        return response
