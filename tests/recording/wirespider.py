"""Fetches what it is told to, and collects what it gets for it."""

from __future__ import annotations

from typing import Any

from scrapy import Request, Spider, signals
from scrapy.exceptions import StopDownload

from newscrawl.fetch_record import fetch_record
from newscrawl.recording.fetched import capture_from
from tests.recording.crawl import Got


class WireSpider(Spider):
    """What is ``wanted``: the arguments of requests, and ``before``, a URL that leaves a connection open."""

    name = "wire"
    wanted: list[dict[str, Any]]
    collected: list[Got]

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> WireSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        if any("stop" in wanted.get("meta", {}) for wanted in spider.wanted):
            crawler.signals.connect(spider.head_came, signals.headers_received)
            crawler.signals.connect(spider.bytes_came, signals.bytes_received)
        return spider

    async def start(self) -> Any:
        for wanted in self.wanted:
            request = Request(
                wanted["url"],
                method=wanted.get("method", "GET"),
                body=wanted.get("body", "").encode("latin-1"),
                headers=wanted.get("headers"),
                meta={**wanted.get("meta", {}), "name": wanted["name"]},
                errback=self.failed,
                dont_filter=True,
            )
            before = wanted.get("before")
            yield Request(before, self.then, cb_kwargs={"request": request}) if before else request

    def head_came(self, request: Any) -> None:
        if request.meta.get("stop") == "head":
            raise StopDownload(fail=False)

    def bytes_came(self, request: Any) -> None:
        if request.meta.get("stop") == "bytes":
            raise StopDownload(fail=False)

    def then(self, response: Any, request: Request) -> Request:
        return request

    def parse(self, response: Any) -> None:
        meta = response.meta
        capture, fields = capture_from(response), fields_of(response)
        recorded = fetch_record(response.request).recorded
        self.collected.append(Got(meta["name"], recorded, capture, None, fields))

    def failed(self, failure: Any) -> None:
        meta = failure.request.meta
        self.collected.append(Got(meta["name"], fetch_record(failure.request).recorded, None, repr(failure.value)))


def fields_of(response: Any) -> dict[str, Any]:
    """All that Scrapy says of a response."""
    return {
        "class": type(response).__name__,
        "url": response.url,
        "status": response.status,
        "headers": list(dict.items(response.headers)),
        "body": response.body,
        "flags": response.flags,
        "certificate": response.certificate and response.certificate.dumpPEM(),
        "ip_address": response.ip_address,
        "protocol": response.protocol,
        "encoding": getattr(response, "encoding", None),
        "latency": response.meta["download_latency"] > 0,
    }
