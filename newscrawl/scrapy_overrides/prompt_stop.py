"""End a crawl promptly: finish the downloads that run, and leave the requests that wait to the next crawl.

After SIGTERM, Ctrl-C or a close reason, Scrapy ends once all requests in the downloader are done, also those that wait
for their turn at a host. With a delay of ten seconds and sixteen of them that takes longer than Scrapyd, systemd or
Docker wait before they kill.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.asyncio import create_looping_call

from newscrawl.fetch_record import update_fetch_record

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
"""How often the extension checks whether the crawl is closing: Scrapy sends no signal before all requests are done."""


class PromptStop:
    """Empties the queues of the downloader once the crawl is closing."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._check = create_looping_call(self._check_closing)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the extension."""
        stop = cls(crawler)
        crawler.signals.connect(stop.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(stop.spider_closed, signal=signals.spider_closed)
        return stop

    def spider_opened(self) -> None:
        """Begin to check."""
        self._check.start(LOOK_SECONDS, now=False)

    def spider_closed(self) -> None:
        """Stop checking, since all requests are done."""
        if self._check.running:
            self._check.stop()

    def _check_closing(self) -> None:
        engine = self._crawler.engine
        if engine is None or (self._crawler.crawling and not _is_closing(engine)):
            return
        give_back = getattr(engine.scheduler, "give_back", None)
        left = 0
        for slot in engine.downloader.slots.values():
            while slot.queue:
                request, waiting = slot.queue.popleft()
                if give_back is not None:
                    give_back(request)
                update_fetch_record(request, is_abandoned=True)
                waiting.errback(IgnoreRequest("the crawl is closing"))
                left += 1
        if left:
            logger.info("Requests that waited for their turn and are left to the next crawl: %d", left)


def _is_closing(engine: ExecutionEngine) -> bool:
    return engine._slot is not None and engine._slot.closing is not None
