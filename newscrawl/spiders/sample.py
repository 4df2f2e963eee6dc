"""Crawl the bundled sample site; the spider starts it unless ``base_url`` says where it runs."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Self
from urllib.parse import urlsplit

import msgspec
from scrapy import signals

from newscrawl.errors import UsageError
from newscrawl.inputs import about
from newscrawl.sites import site_named
from newscrawl.spiders.arguments import CrawlArguments, is_web_url
from newscrawl.spiders.news import NewsSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

STOP_SECONDS = 10
"""How long the site may take to end before it is killed."""


def _base_url(text: str) -> str:
    if not is_web_url(text):
        raise ValueError(text)
    return text.rstrip("/")


class SampleArguments(CrawlArguments, frozen=True):
    """The arguments of every site, and where the sample site runs."""

    base_url: Annotated[
        str | None,
        about(
            "Where the sample site runs already. Without it, the crawl starts one for itself.",
            "an http URL such as http://127.0.0.1:8080",
            _base_url,
        ),
    ] = None
    size: Annotated[
        Annotated[int, msgspec.Meta(gt=0, le=100_000)],
        about("How many articles the site has that the crawl starts.", "a whole number from 1 to 100000"),
    ] = 64


class SampleSpider(NewsSpider):
    """Crawls the sample site: ``base_url`` where it runs, else ``size`` articles on a free port of this machine."""

    arguments: SampleArguments

    name = "sample"
    site = site_named("sample")
    default_mode = "backfill"
    arguments_type = SampleArguments
    # The site runs for this crawl alone: nobody is to be spared, but its robots.txt is obeyed.
    custom_settings = {  # noqa: RUF012 - Scrapy declares it so
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    }

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self.base_url = self.arguments.base_url or ""
        self._process: subprocess.Popen[str] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider for Scrapy; the site starts and ends with it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if not spider.base_url:
            spider._start_site()
            crawler.signals.connect(spider._stop_site, signal=signals.engine_stopped)
        spider.site = replace(spider.site, host=urlsplit(spider.base_url).hostname or "127.0.0.1")
        return spider

    def _start_site(self) -> None:
        command = [sys.executable, "-m", "newscrawl.samplesite", "--port", "0", "--size", str(self.arguments.size)]
        # Its standard input closes with this process, however that ends, and takes the site along.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, a checked number
            [*command, "--until-stdin-closes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if "http://" not in line:
            raise UsageError(f"the sample site did not start: {line.strip() or 'no address given'}")
        self.base_url = line[line.index("http://") :].strip().rstrip("/")
        self.logger.info("The sample site runs on %s", self.base_url)

    def _stop_site(self) -> None:
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
