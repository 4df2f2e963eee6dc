"""Turn what one document announces into requests: what all places of discovery have in common.

The callbacks are methods of a spider, because Scrapy's queues and the shared frontier store requests by their names.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.utils.asyncio import run_in_thread
from twisted.python.failure import Failure

from newscrawl.discovery import Faults, Found
from newscrawl.discovery.archives import fingerprint
from newscrawl.errors import DiscoveryError, NewscrawlError
from newscrawl.fetch_record import META_KEY, FetchRecord
from newscrawl.recording.failures import failed_request
from newscrawl.site import Site
from newscrawl.spiders.arguments import CrawlArguments

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_PLACES = 20_000
"""Sitemaps, feeds and sections that one crawl reads: the largest site of the family has some hundreds."""
BATCH = 500
"""Announced pages that are handled together: one transaction of the state each, and about 200 KB."""

FIRST, SOON, LATER = 14, 12, 5
"""Priorities: places that say most of an article, places with fresh articles, the rest; articles have 0 and less."""
LISTINGS_TOGETHER = 16
"""Listings that are requested together when nothing else is left to do: some 200 articles. A sitemap names 20,000, so
sitemaps are requested one by one."""

Result = TypeVar("Result")


class AnnouncementSpider(Spider):
    """Passes what documents announce to :meth:`article_requests`, and reads each place once.

    A subclass sets ``arguments``, ``started`` and ``base_url``. Places that name many articles wait until the articles
    found before are fetched: the requests for all articles of the largest site at once would take a gigabyte.
    """

    site: Site
    arguments: CrawlArguments
    started: datetime
    base_url: str

    def __init__(self) -> None:
        super().__init__()
        self._visited: set[str] = set()
        self._waiting: deque[tuple[Request, bool]] = deque()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider for Scrapy, and connect it to the signal that all requests are done."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.request_waiting, signal=signals.spider_idle)
        return spider

    def article_requests(self, announced: Sequence[Found]) -> Iterator[Request]:
        """Yield the requests for those of the announced articles that are to be fetched.

        All are of this site (``site.article_id`` knows them), in the order of their document. At most :data:`BATCH` are
        passed together, and an article is passed as often as it is announced.
        """
        raise NotImplementedError

    def further_places(self, batch: Sequence[Found], document: str, depth: int) -> Iterator[Request]:
        """Yield the requests for further places that ``document`` names."""
        raise NotImplementedError

    def wants_more(self) -> bool:
        """Return whether the crawl wants more articles than it has requested."""
        return True

    def request_waiting(self) -> None:
        """Request the next of the waiting places.

        Raises:
            DontCloseSpider: there is one.
        """
        requests = self.waiting_requests()
        engine = self.crawler.engine
        if requests and engine is not None:
            for request in requests:
                engine.crawl(request)
            raise DontCloseSpider

    def waiting_requests(self) -> list[Request]:
        """Return the next waiting places, one sitemap or some listings; none if the crawl has enough articles."""
        taken: list[Request] = []
        while self._waiting and self.wants_more() and len(taken) < LISTINGS_TOGETHER:
            if taken and self._waiting[0][1]:
                break
            request, names_many = self._waiting.popleft()
            taken.append(request)
            if names_many:
                break
        self._gauge_waiting()
        return taken

    def discovery_failed(self, failure: Failure) -> Iterator[Request]:
        """Count a sitemap, feed or listing that could not be fetched; on a mirror, try the site's own host instead."""
        self.count("discovery/failed")
        self.logger.warning("Discovery: %s", failed_request(failure))
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        own = self.on_own_host(request.url)
        if own != request.url and request.callback is not None:
            yield from self.places([own], request.callback, request.priority, **request.cb_kwargs)

    def count(self, name: str, number: int = 1) -> None:
        """Add ``number`` to a statistic of the crawl."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(name, number)

    async def in_thread(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """Call ``function`` in a thread, so that the reactor stays free while a large document is read."""
        return await run_in_thread(function, *arguments)

    async def requests(
        self, entries: Iterable[Found], response: Response, faults: Faults, depth: int = 0
    ) -> AsyncIterator[Request]:
        """Yield the requests for what a document announces.

        Its entries are read in a thread. They are counted, and so is what could not be read: ``faults``, and the error
        with which ``entries`` ends.
        """
        announced = foreign = 0
        unread = iter(entries)
        while True:
            batch, error = await self.in_thread(_take_batch, unread)
            announced += len(batch)
            foreign += sum(not self.site.has_host(found.url) for found in batch)
            for request in self._requests_of(batch, response.url, depth):
                yield request
            if error is not None:
                self.count("discovery/broken")
                self.logger.warning("Discovery: %s", error)
            if len(batch) < BATCH:
                break
        self._count_document(response.url, announced, foreign, faults)

    def _requests_of(self, batch: Sequence[Found], document: str, depth: int) -> Iterator[Request]:
        """Yield the requests for one batch. An announcement that causes an error costs only itself."""
        yield from self.further_places(batch, document, depth)
        articles = [found for found in batch if not found.is_sitemap and self.site.article_id(found.url)]
        try:
            yield from self.article_requests([self._canonical(found) for found in articles])
        except NewscrawlError:
            raise
        except Exception:
            self.logger.exception("Discovery: error at an announcement of %s; reading them one by one", document)
            for found in articles:
                yield from self._guarded(found)

    def _guarded(self, found: Found) -> Iterator[Request]:
        try:
            yield from self.article_requests([self._canonical(found)])
        except NewscrawlError:
            raise
        except Exception:
            self.count("discovery/errors")
            self.logger.exception("Discovery: error at the announcement of %s", found.url)

    def _count_document(self, url: str, announced: int, foreign: int, faults: Faults) -> None:
        self.count("discovery/announced", announced)
        self.count("discovery/documents")
        if not announced:
            self.count("discovery/empty")
        if foreign:
            self.count("discovery/foreign", foreign)
        if faults.number:
            self.count("discovery/faults", faults.number)
            self.logger.warning("Discovery: %s has %d faults, first: %s", url, faults.number, faults.first)
        if faults.bad_addresses:
            self.count("discovery/bad_addresses", faults.bad_addresses)
        self.logger.info("Discovery: %s announces %d pages (%d on other hosts)", url, announced, foreign)

    def on_own_host(self, url: str) -> str:
        """Return the address of ``url`` on the site's own host, where ``url`` is on a mirror of it."""
        parts, own = urlsplit(url), urlsplit(self.base_url)
        if parts.hostname == own.hostname or not self.site.has_host(url):
            return url
        return urlunsplit((own.scheme, own.netloc, parts.path, parts.query, ""))

    def _canonical(self, found: Found) -> Found:
        url = self.on_own_host(self.site.page_url(found.url))
        return found if url == found.url else replace(found, url=url)

    def articles_fingerprint(self, entries: Iterable[Found]) -> str:
        """Return what distinguishes the articles of one page from those of another."""
        return fingerprint(filter(None, (self.site.article_id(entry.url) for entry in entries)))

    @property
    def only_latest(self) -> bool:
        """Whether the crawl reads only the places where new articles are announced first."""
        return self.arguments.mode == "latest"

    def places(
        self, urls: Iterable[str], callback: Callable[..., Any], priority: int, **parts: Any
    ) -> Iterator[Request]:
        """Yield requests for places of this site, each once in a crawl, however often they are named."""
        for url in urls:
            if not self.site.has_host(url) or url in self._visited:
                continue
            if len(self._visited) >= MAX_PLACES:
                self.count("discovery/too_many")
                continue
            self._visited.add(url)
            yield self.place_request(url, callback, priority, **parts)

    def places_later(
        self, urls: Iterable[str], callback: Callable[..., Any], *, names_many: bool, **parts: Any
    ) -> Iterator[Request]:
        """Keep places for later; a shared frontier gets the requests at once and keeps them, so that none is lost."""
        requests = self.places(urls, callback, LATER, **parts)
        if self.crawler.settings.get("FRONTIER_NAME"):
            yield from requests
            return
        self._waiting.extend((request, names_many) for request in requests)
        self._gauge_waiting()

    def _gauge_waiting(self) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.set_value("discovery/waiting", len(self._waiting))

    def place_request(
        self,
        url: str,
        callback: Callable[..., Any],
        priority: int,
        errback: Callable[..., Any] | None = None,
        **parts: Any,
    ) -> Request:
        """Return the request for a document that announces articles. It is read from its recorded bytes."""
        meta = {META_KEY: FetchRecord(capture_only=True)}
        failed = errback or self.discovery_failed
        return Request(url, callback, errback=failed, priority=priority, cb_kwargs=parts, meta=meta)


def _take_batch(entries: Iterator[Found]) -> tuple[list[Found], DiscoveryError | None]:
    """Return the next entries, fewer than :data:`BATCH` where they end, and the error with which they end, if any."""
    batch: list[Found] = []
    try:
        for found in islice(entries, BATCH):
            batch.append(found)  # noqa: PERF402 - what came before an error is kept
    except DiscoveryError as error:
        return batch, error
    return batch, None
