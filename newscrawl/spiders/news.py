"""The spider of every site: discovery in, captures out. What differs between sites is data, in their profiles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.capture import Capture
from newscrawl.discovery import Found, Listing, feed_entries, listing_entries, sitemap_entries
from newscrawl.downloading import capture_from
from newscrawl.errors import DiscoveryError
from newscrawl.site import Site
from newscrawl.spiders.arguments import CrawlArguments

GONE = (404, 410)
"""What a withdrawn article answers: recorded, but no failure of the crawl."""

MAX_LISTING_PAGES = 200
"""Pages of one section listing that are followed: 200 pages of a dozen articles are months of the busiest section."""


class NewsSpider(Spider):
    """Finds the articles of ``site``, fetches each once, and yields one capture each."""

    site: Site
    default_mode: ClassVar[str] = "latest"
    own_arguments: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.arguments = CrawlArguments.from_strings(arguments, self.default_mode)
        self.crawl_id = arguments.get("_job")
        self.started = datetime.now(UTC)
        self.base_url = f"{self.site.scheme}://{self.site.host}"
        self._requested: set[str] = set()

    @classmethod
    def check_arguments(cls, arguments: dict[str, str]) -> None:
        """Raises:
        UsageError: an argument is unknown or malformed.
        """
        common = {name: value for name, value in arguments.items() if name not in cls.own_arguments}
        CrawlArguments.from_strings(common, cls.default_mode)

    async def start(self) -> AsyncIterator[Any]:
        """The first requests: the articles named, or all places where the site announces its articles."""
        if self.arguments.mode == "urls":
            for url in self._urls():
                if request := self._article_request(Found(url=url, source="urls")):
                    yield request
            return
        for request in self._entrances():
            yield request

    def _urls(self) -> Iterator[str]:
        yield from self.arguments.urls
        if self.arguments.urls_file:
            with Path(self.arguments.urls_file).open(encoding="utf-8") as lines:
                yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))

    def _entrances(self) -> Iterator[Request]:
        places = self.site.discovery
        if self.arguments.sections:
            for section in self.arguments.sections:
                yield self._discovery_request(f"/z/{section}", self.parse_listing)
            return
        for path in places.sitemaps:
            yield self._discovery_request(path, self.parse_sitemap)
        for path in places.feeds:
            yield self._discovery_request(path, self.parse_feed)
        for path in places.listings:
            yield self._discovery_request(path, self.parse_listing)

    def _discovery_request(self, path: str, callback: Any) -> Request:
        return Request(self.base_url + path, callback, errback=self.discovery_failed, priority=10)

    def parse_sitemap(self, response: Response) -> Iterator[Request]:
        """Requests for the sitemaps and articles that a sitemap names."""
        yield from self._requests(sitemap_entries(response.body, response.url))

    def parse_feed(self, response: Response) -> Iterator[Request]:
        """Requests for the articles of a feed."""
        yield from self._requests(feed_entries(response.body, response.url))

    def parse_listing(self, response: Response, page: int = 1) -> Iterator[Request]:
        """Requests for the articles of a section listing, and for its next page while it brings new ones."""
        before = len(self._requested)
        found = listing_entries(response.body, response.url)
        yield from self._beside(found)
        yield from self._requests(found.entries)
        if found.next_page and page < MAX_LISTING_PAGES and len(self._requested) > before:
            yield response.follow(
                found.next_page, self.parse_listing, errback=self.discovery_failed, cb_kwargs={"page": page + 1}
            )

    def _beside(self, found: Listing) -> Iterator[Request]:
        """Feeds and sections that a listing names, each once: what no sitemap has stands there."""
        if self.arguments.sections:
            return
        places: list[tuple[str, Callable[..., Any]]] = [(url, self.parse_feed) for url in found.feeds]
        places += [(url, self.parse_listing) for url in found.sections]
        for url, callback in places:
            if urlsplit(url).hostname in self.site.hosts and url not in self._requested:
                self._requested.add(url)
                yield Request(url, callback, errback=self.discovery_failed, priority=5)

    def _requests(self, entries: Iterable[Found]) -> Iterator[Request]:
        try:
            for found in entries:
                if request := self._request_for(found):
                    yield request
        except DiscoveryError as error:
            self._count("discovery/broken")
            self.logger.warning("%s", error)

    def _request_for(self, found: Found) -> Request | None:
        if not found.is_sitemap:
            return self._article_request(found)
        if urlsplit(found.url).hostname not in self.site.hosts or found.url in self._requested:
            self._count("discovery/foreign")
            return None
        self._requested.add(found.url)
        return Request(found.url, self.parse_sitemap, errback=self.discovery_failed, priority=10)

    def _article_request(self, found: Found) -> Request | None:
        """The request for an article that is wanted and was not asked for before."""
        article_id = self.site.article_id(found.url)
        if article_id is None:
            self._count("discovery/foreign")
            return None
        if article_id in self._requested or not self._wanted(found):
            return None
        self._requested.add(article_id)
        return Request(found.url, self.parse_article, errback=self.article_failed, meta={"found": found})

    def _wanted(self, found: Found) -> bool:
        arguments = self.arguments
        if arguments.max_articles is not None and len(self._requested) >= arguments.max_articles:
            return False
        day = (found.published or found.lastmod or "")[:10]
        if not day:
            return True
        return not (
            (arguments.since and day < arguments.since.isoformat())
            or (arguments.until and day > arguments.until.isoformat())
        )

    def parse_article(self, response: Response) -> Iterator[Capture]:
        """The capture of an article page; the item pipelines do the rest."""
        if self.site.article_id(response.url) is None:
            self._count("pages/led_elsewhere")
            self.logger.info("%s is no article, though a request for one led there", response.url)
            return
        yield capture_from(response)

    def discovery_failed(self, failure: Failure) -> None:
        """Counts a sitemap, feed or listing that could not be fetched; the others go on."""
        self._count("discovery/failed")
        self.logger.warning("Discovery: %s", failure.getErrorMessage())

    def article_failed(self, failure: Failure) -> None:
        """Counts an article that could not be fetched, withdrawn ones apart."""
        error = failure.value
        gone = isinstance(error, HttpError) and error.response.status in GONE
        self._count("pages/gone" if gone else "pages/failed")
        self.logger.log(20 if gone else 30, "Article: %s", failure.getErrorMessage())

    def _count(self, name: str) -> None:
        stats = self.crawler.stats
        if stats is None:
            raise CloseSpider("no_stats")
        stats.inc_value(name)
