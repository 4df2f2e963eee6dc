"""Pause and slow down the slot of a host in Scrapy's downloader."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler

_LEAST_DELAY = 0.001
"""Seconds: a slot without any delay ignores when it was used last."""


class HostSlots:
    """The slots of one crawl's downloader, with the concurrency that each had before it was slowed down."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._concurrency: dict[str, int] = {}

    def pause(self, host: str, until: float) -> None:
        """Send nothing to ``host`` before ``until``, a time of the monotonic clock."""
        slot = self._slots.get(host)
        if slot is not None:
            slot.delay = max(slot.delay, _LEAST_DELAY)
            slot.lastseen = max(slot.lastseen, until)

    def one_at_a_time(self, host: str) -> None:
        """Send one request at a time to ``host``."""
        slot = self._slots.get(host)
        if slot is not None and slot.concurrency > 1:
            self._concurrency.setdefault(host, slot.concurrency)
            slot.concurrency = 1

    def restore(self, host: str) -> None:
        """Send as many requests at a time to ``host`` as before :meth:`one_at_a_time`."""
        slot = self._slots.get(host)
        if slot is not None and host in self._concurrency:
            slot.concurrency = self._concurrency.pop(host)

    @property
    def _slots(self) -> dict[str, Slot]:
        engine = self._crawler.engine
        return engine.downloader.slots if engine is not None else {}
