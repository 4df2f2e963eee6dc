"""One page, fetched by itself: as a crawl does, robots.txt included, but without waiting for a host in trouble."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcessBase
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.capture import Capture
from newscrawl.downloading.faults import fault_of
from newscrawl.downloading.received import capture_from
from newscrawl.errors import UsageError

ONE_PAGE_SETTINGS: dict[str, Any] = {
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {},
    "ADDONS": {},
    "WARC_ENABLED": False,
    "LOG_LEVEL": "CRITICAL",  # why the page cannot be had is said once, by who asked for it
    "RETRY_TIMES": 1,
}
"""Neither archived nor turned into lines: someone waits for the page at a terminal."""


def fetched_page(process: CrawlerProcessBase, url: str) -> Capture:
    """What ``url`` leads to.

    Raises:
        UsageError: it cannot be fetched, and why.
    """
    crawler = process.create_crawler(_PageSpider)
    process.crawl(crawler, url=url)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, _PageSpider) or spider.capture is None:
        fault = getattr(spider, "fault", None) or "its crawl ended without an answer; -L INFO tells more"
        raise UsageError(f"{url} cannot be fetched: {fault}")
    return spider.capture


class _PageSpider(Spider):
    name = "onepage"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.capture: Capture | None = None
        self.fault: str | None = None

    async def start(self) -> AsyncIterator[Any]:
        """The page."""
        # Not filtered: a redirect to itself is followed until the redirects are too many, and is then told.
        yield Request(self.url, self.parse, errback=self.failed, dont_filter=True, meta={"dont_retry": True})

    def parse(self, response: Response, **_: Any) -> None:
        """Keeps the capture."""
        self.capture = capture_from(response)

    def failed(self, failure: Failure) -> None:
        """Keeps the reason."""
        self.fault = fault_of(failure)
