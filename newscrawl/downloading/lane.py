"""The short way of an ordinary download: a plain GET over a connection that is open, a plain answer, whole.

Twisted's client and Scrapy's agent over it spend a sixth of a crawl's processor time to be right about everything that
a server can do. Here nothing but the ordinary case is dealt with; all decisions about anything else are left to them:
the request is handed over as written, they are given the bytes that came so far, and whatever happened (a head that is
not plain, the end of the connection, a timeout, a cancellation) happens to them. So both ways write, record and answer
the same.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.core.downloader.handlers.http11 import _ScrapyAgent
from scrapy.http import Headers
from scrapy.responsetypes import responsetypes
from scrapy.signalmanager import dispatcher  # type: ignore[attr-defined]  # whichever of two it depends on
from twisted.internet.base import DelayedCall
from twisted.internet.defer import Deferred, maybeDeferred

from newscrawl.downloading.connection import RecordingProtocol
from newscrawl.downloading.plain import LINE_END, ChunkedBody, CountedBody, PlainHead, plain_head, plain_request
from newscrawl.downloading.pool import RecordingPool
from newscrawl.downloading.tap import Recording

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_PROTOCOL = "HTTP/1.1"
_OF_A_DOWNLOAD = (signals.headers_received, signals.bytes_received, dispatcher.Any)
_MAX_PIECES = 1024
"""Of an answer: a server that sends byte by byte makes each of them an object, which Scrapy's reader does not keep."""


class LateAgent(_ScrapyAgent):
    """Scrapy's, for a request that was written before: neither its time limit nor its latency begins anew."""

    def __init__(self, deadline: float, latency: Callable[[], float], **options: Any) -> None:
        super().__init__(**options)
        self._deadline = deadline
        self._latency = latency

    def download_request(self, request: Request) -> Deferred[Response]:
        """As Scrapy's."""
        response = super().download_request(request)
        timer: DelayedCall = self._timeout_cl  # what callLater returns
        if timer.active():
            timer.reset(max(0.0, self._deadline - timer.seconds()))
        return response

    def _cb_latency(self, result: Any, request: Request, start_time: float) -> Any:  # noqa: ARG002 - Scrapy's signature
        request.meta["download_latency"] = self._latency()
        return result


class FastLane:
    """Takes the downloads that it can."""

    def __init__(self, crawler: Crawler, pool: RecordingPool, agent_options: Callable[[], dict[str, Any]]) -> None:
        self.pool = pool
        self._crawler = crawler
        self._agent_options = agent_options

    def response(self, request: Request, recording: Recording) -> Deferred[Response] | None:
        """What becomes of ``request``, as Scrapy's agent would have it; None if it has to go the long way."""
        if not _is_plain(request) or self._is_heard():
            return None
        options = self._agent_options()
        if options["bindAddress"] or options["tls_verbose_logging"]:
            return None
        plain = plain_request(request.url, request.headers)
        connection = self.pool.idle_connection(plain.key) if plain is not None else None
        if plain is None or connection is None:
            return None
        exchange = _Exchange(self, request, recording, connection, options)
        connection.lend(exchange, recording, plain.data)
        return exchange.response

    def _is_heard(self) -> bool:
        """Whether someone wants the signals of a download that is under way; they may stop it, too."""
        senders = (self._crawler.signals.sender, dispatcher.Any)
        return any(dispatcher.getReceivers(sender, signal) for sender in senders for signal in _OF_A_DOWNLOAD)


def _is_plain(request: Request) -> bool:
    meta = request.meta
    return (
        request.method == "GET"
        and not request.body
        and not meta.get("proxy")
        and not meta.get("bindaddress")
        and bool(meta.get("download_timeout"))
    )


class _Exchange:
    """One request, until its response is whole or the long way is taken."""

    def __init__(
        self,
        lane: FastLane,
        request: Request,
        recording: Recording,
        connection: RecordingProtocol,
        options: dict[str, Any],
    ) -> None:
        self.response: Deferred[Response] = Deferred(self._cancel)
        self._lane = lane
        self._request = request
        self._recording = recording
        self._connection = connection
        self._options = options
        self._head: PlainHead | None = None
        self._pieces: list[bytes] = []
        self._body: CountedBody | ChunkedBody | None = None
        self._long_way: Deferred[Response] | None = None
        self._started = monotonic()
        self._came: float | None = None
        self._timer = lane.pool._reactor.callLater(request.meta["download_timeout"], self.interrupted)

    def received(self, data: bytes) -> None:
        """Some of the answer."""
        self._pieces.append(data)
        whole = self._body.take(data) if self._body is not None else self._begun(data)
        if whole is None or self._is_large() or len(self._pieces) > _MAX_PIECES:
            self.interrupted()
        elif whole:
            self._finish()

    def interrupted(self) -> None:
        """Take the long way from here."""
        if self._timer.active():
            self._timer.cancel()
        pool, connection = self._lane.pool, self._connection
        connection.give_back()
        pool.returned, pool.recording = connection, self._recording
        agent = LateAgent(self._timer.getTime(), self._latency, **self._options)
        self._long_way = maybeDeferred(agent.download_request, self._request)
        self._long_way.chainDeferred(self.response)
        pool.returned = pool.recording = None
        connection.replay(self._pieces)
        self._pieces, self._body = [], None

    def _cancel(self, _: Any) -> None:
        if self._long_way is None:
            self.interrupted()
        assert self._long_way is not None
        self._long_way.cancel()

    def _begun(self, data: bytes) -> bool | None:
        """Whether the answer, of which these are the first bytes, is whole; None when it is not plain."""
        self._head = head = plain_head(data)
        if head is None:
            return None
        self._came = monotonic()
        self._request.meta["download_latency"] = self._latency()
        if head.length is None:
            self._body = ChunkedBody()
            return self._body.take(data, head.end - LINE_END)
        self._body = CountedBody(head.length)
        return self._body.take(data, head.end)

    def _latency(self) -> float:
        """Seconds until the head was there."""
        return (monotonic() if self._came is None else self._came) - self._started

    def _is_large(self) -> bool:
        """Whether Scrapy has something to say about it."""
        meta, options = self._request.meta, self._options
        limits = (meta.get("download_maxsize", options["maxsize"]), meta.get("download_warnsize", options["warnsize"]))
        announced = self._body.announced if self._body is not None else 0
        return any(limit and announced > limit for limit in limits)

    def _finish(self) -> None:
        assert self._head is not None
        assert self._body is not None
        self._timer.cancel()
        self._connection.release()
        try:
            response = self._made_of(self._head, self._body.content())
        except Exception:  # noqa: BLE001 - any of them is the answer of the download, as with Scrapy
            self.response.errback()
        else:
            self.response.callback(response)

    def _made_of(self, head: PlainHead, body: bytes) -> Response:
        """As Scrapy's ``make_response``; it would go through the headers once more."""
        url, headers = self._request.url, Headers()
        dict.update(headers, head.headers)
        response = responsetypes.from_args(headers=headers, url=url, body=body)(
            url=url,
            status=head.status,
            body=body,
            certificate=self._connection.certificate,
            ip_address=self._connection.ip_address,
            protocol=_PROTOCOL,
        )
        response.headers = headers
        return response
