"""The walk through the places where a site announces its articles. What of it is fetched, the spider decides.

The callbacks are methods of a spider, since Scrapy's queues and the shared frontier write requests down by their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discovery import Found, Listing, feed_entries, listing_entries, sitemap_entries
from newscrawl.errors import DiscoveryError
from newscrawl.site import Site
from newscrawl.spiders.arguments import CrawlArguments

MAX_LISTING_PAGES = 200
"""Pages of one section listing that are followed: 200 pages of a dozen articles are months of the busiest section."""
BATCH = 500
"""Announced pages that are handed over at once: one transaction of the state each, and some 200 KB."""


class DiscoverySpider(Spider):
    """Turns sitemaps, feeds and listings into announced pages and into requests for further sitemaps, feeds, listings.

    A subclass sets ``arguments`` and ``base_url`` and says in :meth:`article_requests` what is fetched.
    """

    site: Site
    arguments: CrawlArguments
    base_url: str

    def __init__(self) -> None:
        super().__init__()
        self._visited: set[str] = set()

    def article_requests(self, announced: Sequence[Found]) -> Iterator[Request]:
        """The requests for those of the announced articles that are to be fetched.

        All are of this site (``site.article_id`` knows them), in the order of their document; at most :data:`BATCH`
        come at once, and an article comes as often as it is announced.
        """
        raise NotImplementedError

    def entrances(self) -> Iterator[Request]:
        """The requests that discovery begins with: the sections asked for, or all places of the site."""
        places = self.site.discovery
        if self.arguments.sections:
            for section in self.arguments.sections:
                yield self._entrance(f"/z/{section}", self.parse_listing)
            return
        for path in places.sitemaps:
            yield self._entrance(path, self.parse_sitemap)
        for path in places.feeds:
            yield self._entrance(path, self.parse_feed)
        for path in places.listings:
            yield self._entrance(path, self.parse_listing)

    def _entrance(self, path: str, callback: Any) -> Request:
        return Request(self.base_url + path, callback, errback=self.discovery_failed, priority=10)

    def parse_sitemap(self, response: Response) -> Iterator[Request]:
        """Requests for the sitemaps and articles that a sitemap names."""
        yield from self._requests(sitemap_entries(response.body, response.url))

    def parse_feed(self, response: Response) -> Iterator[Request]:
        """Requests for the articles of a feed."""
        yield from self._requests(feed_entries(response.body, response.url))

    def parse_listing(self, response: Response, page: int = 1) -> Iterator[Request]:
        """Requests for the articles of a section listing, and for its next page while it brings new ones."""
        found = listing_entries(response.body, response.url)
        yield from self._beside(found)
        new = 0
        for request in self._requests(found.entries):
            new += 1
            yield request
        if found.next_page and page < MAX_LISTING_PAGES and new:
            yield response.follow(
                found.next_page, self.parse_listing, errback=self.discovery_failed, cb_kwargs={"page": page + 1}
            )

    def discovery_failed(self, failure: Failure) -> None:
        """Counts a sitemap, feed or listing that could not be fetched; the others go on."""
        self.count("discovery/failed")
        self.logger.warning("Discovery: %s", failure.getErrorMessage())

    def count(self, name: str, number: int = 1) -> None:
        """Count in the stats of the crawl."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(name, number)

    def _requests(self, entries: Iterable[Found]) -> Iterator[Request]:
        unbroken = self._unbroken(entries)
        while batch := list(islice(unbroken, BATCH)):
            yield from self._sitemap_requests(found for found in batch if found.is_sitemap)
            yield from self.article_requests(
                [found for found in batch if not found.is_sitemap and self._is_ours(found)]
            )

    def _is_ours(self, found: Found) -> bool:
        """Whether it is an article of this site; a listing links to much else, so there it is not worth a count."""
        ours = self.site.article_id(found.url) is not None
        if not ours and found.source != "listing":
            self.count("discovery/foreign")
        return ours

    def _unbroken(self, entries: Iterable[Found]) -> Iterator[Found]:
        try:
            yield from entries
        except DiscoveryError as error:
            self.count("discovery/broken")
            self.logger.warning("%s", error)

    def _sitemap_requests(self, sitemaps: Iterable[Found]) -> Iterator[Request]:
        for found in sitemaps:
            if self._is_new_place(found.url):
                yield Request(found.url, self.parse_sitemap, errback=self.discovery_failed, priority=10)
            else:
                self.count("discovery/foreign")

    def _beside(self, found: Listing) -> Iterator[Request]:
        """Feeds and sections that a listing names, each once: what no sitemap has stands there."""
        if self.arguments.sections:
            return
        places: list[tuple[str, Callable[..., Any]]] = [(url, self.parse_feed) for url in found.feeds]
        places += [(url, self.parse_listing) for url in found.sections]
        for url, callback in places:
            if self._is_new_place(url):
                yield Request(url, callback, errback=self.discovery_failed, priority=5)

    def _is_new_place(self, url: str) -> bool:
        if urlsplit(url).hostname not in self.site.hosts or url in self._visited:
            return False
        self._visited.add(url)
        return True
