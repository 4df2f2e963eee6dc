"""A crawl in a process of its own: reads what to fetch from standard input, pickles what it got."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.archive.exchange import RecordedExchange
from newscrawl.capture import Capture
from tests.conftest import ROOT

SECONDS = 120


@dataclass
class Got:
    """What the spider got for one request."""

    name: str
    recorded: RecordedExchange | None
    capture: Capture | None
    error: str | None = None


class NothingSeen:
    """A revisit index that knows nothing: every response is written in full."""

    def seen(self, digest: str) -> None:
        """Nothing."""

    def captured(self, url: str) -> None:
        """Nothing."""

    def remember(self, url: str, digest: str, reference: object) -> None:
        """Nothing is kept."""


def crawl(folder: Path, requests: list[dict[str, Any]], **settings: Any) -> dict[str, Got]:
    """Fetch ``requests`` in a subprocess; WARCs go to ``folder``. By name, the last response of each."""
    results = folder.parent / f"{folder.name}.pickle"
    task = {"requests": requests, "settings": {"WARC_DIRECTORY": str(folder), **settings}, "results": str(results)}
    process = subprocess.run(
        [sys.executable, "-m", "tests.downloading.crawl"],
        input=json.dumps(task),
        cwd=folder.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    (results.with_suffix(".log")).write_text(process.stderr)
    return {got.name: got for got in pickle.loads(results.read_bytes())}


def _main() -> None:
    from scrapy import Request, Spider, signals
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.exceptions import StopDownload

    from newscrawl.downloading import capture_from

    task = json.load(sys.stdin)
    collected: list[Got] = []

    class WireSpider(Spider):
        name = "wire"

        @classmethod
        def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> WireSpider:
            spider = super().from_crawler(crawler, *args, **kwargs)
            crawler.signals.connect(spider.head_came, signals.headers_received)
            crawler.signals.connect(spider.bytes_came, signals.bytes_received)
            return spider

        async def start(self) -> Any:
            for wanted in task["requests"]:
                yield Request(
                    wanted["url"],
                    method=wanted.get("method", "GET"),
                    body=wanted.get("body", "").encode("latin-1"),
                    headers=wanted.get("headers"),
                    meta={**wanted.get("meta", {}), "name": wanted["name"]},
                    errback=self.failed,
                    dont_filter=True,
                )

        def head_came(self, request: Any) -> None:
            if request.meta.get("stop") == "head":
                raise StopDownload(fail=False)

        def bytes_came(self, request: Any) -> None:
            if request.meta.get("stop") == "bytes":
                raise StopDownload(fail=False)

        def parse(self, response: Any) -> None:
            collected.append(Got(response.meta["name"], response.meta.get("warc"), capture_from(response)))

        def failed(self, failure: Any) -> None:
            meta = failure.request.meta
            collected.append(Got(meta["name"], meta.get("warc"), None, repr(failure.value)))

    settings = {
        "ADDONS": {"newscrawl.archive.addon.WarcAddon": 500},
        "RETRY_TIMES": 2,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "INFO",
        **task["settings"],
    }
    process = AsyncCrawlerProcess(settings)  # as `scrapy crawl` has it
    process.crawl(WireSpider)
    process.start()
    Path(task["results"]).write_bytes(pickle.dumps(collected))


if __name__ == "__main__":
    # Pickled classes must be those of the importable module, not of __main__.
    from tests.downloading import crawl as _module

    _module._main()
