"""Crawl any site: from the places of discovery to captures. What differs between sites is data, in their profiles."""

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
from newscrawl.fetch_record import META_KEY, FetchRecord, fetch_record
from newscrawl.politeness.blocks import BlockMonitor
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
"""URLs of a list that are queued at one time: a queued request takes about 1 kB, and a list may name millions."""
LOOKED_UP_AT_ONCE = 100
"""URLs of a list that are looked up in the state with one query: one by one took 2 % of the crawl."""
DAYS_OF_PRIORITY = 3_000
"""Ages in days up to which the priority falls day by day; see :func:`recency`."""
NOT_MODIFIED = 304
CONDITION_FAILED = (400, 412)
"""Statuses by which servers refuse a conditional request that they do not understand."""
CONDITIONS = ("If-None-Match", "If-Modified-Since")
NOT_FOUND = 404
GONE = (NOT_FOUND, 410)
"""Statuses of a withdrawn article: recorded, but no failure of the crawl."""


class NewsSpider(DiscoverySpider):
    """Finds the articles of ``site``, fetches each once, and yields one capture each."""

    memory: ArticleMemory
    requisites: Requisites
    _blocks: BlockMonitor
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
        """Build the spider for Scrapy, with the state of its site."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._blocks = BlockMonitor.of(crawler)
        crawler.signals.connect(spider.request_dropped, signal=signals.request_dropped)
        spider.memory = ArticleMemory(crawler, spider)
        spider.requisites = Requisites(crawler, spider)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Yield the pages that a killed crawl left, then the first requests.

        These are for the articles that are due or named, or for all places where the site announces its articles.
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
        """Return whether a list of URLs is queued in parts. A shared frontier gets all of it, for all workers."""
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
        """Yield the requests for the announced articles that are wanted and were not requested before."""
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
        """Return whether ``max_articles`` allows more."""
        return not self._is_enough()

    def _is_enough(self) -> bool:
        most = self.arguments.max_articles
        return most is not None and len(self._requested) >= most

    def parse_article(self, response: Response) -> Iterator[Capture]:
        """Yield the capture of an article page; the item pipelines do the rest."""
        request = response.request
        assert request is not None
        article_id = self.site.article_id(response.url)
        if response.status == NOT_MODIFIED:
            self.count("pages/not_modified")
            self.memory.not_modified(response)
            self._blocks.passed()
        elif article_id is None:
            self._led_elsewhere(request, response.url, response.status)
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

    def request_dropped(self, request: Request) -> None:
        """Record an article whose redirect leads to an address that was requested before."""
        if fetch_record(request).found is not None and "redirect_urls" in request.meta:
            reasons = [reason for reason in request.meta.get("redirect_reasons", ()) if isinstance(reason, int)]
            self._led_elsewhere(request, request.url, reasons[-1] if reasons else None)

    def _led_elsewhere(self, request: Request, target: str, status: int | None) -> None:
        self.count("pages/led_elsewhere")
        asked = self.memory.led_elsewhere(request, target, status)
        self.logger.info("Article: %s leads to %s, which is another page", asked, target)
        if self.site.article_id(target) is None:
            self._blocks.redirected(asked, target)

    def article_failed(self, failure: Failure) -> Iterator[Request]:
        """Count and record an article that could not be fetched, or request it once more without conditions."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if self.memory.is_abandoned(request):
            self.count("pages/left")
            return
        error = failure.value
        status = error.response.status if isinstance(error, HttpError) else None
        if status in CONDITION_FAILED and (plain := _without_conditions(request)) is not None:
            self.count("pages/asked_plainly")
            yield plain
            return
        gone = status in GONE and not (status == NOT_FOUND and self.memory.is_fresh(request))
        self.count("pages/gone" if gone else "pages/not_there_yet" if status in GONE else "pages/failed")
        self.logger.log(20 if gone else 30, "Article: %s", failed_request(failure))
        self.memory.failed(failure, gone=gone)


def _without_conditions(request: Request) -> Request | None:
    """Return the request without the headers that make it conditional; None where it has none."""
    conditions = [name for name in CONDITIONS if name in request.headers]
    if not conditions:
        return None
    plain = request.replace(dont_filter=True)
    for name in conditions:
        del plain.headers[name]
    return plain


def recency(found: Found, today: date) -> int:
    """Return a priority by which the newest articles are fetched first: 0 for today and for undated ones.

    It falls by one for each day, and after :data:`DAYS_OF_PRIORITY` for each month: the lowest priority of the shared
    frontier, -4,000, is that of 90 years ago.
    """
    day = day_of(found.published) or day_of(found.lastmod)
    age = max((today - day).days, 0) if day else 0
    months = max(age - DAYS_OF_PRIORITY, 0) // 30
    return -(min(age, DAYS_OF_PRIORITY) + months)
