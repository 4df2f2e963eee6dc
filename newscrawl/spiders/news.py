"""The spider of every site: discovery in, captures out. What differs between sites is data, in their profiles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.capture import Capture
from newscrawl.discovery import Found
from newscrawl.downloading import capture_from
from newscrawl.spiders.arguments import CrawlArguments
from newscrawl.spiders.discovery import DiscoverySpider

GONE = (404, 410)
"""What a withdrawn article answers: recorded, but no failure of the crawl."""


class NewsSpider(DiscoverySpider):
    """Finds the articles of ``site``, fetches each once, and yields one capture each."""

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
        for request in self.entrances():
            yield request

    def _urls(self) -> Iterator[str]:
        yield from self.arguments.urls
        if self.arguments.urls_file:
            with Path(self.arguments.urls_file).open(encoding="utf-8") as lines:
                yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))

    def article_requests(self, announced: Sequence[Found]) -> Iterator[Request]:
        """The requests for the announced articles that are wanted and were not asked for before."""
        for found in announced:
            if request := self._article_request(found):
                yield request

    def _article_request(self, found: Found) -> Request | None:
        """The request for an article that is wanted and was not asked for before."""
        article_id = self.site.article_id(found.url)
        if article_id is None:
            self.count("discovery/foreign")
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
            self.count("pages/led_elsewhere")
            self.logger.info("%s is no article, though a request for one led there", response.url)
            return
        yield capture_from(response)

    def article_failed(self, failure: Failure) -> None:
        """Counts an article that could not be fetched, withdrawn ones apart."""
        error = failure.value
        gone = isinstance(error, HttpError) and error.response.status in GONE
        self.count("pages/gone" if gone else "pages/failed")
        self.logger.log(20 if gone else 30, "Article: %s", failure.getErrorMessage())
