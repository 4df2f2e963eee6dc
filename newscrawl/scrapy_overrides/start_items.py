"""Close crawls whose last items came from ``Spider.start``, and let such items wait for room in the pipelines.

Scrapy 2.19 checks whether a closing crawl has no item left only when a response was dealt with. The items of ``start``
have no response: a crawl that is closed while one of them is in the pipelines would never end. Scrapy also starts the
pipelines of all these items at once, and goes on reading ``start`` while it closes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.utils.asyncio import call_later, create_looping_call
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

if TYPE_CHECKING:
    from scrapy.core.scraper import Slot
    from scrapy.crawler import Crawler

ITEMS_TOGETHER = 16
"""Items of ``start`` that are in the pipelines at one time."""
CHECK_SECONDS = 0.5
"""Seconds between two checks whether the crawl is closing and has no item left."""
PAUSE_SECONDS = 0.005
"""Seconds between two checks for room: some three articles take as long."""


class CloseAfterStartItems:
    """Extension: ends the wait of a closing crawl once no item is left in its pipelines."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._loop = create_looping_call(self._check)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension for Scrapy, and connect its signals."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Begin to check."""
        self._loop.start(CHECK_SECONDS, now=False)

    def spider_closed(self) -> None:
        """Stop checking: no item is left."""
        if self._loop.running:
            self._loop.stop()

    def _check(self) -> None:
        slot = _slot_of(self._crawler)
        if slot is not None and slot.closing is not None and not slot.closing.called and slot.is_idle():
            assert self._crawler.spider is not None
            slot.closing.callback(self._crawler.spider)


async def room_for_item(crawler: Crawler) -> bool:
    """Wait until the pipelines have room for one more item of ``start``; return False if the crawl is closing."""
    while (slot := _slot_of(crawler)) is not None:
        if slot.closing is not None:
            return False
        if slot.itemproc_size < ITEMS_TOGETHER:
            return True
        await _sleep(PAUSE_SECONDS)
    return False


def _slot_of(crawler: Crawler) -> Slot | None:
    engine = crawler.engine
    return engine.scraper.slot if engine is not None else None


async def _sleep(seconds: float) -> None:
    waiting: Deferred[None] = Deferred()
    call_later(seconds, waiting.callback, None)
    await maybe_deferred_to_future(waiting)
