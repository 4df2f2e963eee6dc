"""A connection of Scrapy's HTTP/1.1 client that records; or lent past it (:mod:`newscrawl.downloading.lane`)."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Protocol

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.internet.defer import Deferred, succeed
from twisted.internet.protocol import connectionDone
from twisted.internet.ssl import Certificate
from twisted.internet.tcp import Connection
from twisted.python.failure import Failure

from newscrawl.archive.records.tls import iana_suite, protocol_of_tls
from newscrawl.downloading.tap import Attempt, Recording, TappedTransport


class Borrower(Protocol):
    """Who has a connection for one exchange."""

    def received(self, data: bytes) -> None:
        """Bytes came."""

    def interrupted(self) -> None:
        """The connection is about to end."""


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
            request.writeTo = lambda transport: write_to(TappedTransport(transport, sent))
        try:
            return super().request(request)
        finally:
            request.writeTo = write_to

    def lend(self, borrower: Borrower, recording: Recording, data: bytes) -> None:
        """Write ``data``; what comes is the borrower's, until :meth:`release` or :meth:`give_back`."""
        self._state = "WAITING"
        self._borrower = borrower
        self._begin(recording).sent.write(data)
        _write(self.transport, data)

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


class RecordingFactory(_LenientHTTP11ClientFactory):
    """Makes them."""

    noisy = False

    def buildProtocol(self, addr: Any) -> RecordingProtocol:  # noqa: ARG002 - Twisted's signature
        return RecordingProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted's


def _write(transport: Any, data: bytes) -> None:
    """Without the event loop's leave, which costs more than the writing: to an idle connection it is always given."""
    if isinstance(transport, Connection) and not (transport.TLS or transport.dataBuffer or transport._tempDataBuffer):
        written = transport.writeSomeData(data)
        if isinstance(written, int):  # or an error, that the next attempt tells Twisted too
            data = data[written:]
    if data:
        transport.write(data)


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
