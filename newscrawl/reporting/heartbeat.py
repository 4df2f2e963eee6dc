"""Ping a URL at the start and the end of each crawl, so that a service notices one that never starts or never ends.

The addresses follow the convention of healthchecks.io (https://healthchecks.io/docs/http_api/): ``URL/start`` at the
start, ``URL/STATUS`` at the end with the exit status of the crawl, where 0 means success.
"""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlsplit

from scrapy import signals
from scrapy.exceptions import NotConfigured
from twisted.internet.threads import deferToThread

from newscrawl.errors import UsageError
from newscrawl.reporting.summary import Summary

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

SECONDS = 10
"""Seconds that the service may take to answer; a crawl ends at the latest so much later."""


class Heartbeat:
    """Ping ``HEARTBEAT_URL``; ``{site}`` in it stands for the site's name."""

    def __init__(self, crawler: Crawler, url: str) -> None:
        self._crawler = crawler
        self._url = url.replace("{site}", quote(crawler.spidercls.name)).rstrip("/")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the extension; Scrapy calls this.

        Raises:
            NotConfigured: ``HEARTBEAT_URL`` is not set.
            UsageError: it is no http address.
        """
        url = crawler.settings.get("HEARTBEAT_URL")
        if not url:
            raise NotConfigured
        if urlsplit(url).scheme not in ("http", "https"):
            raise UsageError("HEARTBEAT_URL is not an http(s) URL")
        heartbeat = cls(crawler, url)
        crawler.signals.connect(heartbeat.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(heartbeat.engine_stopped, signal=signals.engine_stopped)
        return heartbeat

    def spider_opened(self) -> None:
        """Ping the start; the crawl does not wait for the answer."""
        deferToThread(self._ping, "start")

    async def engine_stopped(self) -> None:
        """Ping the end with the exit status; the process waits for the answer."""
        stats = self._crawler.stats.get_stats() if self._crawler.stats else {}
        await deferToThread(self._ping, str(int(Summary.from_stats(stats).exit_status)))

    def _ping(self, what: str) -> None:
        try:
            with urllib.request.urlopen(f"{self._url}/{what}", timeout=SECONDS) as answer:  # noqa: S310 - http(s) alone
                answer.read(1)
        except (OSError, ValueError, urllib.error.URLError) as error:
            # The address may hold a secret, so it is not logged.
            logger.error("The ping %s to HEARTBEAT_URL failed: %s", what, error)  # noqa: TRY400
            if self._crawler.stats is not None:
                self._crawler.stats.inc_value("heartbeat/failed")
