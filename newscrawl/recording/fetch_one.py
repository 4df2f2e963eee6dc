"""Fetch one page by itself: as a crawl does, robots.txt included, but without waiting for a failing host."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcessBase
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.capture import Capture
from newscrawl.errors import UsageError
from newscrawl.recording.failures import reason_of
from newscrawl.recording.fetched import capture_from

ONE_PAGE_SETTINGS: dict[str, Any] = {
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {},
    "ADDONS": {},
    "WARC_ENABLED": False,
    "STATE_DIRECTORY": None,  # else a copy of robots.txt would stay there
    "LOG_LEVEL": "CRITICAL",  # the command reports once why the page could not be fetched
    "RETRY_TIMES": 1,
}
"""Neither archived nor turned into lines: someone waits for the page at a terminal."""


def fetched_page(process: CrawlerProcessBase, url: str) -> Capture:
    """Return the capture of ``url``, or of where it redirects to.

    Raises:
        UsageError: it cannot be fetched, and why.
    """
    crawler = process.create_crawler(_PageSpider)
    process.crawl(crawler, url=url)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, _PageSpider) or spider.capture is None:
        reason = getattr(spider, "failure", None) or "its crawl ended without an answer; run it with -L INFO"
        raise UsageError(f"{url} cannot be fetched: {reason}")
    return spider.capture


class _PageSpider(Spider):
    name = "onepage"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.capture: Capture | None = None
        self.failure: str | None = None

    async def start(self) -> AsyncIterator[Any]:
        """Request the page."""
        # Not filtered: a redirect to itself is followed until the redirects are too many, and is then reported.
        yield Request(self.url, self.parse, errback=self.failed, dont_filter=True, meta={"dont_retry": True})

    def parse(self, response: Response, **_: Any) -> None:
        """Keep the capture."""
        self.capture = capture_from(response)

    def failed(self, failure: Failure) -> None:
        """Keep the reason."""
        self.failure = reason_of(failure)
