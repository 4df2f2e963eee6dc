"""One request over one connection, and the response as it comes: recorded byte for byte, framed, within limits."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.signalmanager import dispatcher  # type: ignore[attr-defined]  # whichever of two Scrapy depends on

from newscrawl.archive.records.spool import Tape
from newscrawl.recording.connection import Connection
from newscrawl.recording.framing import Fault, Head, ResponseFramer
from newscrawl.recording.request_message import RequestMessage
from newscrawl.recording.response import scrapy_headers
from newscrawl.recording.tls import NO_TLS, TlsSession

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_TRUNCATED_BY = {Fault.NOT_HTTP: "unspecified", Fault.HEAD_TOO_LARGE: "length", Fault.BAD_CHUNK: "disconnect"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may take."""

    timeout: float
    """Seconds from its start to its last byte, connecting included."""
    max_size: int
    """Bytes of the body; 0: no limit."""
    warn_size: int
    """Bytes of the body above which a warning is logged; 0: none."""
    fail_on_data_loss: bool
    """Whether a response that is not whole is a failure."""


@dataclass(slots=True)
class Attempt:
    """One time that a request was written to a connection."""

    date: datetime
    """When it began to be written, UTC."""
    sent: bytes
    """Without the credentials for a proxy."""
    received: Tape
    ip_address: str | None = None
    tls: TlsSession = NO_TLS
    truncated: str | None = None
    """Why the response ended early, in the words of WARC-Truncated; None where it did not."""
    failure: str = ""
    """What went wrong."""


@dataclass(frozen=True, slots=True)
class End:
    """How a transfer ended."""

    error: Exception | None = None
    """What the download fails with; None where there is a response."""
    truncated: str | None = None
    """Why the response ended early, in the words of WARC-Truncated."""
    flags: tuple[str, ...] = ()
    """Of Scrapy's response: ``partial``, ``dataloss``, ``download_stopped``."""
    stop: StopDownload | None = None
    """Raised by a listener."""
    is_stale: bool = False
    """The idle connection was closed, or out of step: what became of the request is unknown."""


WHOLE = End()
_UNTIL_CLOSE = End(flags=("partial",))


class Transfer:
    """Takes the response off a connection; :attr:`ended` gets its :class:`End`."""

    def __init__(
        self, crawler: Crawler, request: Request, limits: Limits, attempt: Attempt, on_head: Callable[[], None]
    ) -> None:
        self.framer = ResponseFramer(request.method)
        self.attempt = attempt
        self.ended: asyncio.Future[End] = asyncio.get_running_loop().create_future()
        self._crawler = crawler
        self._request = request
        self._limits = limits
        self._on_head = on_head
        self._connection: Connection | None = None
        self._was_idle = False
        self._warned = False
        self._hears_bytes = has_listeners(crawler, signals.bytes_received)

    def begin(self, connection: Connection, message: RequestMessage) -> None:
        """Write ``message`` to ``connection``."""
        self._connection = connection
        self._was_idle = connection.was_used
        self.attempt.ip_address = str(connection.ip_address) if connection.ip_address is not None else None
        self.attempt.tls = connection.tls
        connection.begin(self, message.sent)

    def received(self, data: bytes) -> None:
        """Take the next bytes off the connection."""
        framer = self.framer
        had_head = framer.head is not None
        start, end = framer.feed(data)
        self.attempt.received.write(data if end - start == len(data) else data[start:end])
        if framer.head is not None:
            if not had_head:
                self._on_head()
                self._head_came(framer.head)
            if framer.body_spans and not self.ended.done():
                self._body_came(data)
        if self.ended.done():
            return
        if framer.complete:
            assert framer.head is not None
            self._end(WHOLE, reusable=end == len(data) and framer.head.keeps_alive())
        elif framer.fault is not None:
            self._fault(framer.fault)

    def lost(self, error: Exception | None) -> None:
        """Take note that the connection ended, with ``error`` or in order."""
        framer = self.framer
        until_close = framer.ends_with_connection and error is None
        if framer.fault is None and (framer.body_complete or until_close):
            framer.finish()
            self._end(_UNTIL_CLOSE if until_close else WHOLE)
        elif framer.head is None:
            said = f": {error}" if error else ""
            is_stale = self._was_idle and not self.attempt.received.size
            what = "before an answer came" if not self.attempt.received.size else "within the head of the answer"
            failure = DownloadFailedError(f"the connection was closed {what}{said}")
            self._end(End(failure, "disconnect", is_stale=is_stale))
        else:
            self._data_loss(f"the connection was closed within the body{f': {error}' if error else ''}")

    def time_out(self, error: DownloadTimeoutError) -> None:
        """End the transfer, since its time is over."""
        if self.framer.body_complete:  # the server does not say that it is done
            self._end(WHOLE)
        else:
            self._end(End(error, "time"))

    def abort(self) -> None:
        """End the transfer, since nobody waits for it any more."""
        if not self.ended.done():
            self._end(End(DownloadCancelledError("the download was cancelled"), "unspecified"))

    def _head_came(self, head: Head) -> None:
        expected = head.framing.length
        if has_listeners(self._crawler, signals.headers_received):
            stop = self._stop_by(
                signals.headers_received,
                headers=scrapy_headers(head.headers),
                body_length=-1 if expected is None else expected,
            )
            if stop is not None:
                self._end(End(None, "unspecified", ("download_stopped",), stop))
                return
        if expected is None or head.bodiless:
            return
        limits = self._limits
        if limits.max_size and expected > limits.max_size:
            self._too_large("Expected to receive", expected)
        elif limits.warn_size and expected > limits.warn_size:
            self._warn("Expected to receive", expected)

    def _body_came(self, data: bytes) -> None:
        framer, limits = self.framer, self._limits
        if self._hears_bytes:
            content = b"".join(data[start:end] for start, end in framer.body_spans)
            stop = self._stop_by(signals.bytes_received, data=content)
            if stop is not None:
                self._end(End(None, "unspecified", ("download_stopped",), stop))
                return
        if limits.max_size and framer.body_size > limits.max_size:
            self._too_large("Received", framer.body_size)
        elif limits.warn_size and framer.body_size > limits.warn_size and not self._warned:
            self._warn("Received", framer.body_size)

    def _stop_by(self, signal: object, **arguments: object) -> StopDownload | None:
        """Send ``signal``, and return the StopDownload that a listener raised, if one did."""
        sent = self._crawler.signals.send_catch_log(
            signal=signal, request=self._request, spider=self._crawler.spider, **arguments
        )
        for _, result in sent:
            error = getattr(result, "value", None)  # of a Failure
            if isinstance(error, StopDownload):
                return error
        return None

    def _too_large(self, how: str, size: int) -> None:
        message = (
            f"{how} {size} bytes which is larger than download max size ({self._limits.max_size})"
            f" in request {self._request}."
        )
        logger.warning(message)
        self._end(End(DownloadCancelledError(message), "length"))

    def _warn(self, how: str, size: int) -> None:
        self._warned = True
        logger.warning(
            "%s %s bytes which is larger than download warn size (%s) in request %s.",
            how,
            size,
            self._limits.warn_size,
            self._request,
        )

    def _fault(self, fault: Fault) -> None:
        if fault is Fault.BAD_CHUNK:
            self._data_loss(fault.value)
        else:
            # Not DownloadFailedError, which speaks of the host: one page is unreadable, the host answers.
            # On a connection that was idle, what is no HTTP may be left over from the response before.
            is_stale = self._was_idle and fault is Fault.NOT_HTTP
            self._end(End(ResponseDataLossError(fault.value), _TRUNCATED_BY[fault], is_stale=is_stale))

    def _data_loss(self, what: str) -> None:
        if self._limits.fail_on_data_loss:
            self._end(End(ResponseDataLossError(what), "disconnect"))
        else:
            self._end(End(None, "disconnect", ("dataloss",)))

    def _end(self, end: End, *, reusable: bool = False) -> None:
        self.attempt.truncated = end.truncated
        if end.error is not None:
            self.attempt.failure = f"{type(end.error).__name__}: {end.error}"
        elif end.flags and end.truncated:
            self.attempt.failure = end.flags[0]
        connection, self._connection = self._connection, None
        if connection is not None:
            if end is WHOLE or end is _UNTIL_CLOSE:
                connection.release(reusable=reusable)
            else:
                connection.abort()
        if not self.ended.done():
            self.ended.set_result(end)


def has_listeners(crawler: Crawler, signal: object) -> bool:
    """Return whether anybody listens to ``signal``; to send it costs more than to ask."""
    senders = (crawler.signals.sender, dispatcher.Any)
    return any(dispatcher.getReceivers(sender, each) for sender in senders for each in (signal, dispatcher.Any))
