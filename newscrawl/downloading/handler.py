"""The download handler that records what crosses the wire, for ``DOWNLOAD_HANDLERS``."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import ResponseDataLossError
from scrapy.utils._download_handlers import get_dataloss_msg, wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future

from newscrawl.downloading.archive import CrawlArchive
from newscrawl.downloading.lane import FastLane
from newscrawl.downloading.pool import RecordingPool
from newscrawl.downloading.received import forget
from newscrawl.downloading.tap import Recording
from newscrawl.downloading.truncation import TRUNCATING_FLAGS

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)


class RecordingDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https; request and response are in the archive before it hands the response on."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor  # importing it installs one; Scrapy has done so by now

        self._recording_pool = RecordingPool(reactor, self._pool.maxPersistentPerHost)
        self._pool = self._recording_pool
        self._archive = CrawlArchive.of(crawler)
        self._lane = FastLane(crawler, self._recording_pool, self._agent_options)

    async def download_request(self, request: Request) -> Response:
        """The response; its record is ``fetch_record(request).recorded``, its capture ``capture_from(response)``.

        Raises:
            ArchiveError: it could not be recorded; the crawl is then closed.
        """
        forget(request)
        recording = self._archive.new_recording()
        try:
            response = await self._response(request, recording)
        except BaseException as error:
            self._archive.record(request, recording, error)
            raise
        self._archive.record(
            request, recording, next((flag for flag in response.flags if flag in TRUNCATING_FLAGS), None)
        )
        return response

    async def _response(self, request: Request, recording: Recording) -> Response:
        in_lane = self._lane.response(request, recording)
        if in_lane is None:
            # Scrapy's handler asks the pool for a connection before it awaits anything, so this one is taken at once.
            self._recording_pool.recording = recording
            return await super().download_request(request)
        # As Scrapy's handler treats its agent.
        try:
            with wrap_twisted_exceptions():
                return await maybe_deferred_to_future(in_lane)
        except ResponseDataLossError:
            if not self._fail_on_dataloss_warned:
                logger.warning(get_dataloss_msg(request.url))
                self._fail_on_dataloss_warned = True
            raise

    def _agent_options(self) -> dict[str, Any]:
        """What Scrapy's handler makes its agents with."""
        spider = self._crawler.spider
        return {
            "contextFactory": self._contextFactory,
            "bindAddress": self._bind_address,
            "pool": self._pool,
            "maxsize": getattr(spider, "download_maxsize", self._default_maxsize),
            "warnsize": getattr(spider, "download_warnsize", self._default_warnsize),
            "fail_on_dataloss": self._fail_on_dataloss,
            "crawler": self._crawler,
            "tls_verbose_logging": self._tls_verbose_logging,
        }
