"""Record what other download handlers fetched: the messages are rebuilt from Scrapy's objects."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self
from urllib.parse import urldefrag, urlsplit
from weakref import WeakSet

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import is_asyncio_available
from scrapy.utils.python import global_object_name

from newscrawl.archive.addon import HANDLER
from newscrawl.archive.records.exchange import Exchange
from newscrawl.archive.records.http import rebuilt_request, rebuilt_response
from newscrawl.archive.writing.writer import utc_now
from newscrawl.recording.archive import CrawlArchive
from newscrawl.recording.fetch_context import context_of
from newscrawl.recording.fetched import forget, header_pairs_of, is_recorded, keep_message

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


_TRUNCATING_FLAGS = {"dataloss": "disconnect", "download_stopped": "unspecified"}
"""Flags that Scrapy's handlers give a response that is not whole, with their WARC-Truncated (WARC 1.1, 5.14)."""


class RebuildingMiddleware:
    """Downloader middleware, nearest to the network: archives what :class:`RecordingDownloadHandler` did not fetch."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._archive = CrawlArchive.of(crawler)
        self._handed_on: WeakSet[Request] = WeakSet()
        """Requests that reached a download handler."""
        crawler.signals.connect(self._reached, signals.request_reached_downloader)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the middleware; not configured where the recording handler fetches everything."""
        handlers = crawler.settings.getwithbase("DOWNLOAD_HANDLERS")
        recording = is_asyncio_available() and all(handlers.get(scheme) == HANDLER for scheme in ("http", "https"))
        if recording and not crawler.settings.getbool("HTTPCACHE_ENABLED"):
            raise NotConfigured  # the recording handler fetches everything
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Remove what ``request`` carries of an earlier download."""
        forget(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the response as it is; it is in the archive then.

        Raises:
            ArchiveError: it could not be recorded.
        """
        scheme = urlsplit(request.url).scheme
        if scheme in ("http", "https") and not is_recorded(request):
            exchange = self._exchange(request, response, self._source(scheme, request, response))
            keep_message(request, self._archive.write(exchange), exchange.response)
        return response

    def _reached(self, request: Request) -> None:
        self._handed_on.add(request)

    def _source(self, scheme: str, request: Request, response: Response) -> str:
        """Return the name of the component that the response came from."""
        if "cached" in response.flags:
            return "the HTTP cache of Scrapy"
        if request not in self._handed_on:
            return "a downloader middleware"
        handler = self._crawler.settings.getwithbase("DOWNLOAD_HANDLERS").get(scheme)
        if handler == HANDLER:  # it left the download to Scrapy's own, since the reactor is not asyncio's
            return "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"
        return handler if isinstance(handler, str) else global_object_name(handler)

    def _exchange(self, request: Request, response: Response, source: str) -> Exchange:
        headers = header_pairs_of(request.headers)
        parts = urlsplit(request.url)
        if not any(name.lower() == "host" for name, _ in headers):
            headers = (("Host", parts.netloc.rpartition("@")[2]), *headers)
        headers = tuple((name, value) for name, value in headers if name.lower() != "proxy-authorization")
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        protocol = (response.protocol or "").lower()
        truncated = next((_TRUNCATING_FLAGS[flag] for flag in response.flags if flag in _TRUNCATING_FLAGS), None)
        return Exchange(
            url=urldefrag(request.url)[0],
            date=utc_now() - timedelta(seconds=request.meta.get("download_latency", 0)),
            request=rebuilt_request(request.method, target, headers, request.body),
            response=rebuilt_response(response.status, header_pairs_of(response.headers), response.body),
            method=request.method,
            ip_address=None if request.meta.get("proxy") else str(response.ip_address or "") or None,
            protocols=(protocol,) if protocol else (),
            truncated=truncated,
            rebuilt=source,
            context=context_of(request),
        )
