"""The download handler that records what crosses the wire, for ``DOWNLOAD_HANDLERS``."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError, UnsupportedURLSchemeError
from scrapy.utils.asyncio import is_asyncio_available
from scrapy.utils.misc import build_from_crawler, load_object

from newscrawl.archive.records.http import protocol_of, reading_of
from newscrawl.archive.writing.writer import utc_now
from newscrawl.errors import UsageError
from newscrawl.recording.archive import CrawlArchive
from newscrawl.recording.connecting import Connector, Route, proxy_of
from newscrawl.recording.download import Download, Downloaded
from newscrawl.recording.fetched import forget
from newscrawl.recording.pool import IdleConnections
from newscrawl.recording.request_message import Address, RequestMessage, address_of, request_message
from newscrawl.recording.resolver import CACHE_SECONDS, AddressCheck, Resolver
from newscrawl.recording.response import response_of
from newscrawl.recording.tls import context_from, log_session
from newscrawl.recording.transfer import Limits

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

_DEFAULT_TIMEOUT = 10.0
"""Seconds, for requests that no middleware gave a ``download_timeout``; Scrapy's own handler has the same."""
_REFUSED_SETTINGS = {
    "DOWNLOADER_CLIENTCONTEXTFACTORY": ("SENTINEL", "scrapy.core.downloader.contextfactory.ScrapyClientContextFactory"),
    "TWISTED_DNS_RESOLVER": ("scrapy.resolver.CachingThreadedResolver", "scrapy.resolver.CachingHostnameResolver"),
}
"""Settings that name classes of Twisted's client, with the values that ask for nothing special."""
_INSTEAD = {
    "DOWNLOADER_CLIENTCONTEXTFACTORY": "set DOWNLOAD_VERIFY_CERTIFICATES and DOWNLOAD_TLS_*",
    "TWISTED_DNS_RESOLVER": "set ADDRESS_CHECK and DNSCACHE_*",
}


class RecordingDownloadHandler(BaseDownloadHandler):
    """Fetches http and https; request and response are in the archive before the response goes on."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        _refuse_unsupported(settings)
        self._archive = CrawlArchive.of(crawler)
        self._connector = Connector(_resolver_from(crawler), context_from(settings))
        self._idle = IdleConnections(settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        self._limits = Limits(
            _DEFAULT_TIMEOUT,
            settings.getint("DOWNLOAD_MAXSIZE"),
            settings.getint("DOWNLOAD_WARNSIZE"),
            settings.getbool("DOWNLOAD_FAIL_ON_DATALOSS"),
        )
        self._bind_address = _bind_address(settings.get("DOWNLOAD_BIND_ADDRESS"))
        self._proxy_encoding: str = settings.get("HTTPPROXY_AUTH_ENCODING", "latin-1")
        self._logs_tls = settings.getbool("DOWNLOADER_CLIENT_TLS_VERBOSE_LOGGING")
        self._warned_of_data_loss = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the handler; Scrapy's own where the crawler's reactor is not asyncio's, whose records are rebuilt."""
        if is_asyncio_available():
            return cls(crawler)
        from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

        return cast("Self", build_from_crawler(HTTP11DownloadHandler, crawler))

    async def download_request(self, request: Request) -> Response:
        """Return the response; ``fetch_record(request)`` then says where it is, ``capture_from`` gives its capture.

        Raises:
            ArchiveError: it could not be recorded; the crawl is then closed.
        """
        forget(request)
        download = self._download(request)
        try:
            downloaded = await download.run(self._connector, self._idle)
        except BaseException as error:
            self._archive.record_failure(request, download.attempts, error)
            raise
        return self._response(request, download, downloaded)

    async def close(self) -> None:
        """Close the idle connections."""
        self._idle.close()

    def _download(self, request: Request) -> Download:
        address = address_of(request.url)
        if address is None:
            if request.url.partition(":")[0].lower() in ("http", "https"):
                raise IgnoreRequest(f"{request.url} names no host that can be connected to")
            raise UnsupportedURLSchemeError(f"{request.url} is no URL of HTTP")
        route, message = self._route_and_message(request, address)
        return Download(
            self.crawler, request, message, route, self._limits_of(request), utc_now, self._archive.spill_bytes
        )

    def _route_and_message(self, request: Request, address: Address) -> tuple[Route, RequestMessage]:
        headers = dict.items(request.headers)  # Scrapy's own items() goes through the keys once more
        by_name = dict(headers)
        bind_address = _bind_address(request.meta.get("bindaddress")) or self._bind_address
        url = request.meta.get("proxy")
        if not url:
            message = request_message(request.method, address, by_name, request.body)
            return Route(address.origin, None, bind_address), message
        proxy = proxy_of(url, request.headers.get(b"Proxy-Authorization"), self._proxy_encoding)
        if address.origin.scheme == "https":
            message = request_message(request.method, address, by_name, request.body)
            return Route(address.origin, proxy, bind_address), message
        message = request_message(
            request.method, address, by_name, request.body, through_proxy=True, proxy_credentials=proxy.credentials
        )
        return Route(None, proxy, bind_address), message

    def _limits_of(self, request: Request) -> Limits:
        meta, spider, usual = request.meta, self.crawler.spider, self._limits
        return Limits(
            meta.get("download_timeout") or usual.timeout,
            meta.get("download_maxsize", getattr(spider, "download_maxsize", usual.max_size)),
            meta.get("download_warnsize", getattr(spider, "download_warnsize", usual.warn_size)),
            meta.get("download_fail_on_dataloss", usual.fail_on_data_loss),
        )

    def _response(self, request: Request, download: Download, downloaded: Downloaded) -> Response:
        end, connection = downloaded.end, downloaded.connection
        received = download.attempts[-1].received.message()
        reading = reading_of(received, request.method) if received else None
        self._archive.record(request, download.attempts, received, reading)
        if end.error is not None:
            self._warn_of_data_loss(end.error, request)
            raise end.error
        assert reading is not None
        assert connection is not None
        if self._logs_tls and (tls_object := connection.tls_object) is not None:
            log_session(urlsplit(request.url).hostname or "", tls_object)
        response = response_of(
            request,
            received,
            reading,
            certificate=connection.tls.certificate,
            ip_address=connection.ip_address,
            protocol=(protocol_of(received) or "http/1.1").upper(),
            flags=end.flags,
        )
        if end.stop is not None and end.stop.fail:
            end.stop.response = response
            raise end.stop
        return response

    def _warn_of_data_loss(self, error: Exception, request: Request) -> None:
        if isinstance(error, ResponseDataLossError) and not self._warned_of_data_loss:
            self._warned_of_data_loss = True
            logger.warning(
                "Got data loss in %s: %s. Set DOWNLOAD_FAIL_ON_DATALOSS = False to process such responses. This is"
                " logged once",
                request.url,
                error,
            )


def _refuse_unsupported(settings: BaseSettings) -> None:
    for name, harmless in _REFUSED_SETTINGS.items():
        value = settings.get(name)
        if value is not None and value not in harmless:
            raise UsageError(f"{name} = {value!r} has no effect on the recording handler: {_INSTEAD[name]}")


def _resolver_from(crawler: Crawler) -> Resolver:
    settings = crawler.settings
    path = settings.get("ADDRESS_CHECK")
    check = cast("AddressCheck", build_from_crawler(load_object(path), crawler)) if path else None
    return Resolver(
        timeout=settings.getfloat("DNS_TIMEOUT"),
        check=check,
        cache_size=settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0,
        cache_seconds=settings.getfloat("DNSCACHE_SECONDS", CACHE_SECONDS),
    )


def _bind_address(value: Any) -> tuple[str, int] | None:
    """Return the address and port that ``value``, of DOWNLOAD_BIND_ADDRESS or a request, names; port 0 is any."""
    if not value:
        return None
    return (value, 0) if isinstance(value, str) else (str(value[0]), int(value[1]))
