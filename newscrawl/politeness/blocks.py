"""Recognise that a site blocks the crawler, slow down, and end the crawl before all its URLs are used up.

A block shows in the answers for articles, several in a row: a status such as 403, a redirect to the same page that is
no article, or a page with status 200 that is a wall (:mod:`newscrawl.sites.walls`).
"""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.utils.defer import deferred_from_coro

from newscrawl.chain.drops import NoArticle
from newscrawl.crawl_context import CrawlContext
from newscrawl.politeness.health import HostHealth
from newscrawl.politeness.slots import HostSlots

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

CLOSE_REASON = "blocked"
BLOCKING = frozenset({401, 403, 405, 407, 451, 999})
"""Statuses by which servers and the walls before them refuse a crawler; those that ask to come back later, such as 429
and 503, are in :mod:`newscrawl.politeness.backoff`. 999 is used by several bot walls."""
MAX_PAUSES = 5
"""Pauses after which the crawl ends if the next answers are blocks too: about three minutes in all."""


class BlockMonitor:
    """Counts blocks in a row. An extension: it also learns from the pipelines which pages were walls."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._health = HostHealth(crawler.settings.getfloat("RETRY_AFTER_MAX"))
        self._slots = HostSlots(crawler)
        self._redirect_target: str | None = None
        self._hosts: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension for Scrapy, and connect its signals."""
        monitor = cls.of(crawler)
        crawler.signals.connect(monitor.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(monitor.item_dropped, signal=signals.item_dropped)
        return monitor

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return the monitor of ``crawler``, the same one for all its components."""
        return CrawlContext.of(crawler).shared(cls, lambda: cls(crawler))

    @property
    def is_blocked(self) -> bool:
        """Whether so many blocks came in a row that they are no faults of single pages."""
        return self._health.is_failing

    def blocked(self, url: str, what: str) -> None:
        """Count a block at the article ``url``; ``what`` says how it showed."""
        host = urlsplit(url).hostname or ""
        now = monotonic()
        pause = self._health.failed(now)
        self._count("politeness/blocked")
        if not self.is_blocked:
            return
        self._hosts.add(host)
        self._slots.one_at_a_time(host)
        if not pause:
            return
        if self._health.pauses > MAX_PAUSES:
            self._end(host, what)
            return
        self._slots.pause(host, now + pause)
        self._count("politeness/pauses")
        logger.warning("%s %s, %d times in a row: pausing requests for %.0f s", host, what, self._health.streak, pause)

    def redirected(self, url: str, target: str) -> None:
        """Count a redirect of the article ``url`` to another page: a block if the last one led there too."""
        if target == self._redirect_target:
            self.blocked(url, f"redirects articles to {target}")
        self._redirect_target = target

    def passed(self) -> None:
        """Note that an article page came."""
        self._redirect_target = None
        if self._health.succeeded():
            logger.info("%s answers again", ", ".join(sorted(self._hosts)))
            for host in self._hosts:
                self._slots.restore(host)
            self._hosts.clear()

    def item_scraped(self) -> None:
        """Note an article."""
        self.passed()

    def item_dropped(self, item: Any, exception: Exception) -> None:
        """Note a wall, or a page that is none."""
        if isinstance(exception, NoArticle) and exception.is_wall:
            self._count("pages/walled")
            self.blocked(item.url, f"serves walls instead of pages ({exception.reason})")
        else:
            self.passed()

    def _end(self, host: str, what: str) -> None:
        engine, stats = self._crawler.engine, self._crawler.stats
        if engine is None or engine.spider is None or stats is None or stats.get_value("politeness/block"):
            return
        stats.set_value("politeness/block", f"{host} {what}")
        logger.error("closing the crawl: %s %s, %d times in a row", host, what, self._health.streak)
        deferred_from_coro(engine.close_spider_async(reason=CLOSE_REASON))

    def _count(self, name: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name)
