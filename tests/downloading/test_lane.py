"""Which downloads take the short way, and that they stay on it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from scrapy import Request, signals
from twisted.internet.main import CONNECTION_LOST
from twisted.internet.tcp import Connection as TcpConnection
from twisted.internet.testing import MemoryReactorClock

from newscrawl.downloading import connection as connections
from newscrawl.downloading import lane as lanes
from newscrawl.downloading.connection import RecordingProtocol
from newscrawl.downloading.lane import FastLane
from newscrawl.downloading.plain import plain_request
from newscrawl.downloading.pool import RecordingPool
from newscrawl.downloading.tap import Recording
from tests.downloading.ways import (
    END,
    LATE,
    LIMITS,
    NOW,
    RESET,
    URL,
    Connection,
    Download,
    agent_options,
    both,
    handler,
    outcome,
    reactor,
    segments,
)

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
COUNTED = b"HTTP/1.1 404 Not here\r\nServer:x\r\nconnection:  Keep-Alive\r\nContent-Length:\t5 \r\n\r\nhello"


@pytest.mark.parametrize(
    "events",
    [
        [COUNTED],
        segments(COUNTED, [83, 84, 85]),
        [b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"],
        [b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"],
        [CHUNKED + b"5\r\nhello\r\n0\r\n\r\n"],
        [CHUNKED, b"5\r\nhello\r\n0\r\n\r\n"],
        segments(CHUNKED + b"0A\r\nhello, you\r\n1\r\n!\r\n000\r\n\r\n", list(range(47, 70))),
    ],
)
def test_plain_answers_need_no_one_else(events: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "LateAgent", None)
    seen = outcome(events, short_way=True)
    assert seen.result is not None
    assert seen.kept


@pytest.mark.parametrize(
    ("events", "latency"),
    [([CHUNKED, b"5\r\nhello\r\n0\r\n\r\n"], 1.0), ([CHUNKED, b"5;odd\r\nhello\r\n0\r\n\r\n"], 1.0), ([LATE], None)],
)
def test_latency_is_that_of_the_head(events: list[Any], latency: float | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "monotonic", itertools.count(100.0).__next__)
    clock = MemoryReactorClock()
    with reactor(clock):
        download = Download(Request(URL, meta=LIMITS), True, clock)
        for event in events:
            download.meet(event)
    assert download.results
    assert download.request.meta.get("download_latency") == latency


def test_a_body_that_comes_byte_by_byte() -> None:
    seen = both([CHUNKED, *segments(b"bb8\r\n" + b"x" * 3000 + b"\r\n0\r\n\r\n", list(range(3100)))])
    assert seen.kept


@pytest.mark.parametrize("event_before", [END, RESET])
def test_a_stale_connection_is_replaced(event_before: str) -> None:
    assert both([event_before]).connecting == 1


@pytest.mark.parametrize(
    "options",
    [
        {"method": "HEAD"},
        {"method": "POST"},
        {"body": b"x"},
        {"meta": {"proxy": "http://127.0.0.1:1"}},
        {"meta": {"bindaddress": "127.0.0.2"}},
        {"meta": {"download_timeout": None}},
    ],
    ids=str,
)
def test_what_is_not_plain_goes_the_long_way(options: dict[str, Any]) -> None:
    request = Request(URL, **options | {"meta": LIMITS | options.get("meta", {})})
    lane = FastLane(handler().crawler, _pool_with_a_connection(), agent_options)
    assert lane.response(request, Recording(lambda: NOW, 1000)) is None
    assert lane.pool._connections


@pytest.mark.parametrize("more", [{"bindAddress": "127.0.0.2"}, {"tls_verbose_logging": True}], ids=str)
def test_settings_that_need_the_long_way(more: dict[str, Any]) -> None:
    lane = FastLane(handler().crawler, _pool_with_a_connection(), lambda: agent_options() | more)
    assert lane.response(Request(URL, meta=LIMITS), Recording(lambda: NOW, 1000)) is None


@pytest.mark.parametrize("signal", [signals.headers_received, signals.bytes_received])
def test_who_listens_is_served(signal: object) -> None:
    crawler = handler().crawler
    lane = FastLane(crawler, _pool_with_a_connection(), agent_options)

    def listener() -> None:
        """Hears what it is told."""

    crawler.signals.connect(listener, signal)
    try:
        assert lane.response(Request(URL, meta=LIMITS), Recording(lambda: NOW, 1000)) is None
    finally:
        crawler.signals.disconnect(listener, signal)
    assert lane.response(Request(URL, meta=LIMITS), Recording(lambda: NOW, 1000)) is not None


def _pool_with_a_connection() -> RecordingPool:
    pool = RecordingPool(MemoryReactorClock(), 4)
    connection = RecordingProtocol(pool._putConnection)
    connection.makeConnection(Connection())
    plain = plain_request(URL, Request(URL).headers)
    assert plain is not None
    pool._putConnection(plain.key, connection)
    return pool


class _Socket(TcpConnection):
    """One whose buffer takes a few bytes, all, or none because it is broken."""

    def __init__(self, takes: Any, waiting: bytes = b"") -> None:
        self.takes = takes
        self.dataBuffer = waiting
        self._tempDataBuffer: list[bytes] = []
        self.sent = b""
        self.later = b""

    def writeSomeData(self, data: bytes) -> Any:
        if isinstance(self.takes, int):
            self.sent += data[: self.takes]
            return min(self.takes, len(data))
        return self.takes

    def write(self, data: bytes) -> None:
        self.later += data


@pytest.mark.parametrize("takes", [0, 3, 100, CONNECTION_LOST], ids=str)
def test_what_a_socket_does_not_take_is_left_to_twisted(takes: Any) -> None:
    socket = _Socket(takes)
    connections._write(socket, b"request")
    assert socket.sent + socket.later == b"request"
    assert socket.sent == (b"request"[:takes] if isinstance(takes, int) else b"")


def test_what_waits_is_written_first() -> None:
    socket = _Socket(100, waiting=b"before")
    connections._write(socket, b"request")
    assert (socket.sent, socket.later) == (b"", b"request")
