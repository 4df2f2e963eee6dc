"""A walk of the real spider through documents that are given, without a network: deterministic and quick."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.discovery import Found
from newscrawl.site import Site
from newscrawl.spiders.arguments import CrawlArguments
from newscrawl.spiders.discovery import DiscoverySpider

Documents = Mapping[str, bytes] | Callable[[str], bytes | None]


class _Stats:
    def __init__(self) -> None:
        self.values: Counter[str] = Counter()

    def inc_value(self, name: str, number: int = 1) -> None:
        self.values[name] += number

    def set_value(self, name: str, number: int) -> None:
        self.values[name] = number


class Walk(DiscoverySpider):
    """Walks from the entrances through ``documents`` and keeps the first announcement of each article."""

    name = "walk"

    def __init__(self, site: Site, documents: Documents, base_url: str | None = None, **arguments: str) -> None:
        super().__init__()
        self.site = site
        self.arguments = CrawlArguments.from_strings(arguments, "backfill")
        self.started = datetime(2025, 5, 26, 12, tzinfo=UTC)
        self.base_url = base_url or f"{site.scheme}://{site.host}"
        self.found: dict[str, Found] = {}
        self.asked: list[str] = []
        self._documents = documents.get if isinstance(documents, Mapping) else documents
        self._stats = _Stats()
        self.crawler = SimpleNamespace(stats=self._stats, settings={})  # type: ignore[assignment]  # all that the walk asks of it

    async def in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return function(*arguments)

    @property
    def counts(self) -> Counter[str]:
        return self._stats.values

    def article_requests(self, announced: Sequence[Found]) -> Iterator[Request]:
        """Each article once; the requests stand for "new" and are not followed."""
        for found in announced:
            article_id = self.site.article_id(found.url)
            assert article_id is not None
            if article_id not in self.found:
                self.found[article_id] = found
                yield Request(found.url, meta={"article": True})

    def walk(self) -> Walk:
        """All documents that can be reached, those of higher priority first."""
        order = count()
        queue: list[tuple[int, int, Request]] = []

        def push(requests: Iterable[Request] | AsyncIterator[Request] | None) -> None:
            for request in all_of(requests):
                if not request.meta.get("article"):
                    heapq.heappush(queue, (-request.priority, next(order), request))

        push(self.entrances())
        while True:
            if not queue:
                push(self.waiting_requests())  # as when the spider is idle
            if not queue:
                return self
            _, _, request = heapq.heappop(queue)
            self.asked.append(request.url)
            body = self._documents(request.url)
            if body is not None:
                push(request.callback(HtmlResponse(request.url, body=body, request=request), **request.cb_kwargs))
            else:
                failure = Failure(HttpError(HtmlResponse(request.url, status=404, request=request)))
                failure.request = request  # type: ignore[attr-defined]
                push(request.errback(failure))


def all_of(requests: Iterable[Request] | AsyncIterator[Request] | None) -> Iterator[Request]:
    """All requests of a callback; asynchronous ones never wait, since nothing runs in a thread here."""
    if not isinstance(requests, AsyncIterator):
        yield from requests or ()
        return
    while True:
        try:
            requests.__anext__().send(None)  # type: ignore[attr-defined]
        except StopIteration as stop:
            yield stop.value
        except StopAsyncIteration:
            return


def urlset(urls: Iterable[str]) -> bytes:
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()


def index(urls: Iterable[str]) -> bytes:
    entries = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'.encode()


def listing(hrefs: Iterable[str], following: str | None = None) -> bytes:
    links = "".join(f'<a href="{href}">…</a>' for href in hrefs)
    more = f'<a class="link-showMore" href="{following}">more</a>' if following else ""
    return f"<!DOCTYPE html><title>…</title><body>{links}{more}".encode()
