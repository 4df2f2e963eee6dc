"""Where a response ends does not depend on how it comes, and is where a reader of its record finds its end."""

from __future__ import annotations

import itertools
import tracemalloc
from typing import NamedTuple

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from newscrawl.archive.records.http import reading_of
from newscrawl.capture import response_parts
from newscrawl.codings import transfer_decoded
from newscrawl.recording.framing import MAX_HEAD, Fault, Head, ResponseFramer
from tests.recording.messages import CUTS, messages, pieces

METHODS = st.sampled_from(["GET", "GET", "GET", "HEAD", "POST"])
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


class Framed(NamedTuple):
    """All that a framer says of a response."""

    message: bytes
    body: bytes
    head: Head | None
    complete: bool
    fault: Fault | None
    whole: bool


def framed(method: str, segments: list[bytes]) -> Framed:
    """Return what a framer makes of ``segments`` and the end of the connection."""
    framer = ResponseFramer(method)
    message, body = b"", b""
    for segment in segments:
        if framer.complete or framer.fault:
            break
        start, end = framer.feed(segment)
        message += segment[start:end]
        body += b"".join(segment[a:b] for a, b in framer.body_spans)
    complete, fault = framer.complete, framer.fault
    whole = fault is None and framer.finish()
    assert len(body) <= framer.body_size
    return Framed(message, body, framer.head, complete, fault, whole)


@settings(max_examples=1500, deadline=None)
@given(method=METHODS, data=messages(), cuts=CUTS)
def test_any_split_gives_the_same(method: str, data: bytes, cuts: list[int]) -> None:
    at_once = framed(method, [data])
    in_pieces = framed(method, pieces(data, cuts))
    event(f"complete: {at_once.complete}, fault: {at_once.fault and at_once.fault.name}")
    if at_once.fault:  # how much came before the fault was clear depends on the pieces
        assert (in_pieces.fault, in_pieces.whole) == (at_once.fault, False)
        assert at_once.message.startswith(in_pieces.message)
        return
    assert in_pieces._replace(body=b"") == at_once._replace(body=b"")
    # The body of what is not chunked although it says so is known only when its first line is.
    assert at_once.body.endswith(in_pieces.body)


@settings(max_examples=300, deadline=None)
@given(method=METHODS, data=messages())
def test_byte_by_byte_gives_the_same(method: str, data: bytes) -> None:
    at_once = framed(method, [data])
    if at_once.fault is None:
        in_bytes = framed(method, [data[i : i + 1] for i in range(len(data))])
        assert in_bytes._replace(body=b"") == at_once._replace(body=b"")


@settings(max_examples=1500, deadline=None)
@given(method=METHODS, data=messages(), cuts=CUTS, kept=st.one_of(st.none(), st.integers(0, 400)))
def test_a_reader_of_the_record_finds_the_same_body(
    method: str, data: bytes, cuts: list[int], kept: int | None
) -> None:
    seen = framed(method, pieces(data[:kept], cuts))
    reading = reading_of(seen.message, method)
    event(f"head: {seen.head is not None}, whole: {seen.whole}")
    if seen.head is None:
        assert not seen.whole
        assert reading is None or not reading.complete_head or reading.status < 200
        return
    assert reading is not None
    assert (reading.status, reading.headers) == (seen.head.status, seen.head.headers)
    assert (reading.body_start, reading.whole) == (seen.head.body_start, seen.whole)
    _, headers, body = response_parts(seen.message)
    entity, whole = transfer_decoded(body, headers)
    assert reading.entity_length == len(entity)
    if not seen.head.bodiless:
        assert entity.endswith(seen.body)
        assert whole == seen.whole


@given(data=messages())
@settings(max_examples=300, deadline=None)
def test_what_follows_belongs_to_no_message(data: bytes) -> None:
    first = framed("GET", [data])
    if first.complete:
        assert framed("GET", [data, b"more"]).message == first.message
        assert framed("GET", [data + b"more"]).message == first.message


@pytest.mark.parametrize(
    ("head", "alive"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive, Close\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: Keep-Alive\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\n\r\n", False),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", True),
        (b"HTTP/1.1 205 Reset\r\n\r\n", True),
    ],
)
def test_whether_the_connection_stays_open(head: bytes, alive: bool) -> None:
    seen = framed("GET", [head]).head
    assert seen is not None
    assert seen.keeps_alive() == alive


def test_head_without_end_stops_at_the_limit() -> None:
    framer = ResponseFramer("GET")
    framer.feed(OK + b"X: ")
    fed = 0
    while framer.fault is None:
        framer.feed(b"x" * 65_536)
        fed += 65_536
    assert framer.fault is Fault.HEAD_TOO_LARGE
    assert fed <= MAX_HEAD + 65_536


def test_flood_of_interim_responses_stops_at_the_limit() -> None:
    framer = ResponseFramer("GET")
    for _ in range(MAX_HEAD):
        framer.feed(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        if framer.fault:
            break
    assert framer.fault is Fault.HEAD_TOO_LARGE


def test_large_head_is_read() -> None:
    lines = b"".join(b"X-%d: %s\r\n" % (i, b"x" * 1000) for i in range(300))
    seen = framed("GET", [OK + lines + b"Content-Length: 2\r\n\r\nhi"])
    assert seen.whole
    assert seen.head is not None
    assert len(seen.head.headers) == 301


def test_answer_is_whole_once_its_last_chunk_began_to_end() -> None:
    assert framed("GET", [CHUNKED + b"2\r\nhi\r\n0\r\n"]).whole
    assert not framed("GET", [CHUNKED + b"2\r\nhi\r\n0\r\n"]).complete
    assert not framed("GET", [CHUNKED + b"2\r\nhi\r\n"]).whole


def test_trailers_without_end_stop_at_the_limit() -> None:
    framer = ResponseFramer("GET")
    framer.feed(CHUNKED + b"0\r\n")
    for _ in itertools.takewhile(lambda _: not framer.complete, range(MAX_HEAD)):
        framer.feed(b"T: x\r\n" * 10_000)
    assert framer.complete


def test_chunk_for_each_byte_costs_no_memory() -> None:
    framer = ResponseFramer("GET")
    framer.feed(CHUNKED)
    chunk = b"1\r\nx\r\n" * 1000
    framer.feed(chunk)
    tracemalloc.start()
    for _ in range(300):
        framer.feed(chunk)
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert framer.body_size == 301_000
    assert used < 500_000
