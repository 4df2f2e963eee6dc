"""One download: over an idle connection, over a new one where the server closed that, until the response has come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.exceptions import DownloadTimeoutError

from newscrawl.archive.records.spool import Tape
from newscrawl.recording.connecting import Connector, Route
from newscrawl.recording.connection import Connection
from newscrawl.recording.pool import IdleConnections
from newscrawl.recording.request_message import RequestMessage
from newscrawl.recording.transfer import Attempt, End, Limits, Transfer

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

_REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "DELETE", "TRACE"})
"""Methods that may be sent a second time where nobody knows what became of the first (RFC 9110, 9.2.2)."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """How a download ended."""

    end: End
    connection: Connection | None
    """The connection of the last attempt; None where none was opened."""


@dataclass(slots=True)
class Download:
    """One request on its way."""

    crawler: Crawler
    request: Request
    message: RequestMessage
    route: Route
    limits: Limits
    clock: Callable[[], datetime]
    spill_bytes: int
    attempts: list[Attempt] = field(default_factory=list)
    """Each time that the request was written to a connection."""
    _started: float = 0.0
    _timed_out: bool = False
    _connecting: asyncio.Task[Connection] | None = None
    _transfer: Transfer | None = None

    async def run(self, connector: Connector, idle: IdleConnections) -> Downloaded:
        """Return how the download ended; what came is in the last of :attr:`attempts`.

        Raises:
            DownloadTimeoutError: no connection could be opened in time.
            Exception: what :meth:`Connector.connect` raises.
        """
        self._started = monotonic()
        timer = asyncio.get_running_loop().call_later(self.limits.timeout, self._time_out)
        try:
            connection = idle.take(self.route)
            if connection is not None:
                end = await self._transferred(connection)
                if not (end.is_stale and self._may_be_repeated()):
                    return Downloaded(end, connection)
            connection = await self._connected(connector, idle)
            return Downloaded(await self._transferred(connection), connection)
        finally:
            timer.cancel()

    def _may_be_repeated(self) -> bool:
        return self.request.method in _REPEATABLE and not self.request.body

    async def _connected(self, connector: Connector, idle: IdleConnections) -> Connection:
        def put_back(connection: Connection) -> None:
            idle.put(self.route, connection)

        self._connecting = asyncio.get_running_loop().create_task(connector.connect(self.route, put_back))
        try:
            return await self._connecting
        except asyncio.CancelledError:
            if self._timed_out:
                raise self._timeout_error() from None
            self._connecting.cancel()
            raise
        finally:
            self._connecting = None

    async def _transferred(self, connection: Connection) -> End:
        attempt = Attempt(self.clock(), self.message.recorded, Tape(self.spill_bytes))
        self.attempts.append(attempt)
        self._transfer = transfer = Transfer(self.crawler, self.request, self.limits, attempt, self._note_latency)
        transfer.begin(connection, self.message)
        try:
            return await transfer.ended
        except asyncio.CancelledError:
            transfer.abort()
            raise
        finally:
            self._transfer = None

    def _note_latency(self) -> None:
        self.request.meta["download_latency"] = monotonic() - self._started

    def _time_out(self) -> None:
        self._timed_out = True
        if self._transfer is not None:
            self._transfer.time_out(self._timeout_error())
        elif self._connecting is not None:
            self._connecting.cancel()

    def _timeout_error(self) -> DownloadTimeoutError:
        url = self.request.url.partition("#")[0]
        return DownloadTimeoutError(f"Getting {url} took longer than {self.limits.timeout} seconds.")
