"""Fetch what article pages need to look as their readers saw them, so that the archive holds it.

It waits until the crawl has nothing else to fetch, so that no article is later by it.

Each file is fetched once a crawl, conditionally if an earlier crawl has it (:meth:`CrawlState.validators`). A failure
costs only that file. A host whose first files all fail is given up, so a dead one holds no crawl.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.capture import Capture
from newscrawl.discovery.requisites import KINDS, requisites_of_page, requisites_of_style_sheet
from newscrawl.errors import MessageError, UsageError
from newscrawl.fetch_record import META_KEY, FetchRecord, fetch_record
from newscrawl.recording.fetched import capture_from
from newscrawl.state import CrawlState
from newscrawl.state.keys import hash63
from newscrawl.state.records import Validators

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from newscrawl.spiders.news import NewsSpider

PRIORITY = -5_000
"""Below the oldest articles: see :func:`newscrawl.spiders.news.recency`."""
OUTSTANDING = 8
"""Requests of one host that are queued at once; the others wait here, so that they can be dropped with their host."""
FAILURES = 4
"""Requests to a host that fail, while none succeeded, before the host is given up."""
SETTLED = 50
"""Pages in a row that name no new style sheet, script or font: after that only one page in :data:`LOOKED_AT` is
scanned, because a scan takes 0.2 ms of the reactor and the pages of a site name the same files."""
LOOKED_AT = 10
_OK, _NOT_MODIFIED = 200, 304
_PICTURES = frozenset({"image", "media"})


@dataclass(slots=True)
class _Host:
    """The requisites of one host."""

    waiting: deque[Request] = field(default_factory=deque)
    outstanding: int = 0
    failures: int = 0
    is_alive: bool = False


class Requisites:
    """The requisites of one crawl: made by its spider, which hands it pages and the answers to its requests."""

    def __init__(self, crawler: Crawler, spider: NewsSpider) -> None:
        """Read the settings.

        Raises:
            UsageError: ``WARC_REQUISITES`` names something else than kinds of requisites.
        """
        settings = crawler.settings
        self._crawler = crawler
        self._spider = spider
        kinds = set(settings.getlist("WARC_REQUISITES"))
        if unknown := kinds - set(KINDS):
            raise UsageError(f"WARC_REQUISITES: {', '.join(sorted(unknown))}; choose from {', '.join(KINDS)}")
        if settings.getbool("WARC_IMAGES"):
            kinds.add("image")
        self._kinds = frozenset(kinds) if settings.getbool("WARC_ENABLED", True) else frozenset()
        self._limit = settings.getint("WARC_REQUISITES_MAX")
        self._max_size = settings.getint("WARC_REQUISITES_MAX_BYTES")
        self._state = CrawlState.of(crawler)
        self._requested: set[int] = set()
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._pages_without_new = 0
        self._articles_done = self._state.shared
        """Whether requests may be queued. Crawlers of a shared frontier have no common end of the articles."""
        crawler.signals.connect(self._dropped, signals.request_dropped)
        crawler.signals.connect(self._idle, signals.spider_idle)

    def of_page(self, capture: Capture) -> None:
        """Request the files that an article page names."""
        if not self._kinds or self._is_settled():
            return
        before = len(self._requested)
        for kind, url in requisites_of_page(capture.payload, capture.url, self._kinds):
            self.want(kind, url, capture.url)
        self._pages_without_new = 0 if len(self._requested) > before else self._pages_without_new + 1

    def _is_settled(self) -> bool:
        if self._pages_without_new < SETTLED or not self._kinds.isdisjoint(_PICTURES):
            return False
        if self._pages_without_new % LOOKED_AT == 0:
            return False
        self._pages_without_new += 1
        return True

    def want(self, kind: str, url: str, referer: str) -> None:
        """Request the file at ``url``, which the page or style sheet ``referer`` names, once a crawl."""
        key = hash63(url)
        if key in self._requested:
            return
        if len(self._requested) >= self._limit:
            self._count("over_limit")
            return
        self._requested.add(key)
        request = Request(
            url,
            self._spider.parse_requisite,
            errback=self._spider.requisite_failed,
            headers={"Referer": referer, **self._state.validators(url).conditions},
            priority=PRIORITY,
            meta={
                META_KEY: FetchRecord(capture_only=True, allow_offsite=True),
                "handle_httpstatus_all": True,
                "download_maxsize": self._max_size,
                "max_retry_times": 1,
            },
            cb_kwargs={"kind": kind},
        )
        host = self._host(request)
        if host.failures >= FAILURES and not host.is_alive:
            self._count("given_up")
            return
        host.waiting.append(request)
        self._queue_next(host)

    def came(self, response: Response, kind: str) -> None:
        """Take the answer to a request; request what a style sheet names in turn."""
        request = response.request
        assert request is not None
        host = self._host(request)
        host.is_alive = True
        self._done(host)
        if response.status == _NOT_MODIFIED:
            self._count("not_modified")
        elif response.status != _OK:
            self._count("failed")
        else:
            self._count(f"archived/{kind}")
            capture = self._capture(response)
            if capture is None:
                return
            validators = Validators(capture.header("etag"), capture.header("last-modified"))
            self._state.remember_validators(request.url, validators)
            if kind == "style":
                for inner, url in requisites_of_style_sheet(capture.payload, capture.url, self._kinds):
                    self.want(inner, url, capture.url)

    def failed(self, failure: Failure) -> None:
        """Count a file that could not be fetched; give its host up after the first failures."""
        request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if fetch_record(request).is_abandoned or not self._crawler.crawling:
            return
        self._count("failed")
        host = self._host(request)
        host.failures += 1
        if host.failures >= FAILURES and not host.is_alive and host.waiting:
            self._count("given_up", len(host.waiting))
            host.waiting.clear()
        self._done(host)

    def _idle(self) -> None:
        """Begin with the files when nothing else is left to fetch.

        Raises:
            DontCloseSpider: there are files to fetch.
        """
        self._articles_done = True
        for host in self._hosts.values():
            host.outstanding = 0  # an idle crawl has no requests, whatever became of their answers
            self._queue_next(host)
        if any(host.outstanding for host in self._hosts.values()):
            raise DontCloseSpider

    def _dropped(self, request: Request) -> None:
        """Go on after a request that the scheduler knows already, from another crawler of a shared frontier."""
        if request.priority == PRIORITY and "kind" in request.cb_kwargs:
            self._done(self._host(request))

    def _capture(self, response: Response) -> Capture | None:
        try:
            return capture_from(response)
        except MessageError:
            return None

    def _done(self, host: _Host) -> None:
        host.outstanding = max(0, host.outstanding - 1)
        self._queue_next(host)

    def _queue_next(self, host: _Host) -> None:
        engine = self._crawler.engine
        while (
            engine is not None
            and self._articles_done
            and host.waiting
            and (host.outstanding < OUTSTANDING or self._state.shared)
        ):
            host.outstanding += 1
            engine.crawl(host.waiting.popleft())

    def _host(self, request: Request) -> _Host:
        return self._hosts[urlparse_cached(request).netloc]

    def _count(self, name: str, number: int = 1) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"requisites/{name}", number)
