"""What one document announces, as requests: the common ground of all places that discovery looks at.

The callbacks are methods of a spider, since Scrapy's queues and the shared frontier write requests down by their names.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discovery import Found
from newscrawl.discovery.archives import fingerprint
from newscrawl.downloading.faults import failed_request
from newscrawl.errors import DiscoveryError
from newscrawl.site import Site
from newscrawl.spiders.arguments import CrawlArguments

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_PLACES = 20_000
"""Sitemaps, feeds and sections that are looked at: the largest site of the family has some hundreds."""
BATCH = 500
"""Announced pages that are handed over at once: one transaction of the state each, and some 200 KB."""

TELLING, URGENT, LATER = 14, 12, 5
"""Priorities: what says most of an article, what is fresh, the rest; articles have 0."""
WAITING_AT_ONCE = 16
"""Listings that are read when there is nothing else to do: some 200 articles. Of sitemaps it is one: 20,000."""


class AnnouncementSpider(Spider):
    """Hands what documents announce to :meth:`article_requests`; looks at each place once.

    A subclass sets ``arguments``, ``started`` and ``base_url``. What names many articles waits until those found before
    are fetched: the requests for all articles of the largest site at once would take a gigabyte.
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
        """As Scrapy makes it; it is asked for more when all is done."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.go_on, signal=signals.spider_idle)
        return spider

    def article_requests(self, announced: Sequence[Found]) -> Iterator[Request]:
        """The requests for those of the announced articles that are to be fetched.

        All are of this site (``site.article_id`` knows them), in the order of their document; at most :data:`BATCH`
        come at once, and an article comes as often as it is announced.
        """
        raise NotImplementedError

    def further_places(self, batch: Sequence[Found], document: str, depth: int) -> Iterator[Request]:
        """The requests for further places that ``document`` names."""
        raise NotImplementedError

    def wants_more(self) -> bool:
        """Whether more articles are wanted than were asked for."""
        return True

    def go_on(self) -> None:
        """Read the next of the places that wait.

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
        """The next of the places that wait: one sitemap, or some listings; none where no more articles are wanted."""
        taken: list[Request] = []
        while self._waiting and self.wants_more() and len(taken) < WAITING_AT_ONCE:
            if taken and self._waiting[0][1]:
                break
            request, names_many = self._waiting.popleft()
            taken.append(request)
            if names_many:
                break
        self._gauge_waiting()
        return taken

    def discovery_failed(self, failure: Failure) -> None:
        """Counts a sitemap, feed or listing that could not be fetched; the others go on."""
        self.count("discovery/failed")
        self.logger.warning("Discovery: %s", failed_request(failure))

    def count(self, name: str, number: int = 1) -> None:
        """Count in the stats of the crawl."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(name, number)

    def requests(self, entries: Iterable[Found], response: Response, depth: int = 0) -> Iterator[Request]:
        """What a document announces, as requests; it is counted, and logged where it is nothing or broken."""
        announced = foreign = 0
        unbroken = self._unbroken(entries)
        while batch := list(islice(unbroken, BATCH)):
            announced += len(batch)
            articles = [found for found in batch if not found.is_sitemap and self.site.article_id(found.url)]
            if len(articles) < len(batch):
                foreign += sum(not self.site.has_host(found.url) for found in batch)
            yield from self.further_places(batch, response.url, depth)
            yield from self.article_requests([self._canonical(found) for found in articles])
        self.count("discovery/announced", announced)
        self.count("discovery/documents")
        if not announced:
            self.count("discovery/empty")
        if foreign:
            self.count("discovery/foreign", foreign)
        self.logger.info("Discovery: %s announces %d, %d of them elsewhere", response.url, announced, foreign)

    def _canonical(self, found: Found) -> Found:
        url = self.site.page_url(found.url)
        return found if url == found.url else replace(found, url=url)

    def articles_fingerprint(self, entries: Iterable[Found]) -> str:
        """What tells the articles of one page from those of another."""
        return fingerprint(filter(None, (self.site.article_id(entry.url) for entry in entries)))

    def _unbroken(self, entries: Iterable[Found]) -> Iterator[Found]:
        try:
            yield from entries
        except DiscoveryError as error:
            self.count("discovery/broken")
            self.logger.warning("Discovery: %s", error)

    @property
    def only_latest(self) -> bool:
        """Whether the crawl looks only where new articles are announced first."""
        return self.arguments.mode == "latest"

    def places(
        self, urls: Iterable[str], callback: Callable[..., Any], priority: int, **parts: Any
    ) -> Iterator[Request]:
        """Requests for places of this site, each once in a crawl, however often they are named."""
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
        """As :meth:`places`, but they wait; where crawlers share a frontier, it holds them, so that none is lost."""
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
        """A request for a document that announces articles."""
        failed = errback or self.discovery_failed
        return Request(url, callback, errback=failed, priority=priority, cb_kwargs=parts)
