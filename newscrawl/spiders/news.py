"""The spider of every site: discovery in, captures out. What differs between sites is data, in their profiles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, signals
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.capture import Capture
from newscrawl.dates import day_of
from newscrawl.discovery import Found
from newscrawl.fetch_record import META_KEY, FetchRecord
from newscrawl.recording.failures import failed_request
from newscrawl.recording.fetched import capture_from
from newscrawl.scrapy_overrides.int_set import IntSet
from newscrawl.scrapy_overrides.start_items import room_for_item
from newscrawl.sites.site_checks import check
from newscrawl.spiders.arguments import CrawlArguments
from newscrawl.spiders.discovery import DiscoverySpider
from newscrawl.spiders.memory import ArticleMemory
from newscrawl.spiders.requisites import Requisites
from newscrawl.state.keys import id_key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

LISTED_AT_ONCE = 1_000
"""URLs of a list that wait in the queue at the most: a queued request takes about 1 kB, a list may name millions."""
LOOKED_UP_AT_ONCE = 100
"""URLs of a list that the state is asked about in one query: one by one it took 2 % of the crawl."""
DAYS_TOLD_APART = 3_000
"""Ages in days up to which newer articles are asked for first, day by day; see :func:`recency`."""
NOT_MODIFIED = 304
GONE = (404, 410)
"""What a withdrawn article answers: recorded, but no failure of the crawl."""


class NewsSpider(DiscoverySpider):
    """Finds the articles of ``site``, fetches each once, and yields one capture each."""

    memory: ArticleMemory
    requisites: Requisites
    default_mode: ClassVar[str] = "latest"
    arguments_type: ClassVar[type[CrawlArguments]] = CrawlArguments

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.arguments = self.arguments_type.from_strings(arguments, self.default_mode)
        self.crawl_id = arguments.get("_job")
        self.started = datetime.now(UTC)
        self.base_url = f"{self.site.scheme}://{self.site.host}"
        self._requested = IntSet()

    @classmethod
    def check_arguments(cls, arguments: dict[str, str]) -> None:
        """Check the arguments and the site file before a crawl starts.

        Raises:
            UsageError: An argument is unknown or malformed, or the site file is.
        """
        check(cls.site)
        cls.arguments_type.from_strings(arguments, cls.default_mode)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """As Scrapy makes it, with the state of its site."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.memory = ArticleMemory(crawler, spider)
        spider.requisites = Requisites(crawler, spider)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """What a killed crawl left to be dealt with, then the first requests: the articles that are due or named, or
        all places where the site announces its articles.
        """
        for capture in self.memory.pages_to_recover():
            article_id = self.site.article_id(capture.url)
            if article_id is not None:
                self._requested.add(id_key(article_id))
            self.count("pages/recovered")
            yield capture
            if not await room_for_item(self.crawler):
                return
        for number, request in enumerate(self._first_requests(), 1):
            yield request
            if number % LISTED_AT_ONCE == 0 and self._holds_back():
                await self.crawler.signals.wait_for(signals.scheduler_empty)

    def _holds_back(self) -> bool:
        """Whether a list of URLs is asked for bit by bit. Workers of one frontier put it there, each for all."""
        return self.arguments.mode == "urls" and not self.crawler.settings.get("FRONTIER_NAME")

    def _first_requests(self) -> Iterator[Request]:
        if self.arguments.mode == "urls":
            yield from self._named_requests(Found(url=url, source="urls") for url in self._urls())
        elif self.arguments.mode == "recheck":
            yield from self._named_requests(self.memory.due())
        else:
            yield from self.entrances()

    def _named_requests(self, named: Iterator[Found]) -> Iterator[Request]:
        while chosen := list(islice(named, LOOKED_UP_AT_ONCE)):
            ours = [found for found in chosen if self.site.article_id(found.url) is not None]
            if len(ours) < len(chosen):
                self.count("discovery/foreign", len(chosen) - len(ours))
            yield from self.article_requests(ours)

    def _urls(self) -> Iterator[str]:
        yield from self.arguments.urls
        if self.arguments.urls_file:
            with Path(self.arguments.urls_file).open(encoding="utf-8") as lines:
                yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))

    def article_requests(self, announced: Sequence[Found]) -> Iterator[Request]:
        """The requests for the announced articles that are wanted and were not asked for before."""
        for found, validators in self.memory.wanted(self._in_range(announced)):
            article_id = self.site.article_id(found.url)
            if article_id is None or id_key(article_id) in self._requested or self._is_enough():
                continue
            self._requested.add(id_key(article_id))
            yield self._article_request(found, validators)

    def _article_request(self, found: Found, validators: dict[str, str]) -> Request:
        meta: dict[str, Any] = {META_KEY: FetchRecord(found=found, capture_only=True)}
        if validators:
            meta["handle_httpstatus_list"] = [NOT_MODIFIED]
        return Request(
            found.url,
            self.parse_article,
            errback=self.article_failed,
            headers=validators,
            meta=meta,
            priority=recency(found, self.started.date()),
        )

    def _in_range(self, announced: Sequence[Found]) -> list[Found]:
        return [found for found in announced if found.may_be_of(self.arguments.since, self.arguments.until)]

    def wants_more(self) -> bool:
        """Whether ``max_articles`` allows more."""
        return not self._is_enough()

    def _is_enough(self) -> bool:
        most = self.arguments.max_articles
        return most is not None and len(self._requested) >= most

    def parse_article(self, response: Response) -> Iterator[Capture]:
        """The capture of an article page; the item pipelines do the rest."""
        article_id = self.site.article_id(response.url)
        if response.status == NOT_MODIFIED:
            self.count("pages/not_modified")
            self.memory.not_modified(response)
        elif article_id is None:
            self.count("pages/led_elsewhere")
            self.logger.info("%s is no article, though a request for one led there", response.url)
            self.memory.led_elsewhere(response)
        else:
            self._requested.add(id_key(article_id))
            capture = capture_from(response)
            self.memory.page_came(capture, response)
            yield capture
            self.requisites.of_page(capture)

    def parse_requisite(self, response: Response, kind: str) -> None:
        """Take a style sheet, script, font or image of an article page."""
        self.requisites.came(response, kind)

    def requisite_failed(self, failure: Failure) -> None:
        """Take the failure of such a file."""
        self.requisites.failed(failure)

    def article_failed(self, failure: Failure) -> None:
        """Counts an article that could not be fetched, withdrawn ones apart."""
        if self.memory.is_abandoned(failure.request):  # type: ignore[attr-defined]  # Scrapy sets it
            self.count("pages/left")
            return
        error = failure.value
        gone = isinstance(error, HttpError) and error.response.status in GONE
        self.count("pages/gone" if gone else "pages/failed")
        self.logger.log(20 if gone else 30, "Article: %s", failed_request(failure))
        self.memory.failed(failure, gone=gone)


def recency(found: Found, today: date) -> int:
    """A priority that has the newest articles fetched first: 0 for today and for the undated, one less each day.

    After :data:`DAYS_TOLD_APART` it is one less each month: the shared frontier's lowest is -4,000, 90 years ago.
    """
    day = day_of(found.published) or day_of(found.lastmod)
    age = max((today - day).days, 0) if day else 0
    months = max(age - DAYS_TOLD_APART, 0) // 30
    return -(min(age, DAYS_TOLD_APART) + months)
