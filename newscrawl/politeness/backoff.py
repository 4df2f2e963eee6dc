"""Pause hosts that are in trouble. Their requests are put back, not used up, and at last left for the next crawl."""

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
    IgnoreRequest,
)
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.fetch_record import fetch_record, update_fetch_record
from newscrawl.politeness.blocks import BLOCKING, BlockMonitor
from newscrawl.politeness.health import HostHealth
from newscrawl.politeness.retryafter import seconds_to_wait
from newscrawl.politeness.slots import HostSlots
from newscrawl.site import Site

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

CLOSE_REASON = "host_failing"
TROUBLED = frozenset({429, 502, 503, 504, *range(520, 531), 598, 599})
"""Statuses that speak of the host and not of the page: RFC 9110, 15.6; RFC 6585, 4. Those from 520 on are of Cloudflare
and of other proxies."""
NO_ANSWER = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError, DownloadTimeoutError)
MAX_POSTPONEMENTS = 20
"""How often one request is put back without counting as a retry: a page that always says 503 must come to an end."""


class BackoffMiddleware:
    """Pauses a host that asks for it (Retry-After), that fails again and again, or that blocks the crawler.

    It is between Scrapy's retries and the network. ``RETRY_AFTER_MAX`` limits what a server may ask for, and the pauses
    of a failing host. ``HOST_DOWN_MAX`` is how long the site's main host may fail before the crawl ends, for the reason
    ``host_failing``. Any other host (a mirror, a host of pictures) ends nothing: once it fails, nothing more is
    requested from it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest_pause = crawler.settings.getfloat("RETRY_AFTER_MAX")
        self._patience = crawler.settings.getfloat("HOST_DOWN_MAX")
        self._hosts: dict[str, HostHealth] = {}
        self._slots = HostSlots(crawler)
        self._blocks = BlockMonitor.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware for Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse a request to a host that fails and that the crawl can do without.

        Raises:
            IgnoreRequest: the host fails.
        """
        host = _host(request)
        health = self._hosts.get(host)
        if health is not None and health.is_failing and not self._is_main(request):
            self._count("politeness/given_up")
            raise IgnoreRequest(f"{host} does not answer")

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Return the response, or the request again where the host wants to be asked later."""
        host = _host(request)
        if response.status in BLOCKING and fetch_record(request).found is not None:
            self._blocks.blocked(request.url, f"answers {response.status}")
            return (self._put_back(request) if self._blocks.is_blocked else None) or response
        if response.status not in TROUBLED:
            self._recovered(host)
            return response
        asked = seconds_to_wait(response.headers.get("Retry-After"), datetime.now(UTC), self._longest_pause)
        if asked:
            self._count("politeness/retry_after")
        self._failed(request, host, asked or 0.0, f"answers {response.status}")
        return self._postponed(request, host, bool(asked)) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Return the request again where its host is failing, else None, so that Scrapy's retries go on."""
        if not isinstance(exception, NO_ANSWER):
            return None
        host = _host(request)
        self._failed(request, host, 0.0, str(exception) or type(exception).__name__)
        return self._postponed(request, host, False)

    def _failed(self, request: Request, host: str, asked: float, what: str) -> None:
        now = monotonic()
        health = self._hosts.setdefault(host, HostHealth(self._longest_pause))
        pause = max(health.failed(now), asked)
        if not self._is_main(request) and health.is_failing:
            logger.warning("%s %s: nothing more is requested from it", host, what)
            return
        if pause:
            health.paused_until = max(health.paused_until, now + pause)
            self._slots.pause(host, now + pause)
            self._count("politeness/pauses")
            level = logging.WARNING if health.is_failing else logging.INFO
            logger.log(level, "%s %s: pausing requests for %.0f s", host, what, pause)
        if health.is_failing:
            self._slots.one_at_a_time(host)
        if health.down_for(now) > self._patience and self._is_main(request):
            end_of_host(self._crawler, host, f"it has been failing for {health.down_for(now):.0f} s")

    def _recovered(self, host: str) -> None:
        health = self._hosts.get(host)
        if health is None or not health.succeeded():
            return
        self._count("politeness/recoveries")
        logger.info("%s answers again", host)
        self._slots.restore(host)

    def _postponed(self, request: Request, host: str, asked: bool) -> Request | None:
        insists = asked or self._hosts[host].is_failing or fetch_record(request).is_essential
        if not self._is_main(request) or not insists:
            return None
        return self._put_back(request)

    def _put_back(self, request: Request) -> Request | None:
        """Return the request again, without its being a retry; None where that happened too often."""
        times = fetch_record(request).postponements
        if times >= MAX_POSTPONEMENTS or request.meta.get("dont_retry"):
            return None
        self._count("politeness/postponed")
        again = request.copy()
        update_fetch_record(again, postponements=times + 1)
        again.dont_filter = True
        return again

    def _is_main(self, request: Request) -> bool:
        """Return whether the crawl depends on the host of ``request``: of a site, it is its own host and no mirror."""
        spider = self._crawler.spider
        site: Site | None = getattr(spider, "site", None)
        if site is None:
            return not fetch_record(request).allow_offsite
        host = (urlparse_cached(request).hostname or "").rstrip(".")
        return host in main_hosts(site)

    def _count(self, name: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name)


def main_hosts(site: Site) -> tuple[str, str]:
    """Return the host of the site, with and without ``www.``; its mirrors are not among them."""
    return site.host, site.host.removeprefix("www.")


def end_of_host(crawler: Crawler, host: str, why: str) -> None:
    """Close the crawl because the main host of its site fails; the next crawl fetches the rest."""
    engine, stats = crawler.engine, crawler.stats
    if engine is None or engine.spider is None or stats is None or stats.get_value("politeness/host_failing"):
        return
    stats.set_value("politeness/host_failing", host)
    logger.error("closing the crawl of %s: %s; the next crawl fetches the rest", host, why)
    deferred_from_coro(engine.close_spider_async(reason=CLOSE_REASON))


def _host(request: Request) -> str:
    return str(request.meta.get("download_slot") or urlparse_cached(request).hostname or "")
