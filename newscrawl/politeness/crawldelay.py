"""Enforce ``Crawl-delay`` of robots.txt as the shortest delay between two requests to its host."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Downloader
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


class CrawlDelay:
    """Keeps the delay of each host at or above what its robots.txt asks for, up to ``CRAWL_DELAY_MAX`` seconds."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._most: float = crawler.settings.getfloat("CRAWL_DELAY_MAX")
        self._delays: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension for Scrapy; not configured without ``ROBOTSTXT_OBEY``."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured  # ROBOTSTXT_OBEY is off
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        # AutoThrottle is made before this extension, so it has set its delay when this is called.
        crawler.signals.connect(extension.response_downloaded, signal=signals.response_downloaded)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Apply the delay to the host of ``request``."""
        asked = robotparser.crawl_delay(self._agent)
        host = urlparse_cached(request).hostname or ""
        if not asked or asked < 0 or self._crawler.engine is None:
            return
        delay = min(asked, self._most)
        if asked > self._most:
            logger.warning("%s asks for a delay of %g s; it gets %g (CRAWL_DELAY_MAX)", host, asked, self._most)
        else:
            logger.info("%s asks for a delay of %g s", host, asked)
        if self._crawler.stats is not None:
            self._crawler.stats.set_value(f"politeness/crawl_delay/{host}", delay)
        downloader: Downloader = self._crawler.engine.downloader
        slots = downloader.per_slot_settings
        own = slots.get(host, {})
        self._delays[host] = delay
        # A slot that is idle for a minute is made anew. Scrapy's jitter would go below what was asked for.
        slots[host] = {**own, "delay": max(delay, own.get("delay", downloader._delay)), "jitter": 0}
        self._keep(host)

    def response_downloaded(self, request: Request) -> None:
        """Restore the delay where AutoThrottle went below it."""
        self._keep(str(request.meta.get("download_slot", "")))

    def _keep(self, host: str) -> None:
        delay = self._delays.get(host)
        engine = self._crawler.engine
        if delay is None or engine is None:
            return
        slot = engine.downloader.slots.get(host)
        if slot is not None:
            slot.jitter = 0
            slot.delay = max(slot.delay, delay)
