"""A tap on Scrapy's HTTP/1.1 client: what each connection writes and receives, request by request.

A protocol of its own records what it is given between two requests; a pool of its own tells it for which recording. So
Twisted's silent second attempt on a connection that had gone stale is recorded too.

A connection can also be lent to a :class:`Borrower`, past Twisted's client: see :mod:`newscrawl.downloading.lane`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Protocol

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.internet.defer import Deferred, succeed
from twisted.internet.protocol import connectionDone
from twisted.internet.ssl import Certificate
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool, _RetryingHTTP11ClientProtocol

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


class Borrower(Protocol):
    """Who has a connection for one exchange."""

    def received(self, data: bytes) -> None:
        """Bytes came."""

    def interrupted(self) -> None:
        """The connection is about to end."""


class RecordingPool(HTTPConnectionPool):
    """Hands out connections that record into :attr:`recording`, as it was when the connection was asked for."""

    def __init__(self, reactor: Any, max_per_host: int) -> None:
        super().__init__(reactor, persistent=True)  # type: ignore[no-untyped-call]  # Twisted's
        self.maxPersistentPerHost = max_per_host
        self._factory = _RecordingFactory
        self.recording: Recording | None = None
        self.returned: RecordingProtocol | None = None
        """A connection whose next request is the one that its borrower has already written."""

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[Any]:
        """As its base class, for one request."""
        recording, self.recording = self.recording, None
        returned, self.returned = self.returned, None
        connection: Deferred[Any]
        if returned is None:
            connection = super().getConnection(key, endpoint)
        else:
            again = _RetryingHTTP11ClientProtocol(returned, lambda: self._newConnection(key, endpoint))  # type: ignore[no-untyped-call]
            connection = succeed(again)
        return connection if recording is None else connection.addCallback(_Recorded, recording)

    def idle_connection(self, key: Any) -> RecordingProtocol | None:
        """One that waits for a request; it is the caller's from now on."""
        connections = self._connections.get(key)
        while connections:
            connection: RecordingProtocol = connections.pop(0)
            self._timeouts.pop(connection).cancel()
            if connection.state == "QUIESCENT":
                return connection
        return None


class _Recorded:
    """A connection that is told, with its request, where to record it."""

    def __init__(self, connection: Any, recording: Recording) -> None:
        self._connection = connection
        self._recording = recording

    def request(self, request: Any) -> Deferred[Any]:
        request.recording = self._recording
        result: Deferred[Any] = self._connection.request(request)
        return result


class RecordingProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's, with a tape."""

    certificate: Certificate | None = None
    """Of the server, where there is TLS."""
    ip_address: IPv4Address | IPv6Address | None = None
    """Of whoever is at the other end, the proxy if there is one."""
    _attempt: Attempt | None = None
    _tls: tuple[str | None, str | None] | None = None
    _borrower: Borrower | None = None
    _written = False

    def connectionMade(self) -> None:
        super().connectionMade()
        self.ip_address = _address(self.transport)

    def request(self, request: Any) -> Deferred[Any]:
        recording: Recording | None = getattr(request, "recording", None)
        if self.state != "QUIESCENT" or (recording is None and not self._written):
            return super().request(request)
        write_to = request.writeTo
        # Only for this one writing: a retry by Twisted writes the same request elsewhere.
        if self._written:
            self._written = False
            request.writeTo = lambda _: succeed(None)
        elif recording is not None:
            sent = self._begin(recording).sent
            request.writeTo = lambda transport: write_to(_TappedTransport(transport, sent))
        try:
            return super().request(request)
        finally:
            request.writeTo = write_to

    def lend(self, borrower: Borrower, recording: Recording, data: bytes) -> None:
        """Write ``data``; what comes is the borrower's, until :meth:`release` or :meth:`give_back`."""
        self._state = "WAITING"
        self._borrower = borrower
        self._begin(recording).sent.write(data)
        transport: Any = self.transport
        transport.write(data)

    def release(self) -> None:
        """The exchange is through, the connection is free for the next."""
        self._borrower = None
        self._state = "QUIESCENT"
        self._quiescentCallback(self)

    def give_back(self) -> None:
        """Twisted's client is to go on: its next request counts as written."""
        self._borrower = None
        self._state = "QUIESCENT"
        self._written = True

    def replay(self, pieces: Iterable[bytes]) -> None:
        """Bytes that the borrower was given, now for Twisted's client."""
        for piece in pieces:
            super().dataReceived(piece)  # type: ignore[no-untyped-call]  # Twisted's

    def dataReceived(self, bytes: bytes) -> None:  # noqa: A002 - the name Twisted gave it
        attempt = self._attempt
        if attempt is not None:
            if self._tls is None:
                self._tls = _tls_of(self.transport)
                self.certificate = _certificate(self.transport)
            attempt.tls_protocol, attempt.cipher_suite = self._tls
            attempt.received.write(bytes)
        if self._borrower is not None:
            self._borrower.received(bytes)
        else:
            super().dataReceived(bytes)  # type: ignore[no-untyped-call]  # Twisted's

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        if self._borrower is not None:
            self._borrower.interrupted()
        super().connectionLost(reason)  # type: ignore[no-untyped-call]  # Twisted's

    def _begin(self, recording: Recording) -> Attempt:
        self._attempt = attempt = recording.begin()
        attempt.ip_address = str(self.ip_address) if self.ip_address is not None else None
        return attempt


class _RecordingFactory(_LenientHTTP11ClientFactory):
    noisy = False

    def buildProtocol(self, addr: Any) -> RecordingProtocol:  # noqa: ARG002 - Twisted's signature
        return RecordingProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted's


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


def _address(transport: Any) -> IPv4Address | IPv6Address | None:
    host = getattr(transport.getPeer(), "host", None)
    try:
        return ip_address(host) if host else None
    except ValueError:
        return None


def _certificate(transport: Any) -> Certificate | None:
    """As Scrapy's handler has it."""
    try:
        return Certificate(transport.getPeerCertificate())  # type: ignore[no-untyped-call]  # Twisted's
    except AttributeError:
        return None


def _tls_of(transport: Any) -> tuple[str | None, str | None]:
    """TLS version and cipher suite of a connection over which data came, so that its handshake is done."""
    connection = transport.getHandle() if hasattr(transport, "getHandle") else None
    if not isinstance(connection, SSL.Connection):
        return None, None
    suite = connection.get_cipher_name()
    return protocol_of_tls(connection.get_protocol_version_name()), iana_suite(suite) if suite else None
