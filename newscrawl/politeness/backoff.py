"""What a host in trouble gets: a rest. Its URLs are put back, not used up, and in the end left for the next crawl."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.fetch_record import fetch_record, update_fetch_record
from newscrawl.politeness.health import HostHealth
from newscrawl.politeness.retryafter import seconds_to_wait

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

CLOSE_REASON = "host_failing"
TROUBLED = frozenset({429, 502, 503, 504, 521, 522, 523, 524})
"""Statuses that speak of the host and not of the page: RFC 9110, 15.6; RFC 6585, 4; 52x are Cloudflare's."""
NO_ANSWER = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError, DownloadTimeoutError)
MAX_POSTPONEMENTS = 20
"""How often one request is put back without counting as a retry: a page that always says 503 must come to an end."""
_LEAST_DELAY = 0.001
"""Seconds: a slot without any delay does not look at when it was used last."""


class BackoffMiddleware:
    """Pauses a host that asks for it (Retry-After) or that fails again and again; ends a crawl whose host stays down.

    Stands between Scrapy's retries and the network. ``RETRY_AFTER_MAX`` caps what a server may ask for and the pauses
    of a failing host; ``HOST_DOWN_MAX`` is how long the site's own host may fail before the crawl ends, for the reason
    ``host_failing``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest_pause = crawler.settings.getfloat("RETRY_AFTER_MAX")
        self._patience = crawler.settings.getfloat("HOST_DOWN_MAX")
        self._hosts: dict[str, HostHealth] = {}
        self._concurrency: dict[str, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """The response, or the request again where the host wants to be asked later."""
        host = _host(request)
        if response.status not in TROUBLED:
            self._recovered(host)
            return response
        asked = seconds_to_wait(response.headers.get("Retry-After"), datetime.now(UTC), self._longest_pause)
        if asked:
            self._count("politeness/retry_after")
        self._failed(request, host, asked or 0.0, f"answers {response.status}")
        return self._postponed(request, host, bool(asked)) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The request again where its host is failing; None lets Scrapy's retries go on."""
        if not isinstance(exception, NO_ANSWER):
            return None
        host = _host(request)
        self._failed(request, host, 0.0, str(exception) or type(exception).__name__)
        return self._postponed(request, host, False)

    def _failed(self, request: Request, host: str, asked: float, what: str) -> None:
        now = monotonic()
        health = self._hosts.setdefault(host, HostHealth(self._longest_pause))
        pause = max(health.failed(now), asked)
        if pause:
            health.paused_until = max(health.paused_until, now + pause)
            self._pause(request, now + pause)
            self._count("politeness/pauses")
            level = logging.WARNING if health.is_failing else logging.INFO
            logger.log(level, "%s %s: nothing is asked of it for %.0f s", host, what, pause)
        if health.is_failing:
            self._one_at_a_time(request)
        if health.down_for(now) > self._patience and self._is_sites_own(request):
            self._end(host, health.down_for(now))

    def _recovered(self, host: str) -> None:
        health = self._hosts.get(host)
        if health is None or not health.succeeded():
            return
        self._count("politeness/recoveries")
        logger.info("%s answers again", host)
        slot = self._slots.get(host)
        if slot is not None and host in self._concurrency:
            slot.concurrency = self._concurrency.pop(host)

    def _postponed(self, request: Request, host: str, asked: bool) -> Request | None:
        times = fetch_record(request).postponements
        if not (asked or self._hosts[host].is_failing) or times >= MAX_POSTPONEMENTS or request.meta.get("dont_retry"):
            return None
        self._count("politeness/postponed")
        again = request.copy()
        update_fetch_record(again, postponements=times + 1)
        again.dont_filter = True
        return again

    def _pause(self, request: Request, until: float) -> None:
        """Nothing is sent to the slot of ``request`` before ``until``: as if it had been used only then."""
        slot = self._slots.get(request.meta.get("download_slot", ""))
        if slot is not None:
            slot.delay = max(slot.delay, _LEAST_DELAY)
            slot.lastseen = max(slot.lastseen, until)

    def _one_at_a_time(self, request: Request) -> None:
        key = request.meta.get("download_slot", "")
        slot = self._slots.get(key)
        if slot is not None and slot.concurrency > 1:
            self._concurrency.setdefault(key, slot.concurrency)
            slot.concurrency = 1

    def _is_sites_own(self, request: Request) -> bool:
        site = getattr(self._crawler.spider, "site", None)
        return site is None or site.has_host(request.url)

    def _end(self, host: str, seconds: float) -> None:
        engine = self._crawler.engine
        if engine is None or engine.spider is None or self._crawler.stats is None:
            return
        if self._crawler.stats.get_value("politeness/host_failing"):
            return
        self._crawler.stats.set_value("politeness/host_failing", host)
        logger.error("%s has been failing for %.0f s: the crawl ends, the rest is left for the next one", host, seconds)
        deferred_from_coro(engine.close_spider_async(reason=CLOSE_REASON))

    @property
    def _slots(self) -> dict[str, Slot]:
        engine = self._crawler.engine
        return engine.downloader.slots if engine is not None else {}

    def _count(self, name: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name)


def _host(request: Request) -> str:
    return str(request.meta.get("download_slot") or urlparse_cached(request).hostname or "")
