"""One download in memory, over bytes that a test gives it: by Scrapy's agent, or by the lane."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
import twisted.internet
from scrapy import Request, Spider
from scrapy.core.downloader.handlers.http11 import _ScrapyAgent
from scrapy.utils.test import get_crawler
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.internet.testing import MemoryReactorClock, StringTransport
from twisted.python.failure import Failure

from newscrawl.downloading.connection import RecordingProtocol
from newscrawl.downloading.handler import RecordingDownloadHandler
from newscrawl.downloading.lane import FastLane
from newscrawl.downloading.plain import plain_request
from newscrawl.downloading.pool import RecordingPool
from newscrawl.downloading.tap import Recording

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TIMEOUT = 30.0
LIMITS = {"download_timeout": TIMEOUT}
URL = "http://example.org/a/page.html?x=1"
"""The page of most cases."""
END, RESET, LATE, CANCEL = "end", "reset", "late", "cancel"
_INCIDENTS = {END: ConnectionDone, RESET: ConnectionLost}
Event = bytes | str


@dataclass
class Outcome:
    """All that can be seen of a download from outside."""

    result: tuple[Any, ...] | None
    written: bytes
    recorded: list[tuple[bytes, bytes]]
    kept: bool
    """The connection is in the pool again."""
    closed: tuple[bool, bool]
    timers: int
    connecting: int
    """Connections that were asked for."""


class Connection(StringTransport):
    """Says nothing more once it is closed, and calls nobody back before it is told to."""

    def __init__(self) -> None:
        super().__init__(lenient=True)

    def _checkState(self) -> None:
        """Twisted's real transports take pause and resume at any time."""


class _WireSpider(Spider):
    name = "wire"


@contextmanager
def reactor(clock: MemoryReactorClock) -> Iterator[None]:
    """``clock`` is the reactor."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(twisted.internet, "reactor", clock, raising=False)
        patch.setitem(sys.modules, "twisted.internet.reactor", clock)
        yield


@cache
def handler() -> RecordingDownloadHandler:
    """One is enough: what it keeps of a download is in its pool, and each gets its own."""
    with reactor(MemoryReactorClock()):
        crawler = get_crawler(_WireSpider, {"WARC_ENABLED": False, "STATE_DIRECTORY": ""})
        crawler.spider = _WireSpider()
        return RecordingDownloadHandler(crawler)


def agent_options() -> dict[str, Any]:
    """What Scrapy's agents are made with."""
    return handler()._agent_options()


class Download:
    """One, over a connection that had been used before."""

    def __init__(self, request: Request, short_way: bool, clock: MemoryReactorClock) -> None:
        self.clock = clock
        self.pool = RecordingPool(self.clock, 4)
        self.transport = Connection()
        plain = plain_request(request.url, request.headers)
        assert plain is not None
        self.connection = RecordingProtocol(lambda connection: self.pool._putConnection(plain.key, connection))
        self.connection.makeConnection(self.transport)
        self.pool._putConnection(plain.key, self.connection)
        self.recording = Recording(lambda: NOW, 10_000_000)
        self.request = request
        self.results: list[Any] = []
        options = agent_options() | {"pool": self.pool}
        response: Deferred[Any] | None
        if short_way:
            response = FastLane(handler().crawler, self.pool, lambda: options).response(request, self.recording)
            assert response is not None
        else:
            self.pool.recording = self.recording
            response = _ScrapyAgent(**options).download_request(request)
        self.response = response
        self.response.addBoth(self.results.append)

    def meet(self, event: Event) -> None:
        if isinstance(event, bytes):
            if not self.transport.disconnecting and self.connection.state != "CONNECTION_LOST":
                self.connection.dataReceived(event)
        elif event == LATE:
            self.clock.advance(TIMEOUT)
            self.clock.advance(0)
        elif event == CANCEL:
            self.response.cancel()
        elif self.connection.state != "CONNECTION_LOST":
            self.connection.connectionLost(Failure(_INCIDENTS[event]()))

    def outcome(self) -> Outcome:
        closed = (self.transport.disconnecting, self.transport.disconnected)
        kept = any(self.connection in connections for connections in self.pool._connections.values())
        if kept:
            self.pool._removeConnection(next(iter(self.pool._connections)), self.connection)
        return Outcome(
            result=_seen(self.results[0], self.request) if self.results else None,
            written=self.transport.value(),
            recorded=[(a.sent.message()[:], a.received.message()[:]) for a in self.recording.attempts],
            kept=kept,
            closed=closed,
            timers=sum(call.active() for call in self.clock.getDelayedCalls()) - kept,
            connecting=len(self.clock.tcpClients),
        )


def _seen(result: Any, request: Request) -> tuple[Any, ...]:
    if isinstance(result, Failure):
        return ("failure", type(result.value), str(result.value), "download_latency" in request.meta)
    return (
        type(result),
        result.url,
        result.status,
        list(dict.items(result.headers)),
        result.body,
        result.flags,
        result.certificate,
        result.ip_address,
        result.protocol,
        getattr(result, "encoding", None),
        "download_latency" in request.meta,
    )


def outcome(
    events: list[Event], short_way: bool, url: str = URL, headers: dict[str, Any] | None = None, **meta: Any
) -> Outcome:
    """Of a download over which ``events`` come."""
    clock = MemoryReactorClock()
    with reactor(clock):
        download = Download(Request(url, headers=headers, meta=LIMITS | meta), short_way, clock)
        for one in events:
            download.meet(one)
        return download.outcome()


def both(events: list[Event], url: str = URL, headers: dict[str, Any] | None = None, **meta: Any) -> Outcome:
    """The same on both ways."""
    long, short = (outcome(events, short_way, url, headers, **meta) for short_way in (False, True))
    assert short == long
    return short


def segments(data: bytes, cuts: list[int]) -> list[bytes]:
    """``data`` cut at ``cuts``."""
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(places)]
