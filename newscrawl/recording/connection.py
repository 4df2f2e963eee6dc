"""A connection to a server: one transfer at a time, and idle between two of them."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, cast

from newscrawl.recording.tls import NO_TLS, session_of

if TYPE_CHECKING:
    from newscrawl.recording.transfer import Transfer

_MAX_EARLY = 1024 * 1024
"""Bytes that a server may send before the request is written."""


class Connection(asyncio.Protocol):
    """Hands what comes to the transfer that is under way."""

    def __init__(self, put_back: Callable[[Connection], None]) -> None:
        self.is_open = True
        self.was_used = False
        """A response came over it."""
        self.ip_address: IPv4Address | IPv6Address | None = None
        """Of the other end, which is the proxy where there is one."""
        self.tls = NO_TLS
        self.idle_since = 0.0
        """When it was put back, by the clock of the pool."""
        self._put_back = put_back
        self._transport: asyncio.Transport | None = None
        self._transfer: Transfer | None = None
        self._early = b""
        self._error: Exception | None = None

    @property
    def tls_object(self) -> ssl.SSLObject | None:
        """The TLS connection, where there is one."""
        return self._transport.get_extra_info("ssl_object") if self._transport is not None else None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note the other end's address, certificate and protocol."""
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername")
        if peer:
            self.ip_address = ip_address(str(peer[0]).partition("%")[0])
        tls_object = self.tls_object
        self.tls = session_of(tls_object) if tls_object is not None else NO_TLS

    def begin(self, transfer: Transfer, request: bytes) -> None:
        """Write ``request``; what comes is the transfer's until it releases or aborts the connection."""
        assert self._transport is not None
        self._transfer = transfer
        self._transport.write(request)
        early, self._early = self._early, b""
        if early:
            transfer.received(early)
        if not self.is_open and self._transfer is not None:
            self._transfer.lost(self._error)

    def release(self, *, reusable: bool) -> None:
        """End the transfer; the connection is put back for the next one, or closed."""
        self._transfer = None
        self.was_used = True
        assert self._transport is not None
        if (
            reusable
            and self.is_open
            and not self._transport.is_closing()
            and not self._transport.get_write_buffer_size()
        ):
            self._put_back(self)
        else:
            self.close()

    def abort(self) -> None:
        """End the transfer and the connection at once."""
        self._transfer = None
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    def close(self) -> None:
        """Close the connection, with the goodbye of TLS where there is TLS."""
        self.is_open = False
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Hand ``data`` to the transfer. What comes to an idle connection answers nothing, so the connection ends."""
        if self._transfer is not None:
            self._transfer.received(data)
        elif self.was_used or len(self._early) > _MAX_EARLY:
            self.abort()
        else:
            self._early += data

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the transfer, if one is under way."""
        self.is_open = False
        self._error = exc
        transfer, self._transfer = self._transfer, None
        if transfer is not None:
            transfer.lost(exc)
