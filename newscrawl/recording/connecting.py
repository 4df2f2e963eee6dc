"""Open connections: to a server, to a proxy, or to a server through a proxy's tunnel."""

from __future__ import annotations

import asyncio
import base64
import re
import socket
import ssl
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import unquote

from scrapy.exceptions import (
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)

from newscrawl.errors import UsageError
from newscrawl.recording.connection import Connection
from newscrawl.recording.request_message import Origin, address_of, connect_message
from newscrawl.recording.resolver import Resolver, SocketAddress

ATTEMPT_DELAY = 0.25
"""Seconds after which the next address is tried beside the one that does not answer (RFC 8305, 5)."""

_MAX_TUNNEL_HEAD = 64 * 1024
_TUNNEL_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})([^\r\n]{0,1000})")
_SHOWN = 1000

_Protocol = TypeVar("_Protocol", bound=asyncio.Protocol)


class Proxy(NamedTuple):
    """A proxy of HTTP."""

    origin: Origin
    credentials: bytes | None
    """The value of Proxy-Authorization."""


class Route(NamedTuple):
    """How an origin is reached; connections of the same route can stand in for each other."""

    origin: Origin | None
    """None: any, all through a proxy that forwards requests."""
    proxy: Proxy | None = None
    bind_address: tuple[str, int] | None = None
    """The local address and port that the connection comes from."""


def proxy_of(url: str, credentials: bytes | None, encoding: str = "latin-1") -> Proxy:
    """Return the proxy at ``url``; user and password in it count where no ``credentials`` are given.

    Raises:
        UsageError: no proxy that is spoken to by HTTP.
    """
    address = address_of(url if "://" in url else f"http://{url}")
    if address is None:
        shown = url.rpartition("@")[2]
        raise UsageError(f"the proxy {shown} cannot be used: it must be http://HOST:PORT or https://HOST:PORT")
    if credentials is None and address.user_info:
        user_info = unquote(address.user_info, encoding).encode(encoding, "replace")
        credentials = b"Basic " + base64.b64encode(user_info)
    return Proxy(address.origin, credentials)


@dataclass(frozen=True, slots=True)
class Connector:
    """Opens connections."""

    resolver: Resolver
    tls_context: ssl.SSLContext

    async def connect(self, route: Route, put_back: Callable[[Connection], None]) -> Connection:
        """Return a new connection for ``route``, ready for its first request.

        Raises:
            CannotResolveHostError: the name has no address.
            DownloadConnectionRefusedError: no address can be connected to.
            DownloadFailedError: TLS fails.
            IgnoreRequest: the address is refused.
            TunnelError: the proxy opens no tunnel.
        """
        if route.proxy is None:
            assert route.origin is not None
            return await self._to(route.origin, route, partial(Connection, put_back))
        if route.origin is None:
            return await self._to(route.proxy.origin, route, partial(Connection, put_back))
        return await self._tunnel(route.origin, route.proxy, route, put_back)

    async def _to(self, origin: Origin, route: Route, make: Callable[[], _Protocol]) -> _Protocol:
        """Return the protocol that ``make`` makes, connected to ``origin``."""
        opened = await self._socket(origin, route)
        is_tls = origin.scheme == "https"
        loop = asyncio.get_running_loop()
        try:
            _, protocol = await loop.create_connection(
                make,
                sock=opened,
                ssl=self.tls_context if is_tls else None,
                server_hostname=_server_name(origin) if is_tls else None,
            )
        except (OSError, ssl.SSLError, ValueError) as error:
            raise DownloadFailedError(f"TLS with {origin.netloc} fails: {error}") from error
        return protocol

    async def _socket(self, origin: Origin, route: Route) -> socket.socket:
        addresses = await self.resolver.addresses(origin.host, origin.port, checked=route.proxy is None)
        bind_address = route.bind_address
        if bind_address is not None:
            family = socket.AF_INET6 if ":" in bind_address[0] else socket.AF_INET
            addresses = [address for address in addresses if address.family == family] or addresses
        try:
            return await first_connected(addresses, lambda address: _connected(address, bind_address))
        except TimeoutError as error:
            raise DownloadTimeoutError(f"connecting to {origin.netloc} takes too long: {error}") from error
        except OSError as error:
            raise DownloadConnectionRefusedError(f"cannot connect to {origin.netloc}: {error}") from error

    async def _tunnel(
        self, origin: Origin, proxy: Proxy, route: Route, put_back: Callable[[Connection], None]
    ) -> Connection:
        tunnel = await self._to(proxy.origin, route, _Tunnel)
        try:
            await tunnel.open(connect_message(origin, proxy.credentials), proxy.origin)
            connection = Connection(put_back)
            transport = await asyncio.get_running_loop().start_tls(
                tunnel.transport, connection, self.tls_context, server_hostname=_server_name(origin)
            )
        except (OSError, ssl.SSLError, ValueError) as error:
            tunnel.transport.abort()
            raise DownloadFailedError(
                f"TLS with {origin.netloc} through the proxy {proxy.origin.netloc} fails: {error}"
            ) from error
        except BaseException:
            tunnel.transport.abort()
            raise
        if transport is None:
            raise DownloadFailedError(f"the proxy {proxy.origin.netloc} closes the tunnel to {origin.netloc}")
        connection.connection_made(transport)
        return connection


def _server_name(origin: Origin) -> str:
    return origin.host.rstrip(".") or origin.host


async def _connected(address: SocketAddress, bind_address: tuple[str, int] | None) -> socket.socket:
    """Return a socket that is connected to ``address``."""
    opened = socket.socket(address.family, socket.SOCK_STREAM)
    try:
        opened.setblocking(False)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if bind_address is not None:
            opened.bind(bind_address)
        await asyncio.get_running_loop().sock_connect(opened, address.sockaddr)
    except BaseException:
        opened.close()
        raise
    return opened


async def first_connected(
    addresses: Sequence[SocketAddress],
    connect: Callable[[SocketAddress], Coroutine[Any, Any, socket.socket]],
    delay: float = ATTEMPT_DELAY,
) -> socket.socket:
    """Return the socket of the address that answers first (RFC 8305, "Happy Eyeballs").

    The next address is tried once the one before failed, or has not answered for ``delay`` seconds.

    Raises:
        OSError: none can be connected to; what the first one said.
    """
    if len(addresses) == 1:
        return await connect(addresses[0])
    loop = asyncio.get_running_loop()
    errors: list[OSError] = []
    pending: set[asyncio.Task[socket.socket]] = set()
    left = list(addresses)
    try:
        while left or pending:
            if left:
                pending.add(loop.create_task(connect(left.pop(0))))
            done, pending = await asyncio.wait(
                pending, timeout=delay if left else None, return_when=asyncio.FIRST_COMPLETED
            )
            connected = list(_results(done, errors))
            if connected:
                for other in connected[1:]:
                    other.close()
                return connected[0]
    finally:
        for task in pending:
            task.add_done_callback(_close_late)
            task.cancel()
    raise errors[0]


def _results(done: Iterable[asyncio.Task[socket.socket]], errors: list[OSError]) -> Iterable[socket.socket]:
    for task in done:
        try:
            yield task.result()
        except OSError as error:
            errors.append(error)


def _close_late(task: asyncio.Task[socket.socket]) -> None:
    """Close the socket of an attempt that succeeds after another one has."""
    if not task.cancelled() and task.exception() is None:
        task.result().close()


class _Tunnel(asyncio.Protocol):
    """Asks a proxy for a tunnel."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self._head = bytearray()
        self._answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._head += data
        complete = b"\r\n\r\n" in self._head or b"\n\n" in self._head
        if (complete or len(self._head) > _MAX_TUNNEL_HEAD) and not self._answer.done():
            self._answer.set_result(bytes(self._head))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        if not self._answer.done():
            self._answer.set_result(bytes(self._head))

    async def open(self, request: bytes, proxy: Origin) -> None:
        """Write the CONNECT ``request`` and await the proxy's consent.

        Raises:
            TunnelError: it does not consent.
        """
        self.transport.write(request)
        head = await self._answer
        status = _TUNNEL_STATUS.match(head)
        if status is not None and 200 <= int(status[1]) < 300:
            return
        # Scrapy retries it by this name. Its module loads Twisted's client, which nothing else here needs.
        from scrapy.core.downloader.handlers.http11 import TunnelError

        shown = f"{status[1].decode()}{status[2].decode('latin-1')}" if status else repr(head[:_SHOWN])
        raise TunnelError(f"Could not open CONNECT tunnel with proxy {proxy.netloc} [{shown}]")
