"""A spider that fetches the URLs of a file and does nothing with them: what Scrapy itself costs. Needs Scrapy alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import scrapy


class BareSpider(scrapy.Spider):
    """``-a urls_file=…``."""

    name = "bare"

    def __init__(self, urls_file: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._urls = Path(urls_file).read_text().split()

    async def start(self) -> AsyncIterator[Any]:
        """All of them."""
        for request in self.start_requests():
            yield request

    def start_requests(self) -> Iterator[scrapy.Request]:
        """Do the same for Scrapy before 2.13."""
        return (scrapy.Request(url) for url in self._urls)

    def parse(self, response: Any) -> None:
        """Nothing."""
