"""SIGTERM, Ctrl-C, an end for a reason of our own: what is on the wire is dealt with, what waits is left to the next
crawl.

Scrapy ends when all requests it has begun are through, those that wait for their turn at a host too. With a delay of
ten seconds and sixteen of them that is longer than Scrapyd, systemd or Docker wait before they kill.
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
"""How often it is looked whether the crawl was told to stop: Scrapy sends no signal before all requests are through."""


class PromptStop:
    """Empties the queues of the downloader once the crawl was told to stop."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._loop = create_looping_call(self._look)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        stop = cls(crawler)
        crawler.signals.connect(stop.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(stop.spider_closed, signal=signals.spider_closed)
        return stop

    def spider_opened(self) -> None:
        """Begin to look."""
        self._loop.start(LOOK_SECONDS, now=False)

    def spider_closed(self) -> None:
        """All requests are through."""
        if self._loop.running:
            self._loop.stop()

    def _look(self) -> None:
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
                waiting.errback(IgnoreRequest("the crawl was told to stop"))
                left += 1
        if left:
            logger.info("%d requests that waited for their turn are left to the next crawl", left)


def _is_closing(engine: ExecutionEngine) -> bool:
    return engine._slot is not None and engine._slot.closing is not None
