"""One crawl for :mod:`bench.archive_writing`: bare Scrapy, with the archive or without."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess


class Bare(Spider):
    """Fetches pages and does nothing with them."""

    name = "bare"

    def __init__(self, *, port: int, pages: int) -> None:
        super().__init__()
        self._port, self._pages = port, pages
        self.started = self.cpu = self.ended = 0.0
        self.left = pages
        self.cpu_end = 0.0

    async def start(self) -> Any:
        """All requests."""
        self.started, self.cpu = time.perf_counter(), time.process_time()
        for number in range(self._pages):
            yield Request(f"http://127.0.0.1:{self._port}/{number}", dont_filter=True)

    def parse(self, response: Any) -> None:  # noqa: ARG002 - Scrapy's signature
        """Stop the clock after the last one."""
        self.left -= 1
        if not self.left:
            self.ended, self.cpu_end = time.perf_counter(), time.process_time()


def main() -> None:
    """Run the crawl that the argument describes; print its figures."""
    task = json.loads(sys.argv[1])
    settings = {
        "CONCURRENT_REQUESTS": 32,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_ITEMS": 4,
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "WARC_DIRECTORY": task["folder"],
        "ADDONS": {"newscrawl.archive.addon.WarcAddon": 500} if task["archived"] else {},
    }
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Bare)
    process.crawl(crawler, port=task["port"], pages=task["pages"])
    process.start()
    spider = crawler.spider
    assert isinstance(spider, Bare)
    assert spider.left == 0
    cpu_ms = (spider.cpu_end - spider.cpu) * 1000 / task["pages"]
    print(json.dumps({"seconds": spider.ended - spider.started, "cpu_ms": cpu_ms}))


if __name__ == "__main__":
    main()
