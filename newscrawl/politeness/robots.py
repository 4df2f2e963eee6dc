"""Obey robots.txt by RFC 9309; what replaces Scrapy's middleware, which allows everything when a host is in trouble."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from newscrawl.discovery.robots import RobotsRules
from newscrawl.fetch_record import META_KEY, FetchRecord, fetch_record, update_fetch_record
from newscrawl.politeness.backoff import end_of_host, main_hosts
from newscrawl.politeness.robots_copies import RobotsCopies, now_utc
from newscrawl.recording.fetched import capture_from
from newscrawl.site import Site

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

PRIORITY = 1000
"""Of the request for a robots.txt: everything else of its host waits for it."""
ASSUMED_FREE = timedelta(days=30)
"""After this time without a robots.txt, and without a copy of one, a host counts as having none (RFC 9309, 2.3.1.4)."""
_PATH = "/robots.txt"
_TOO_MANY = 429
_IS_REDIRECT_FAULT = ("max redirections", "redirects in a circle")


class _Unreachable(Exception):  # noqa: N818 - names what happened; handled here
    """The robots.txt of a host cannot be fetched, so its rules are not known."""


class RobotsMiddleware:
    """Fetches the robots.txt of each host once in a crawl, and refuses what it forbids.

    - 2xx: its rules hold. Redirects are followed, also to other hosts.
    - 4xx but 429, or too many redirects: there is none, so everything is allowed.
    - 5xx, 429, no answer: nothing is allowed. After ``ROBOTS_UNREACHABLE_SECONDS``, across crawls, the last good
      copy holds. ``ROBOTS_UNREACHABLE_ALLOWED`` allows everything instead.

    A request of the spider for the robots.txt itself gets the response that was fetched.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._agent: str = settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]
        self._patience = timedelta(seconds=settings.getfloat("ROBOTS_UNREACHABLE_SECONDS"))
        self._allows_unreachable = settings.getbool("ROBOTS_UNREACHABLE_ALLOWED")
        state = settings.get("STATE_DIRECTORY")
        self._copies = RobotsCopies(Path(state) / "robots" if state else None)
        self._rules: dict[str, RobotsRules | str | Deferred[None]] = {}
        """By origin: the rules, or why nothing is allowed; a Deferred while they are being fetched."""
        self._responses: dict[str, tuple[Response, FetchRecord]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware for Scrapy.

        Raises:
            NotConfigured: ``ROBOTSTXT_OBEY`` is off.
        """
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured  # ROBOTSTXT_OBEY is off
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        """Return None where the request is allowed, and the response to a request for the robots.txt itself.

        Raises:
            IgnoreRequest: the request is not allowed.
        """
        url = urlparse_cached(request)
        if request.meta.get("dont_obey_robotstxt") or url.scheme not in ("http", "https"):
            return None
        origin = f"{url.scheme}://{url.netloc}"
        rules = await self._rules_of(origin)
        if url.path == _PATH and not url.query:
            return self._response(request, origin, rules)
        if isinstance(rules, str):
            self._count("robotstxt/unreachable")
            raise IgnoreRequest(rules)
        if not rules.allowed(request.url):
            self._count("robotstxt/forbidden")
            logger.debug("Forbidden by robots.txt: %s", request)
            raise IgnoreRequest("Forbidden by robots.txt")
        return None

    def _response(self, request: Request, origin: str, rules: RobotsRules | str) -> Response:
        kept = self._responses.get(origin)
        if kept is None:
            raise IgnoreRequest(rules if isinstance(rules, str) else f"{origin} has no robots.txt")
        response, record = kept
        update_fetch_record(request, recorded=record.recorded, message=record.message, reading=record.reading)
        return response.replace(request=request)

    async def _rules_of(self, origin: str) -> RobotsRules | str:
        known = self._rules.get(origin)
        if known is None:
            waiting: Deferred[None] = Deferred()
            self._rules[origin] = waiting
            try:
                known = await self._fetched(origin)
            except BaseException:
                known = f"{origin}{_PATH} was not fetched"
                raise
            finally:
                self._rules[origin] = known  # type: ignore[assignment]  # set on each way out
                waiting.callback(None)
        elif isinstance(known, Deferred):
            waiting = Deferred()
            known.chainDeferred(waiting)
            await maybe_deferred_to_future(waiting)
            known = self._rules[origin]
        assert not isinstance(known, Deferred | None)
        return known

    async def _fetched(self, origin: str) -> RobotsRules | str:
        netloc = origin.partition("://")[2]
        try:
            response = await self._download(origin)
        except _Unreachable as error:
            return self._without_answer(origin, netloc, str(error))
        if response is None or not 200 <= response.status < 300:
            return RobotsRules.parse(b"", self._agent)
        document = capture_from(response).payload
        self._copies.keep(netloc, document)
        rules = RobotsRules.parse(document, self._agent)
        await self._crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=Request(origin + _PATH)
        )
        return rules

    async def _download(self, origin: str) -> Response | None:
        """Fetch the robots.txt; None where there is none.

        Raises:
            _Unreachable: no answer, or one that does not say whether there is one.
        """
        engine = self._crawler.engine
        assert engine is not None
        request = Request(
            origin + _PATH,
            priority=PRIORITY,
            callback=NO_CALLBACK,
            meta={"dont_obey_robotstxt": True, META_KEY: FetchRecord(allow_offsite=True, is_essential=True)},
        )
        self._count("robotstxt/request_count")
        try:
            response: Response = await engine.download_async(request)
        except IgnoreRequest as error:
            if str(error).startswith(_IS_REDIRECT_FAULT):
                return None
            raise _Unreachable(str(error)) from error
        except Exception as error:  # every fault of the network and of the handler has its own class
            raise _Unreachable(str(error) or type(error).__name__) from error
        self._count("robotstxt/response_count")
        self._count(f"robotstxt/response_status_count/{response.status}")
        if response.status >= 500 or response.status == _TOO_MANY:
            raise _Unreachable(f"status {response.status}")
        self._responses[origin] = response, fetch_record(response.request)
        return response

    def _without_answer(self, origin: str, netloc: str, why: str) -> RobotsRules | str:
        now = now_utc()
        copy = self._copies.unreachable(netloc, now)
        since: datetime = copy.unreachable_since or now
        if self._allows_unreachable:
            logger.warning("%s%s: %s; everything is allowed (ROBOTS_UNREACHABLE_ALLOWED)", origin, _PATH, why)
            return RobotsRules.parse(b"", self._agent)
        if copy.document is not None and now - since >= self._patience:
            logger.warning("%s%s: %s since %s; the last good copy holds", origin, _PATH, why, since.isoformat())
            return RobotsRules.parse(copy.document, self._agent)
        if copy.document is None and now - since >= ASSUMED_FREE:
            logger.warning("%s%s: %s since %s; there seems to be none", origin, _PATH, why, since.isoformat())
            return RobotsRules.parse(b"", self._agent)
        logger.error("%s%s: %s; nothing of this host may be fetched until it is back", origin, _PATH, why)
        reason = f"{origin}{_PATH} cannot be fetched ({why}), so nothing is allowed"
        site: Site | None = getattr(self._crawler.spider, "site", None)
        host = urlsplit(origin).hostname or ""
        if site is not None and host in main_hosts(site):
            end_of_host(self._crawler, host, reason)
        return reason

    def _count(self, name: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(name)
