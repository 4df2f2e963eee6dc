"""A tap on Scrapy's HTTP/1.1 client: what each connection writes and receives, request by request.

A protocol of its own records what it is given between two requests; a pool of its own tells it for which recording. So
Twisted's silent second attempt on a connection that had gone stale is recorded too.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.internet.defer import Deferred
from twisted.web.client import HTTPConnectionPool

from newscrawl.archive.tape import Tape
from newscrawl.archive.tls import iana_suite, protocol_of_tls


@dataclass(slots=True)
class Attempt:
    """One time that a request was written to a connection."""

    date: datetime
    sent: Tape
    received: Tape
    ip_address: str | None = None
    tls_protocol: str | None = None
    cipher_suite: str | None = None


@dataclass(slots=True)
class Recording:
    """All attempts of one download."""

    clock: Callable[[], datetime]
    spill_bytes: int
    attempts: list[Attempt] = field(default_factory=list)

    def begin(self) -> Attempt:
        """A new attempt, dated now."""
        attempt = Attempt(self.clock(), Tape(self.spill_bytes), Tape(self.spill_bytes))
        self.attempts.append(attempt)
        return attempt


class RecordingPool(HTTPConnectionPool):
    """Hands out connections that record into :attr:`recording`, as it was when the connection was asked for."""

    def __init__(self, reactor: Any, max_per_host: int) -> None:
        super().__init__(reactor, persistent=True)  # type: ignore[no-untyped-call]  # Twisted's
        self.maxPersistentPerHost = max_per_host
        self._factory = _RecordingFactory
        self.recording: Recording | None = None

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[Any]:
        """As its base class, for one request."""
        recording, self.recording = self.recording, None
        connection: Deferred[Any] = super().getConnection(key, endpoint)
        return connection if recording is None else connection.addCallback(_Recorded, recording)


class _Recorded:
    """A connection that is told, with its request, where to record it."""

    def __init__(self, connection: Any, recording: Recording) -> None:
        self._connection = connection
        self._recording = recording

    def request(self, request: Any) -> Deferred[Any]:
        request.recording = self._recording
        result: Deferred[Any] = self._connection.request(request)
        return result


class _RecordingProtocol(_LenientHTTP11ClientProtocol):
    _attempt: Attempt | None = None
    _tls: tuple[str | None, str | None] | None = None
    _ip_address: str | None = None

    def connectionMade(self) -> None:
        super().connectionMade()
        self._ip_address = _address(self.transport)

    def request(self, request: Any) -> Deferred[Any]:
        recording: Recording | None = getattr(request, "recording", None)
        if recording is not None and self.state == "QUIESCENT":
            self._attempt = attempt = recording.begin()
            attempt.ip_address = self._ip_address
            write_to = request.writeTo
            # Only for this one writing: a retry by Twisted writes the same request elsewhere.
            request.writeTo = lambda transport: write_to(_TappedTransport(transport, attempt.sent))
            try:
                return super().request(request)
            finally:
                request.writeTo = write_to
        return super().request(request)

    def dataReceived(self, bytes: bytes) -> None:  # noqa: A002 - the name Twisted gave it
        attempt = self._attempt
        if attempt is not None:
            if self._tls is None:
                self._tls = _tls_of(self.transport)
            attempt.tls_protocol, attempt.cipher_suite = self._tls
            attempt.received.write(bytes)
        super().dataReceived(bytes)  # type: ignore[no-untyped-call]  # Twisted's


class _RecordingFactory(_LenientHTTP11ClientFactory):
    noisy = False

    def buildProtocol(self, addr: Any) -> _RecordingProtocol:  # noqa: ARG002 - Twisted's signature
        return _RecordingProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted's


class _TappedTransport:
    """A transport that keeps what is written to it."""

    def __init__(self, transport: Any, tape: Tape) -> None:
        self._transport = transport
        self._tape = tape

    def write(self, data: bytes) -> None:
        self._tape.write(data)
        self._transport.write(data)

    def writeSequence(self, pieces: Iterable[bytes]) -> None:
        self.write(b"".join(pieces))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def _address(transport: Any) -> str | None:
    host = getattr(transport.getPeer(), "host", None)
    try:
        return str(ipaddress.ip_address(host)) if host else None
    except ValueError:
        return None


def _tls_of(transport: Any) -> tuple[str | None, str | None]:
    """TLS version and cipher suite of a connection over which data came, so that its handshake is done."""
    connection = transport.getHandle() if hasattr(transport, "getHandle") else None
    if not isinstance(connection, SSL.Connection):
        return None, None
    suite = connection.get_cipher_name()
    return protocol_of_tls(connection.get_protocol_version_name()), iana_suite(suite) if suite else None
