"""A tap on Scrapy's HTTP/1.1 client: what each connection writes and receives, request by request.

A protocol of its own (:mod:`newscrawl.downloading.connection`) records what it is given between two requests; a pool of
its own (:mod:`newscrawl.downloading.pool`) tells it for which recording. So Twisted's silent second attempt on a
connection that had gone stale is recorded too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newscrawl.archive.records.spool import Tape


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


class TappedTransport:
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
