"""Recorded messages: gathered in memory or on disk, and read without being copied."""

from __future__ import annotations

import gc
import os
import time
import tracemalloc
from mmap import mmap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.archive.records.http import (
    protocol_of,
    reading_of,
    rebuilt_request,
    rebuilt_response,
    without_proxy_credentials,
)
from newscrawl.archive.records.spool import Tape
from newscrawl.capture import capture_of, payload_digest, response_parts
from newscrawl.codings import transfer_decoded
from tests.archive.writing.test_writer import START

MIB = 1024 * 1024


@given(pieces=st.lists(st.binary(max_size=40), max_size=20), spill=st.integers(0, 200))
def test_a_tape_gives_what_it_took(pieces: list[bytes], spill: int) -> None:
    tape = Tape(spill)
    for piece in pieces:
        tape.write(piece)
    whole = b"".join(pieces)
    assert tape.size == len(whole)
    message = tape.message()
    assert message[:] == whole
    assert isinstance(message, mmap) == (len(whole) > spill)
    tape.write(b"too late")
    assert tape.message() == b""


def test_large_messages_take_no_memory() -> None:
    tracemalloc.start()
    try:
        tape = Tape(MIB)
        for _ in range(64):
            tape.write(os.urandom(MIB))
        message = tape.message()
        reading = reading_of(b"HTTP/1.1 200 OK\r\n\r\n")
        assert reading is not None
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(message) == 64 * MIB
    assert peak < 6 * MIB


def test_spilled_message_is_read_in_place() -> None:
    body = b"".join(b"8000\r\n" + os.urandom(0x8000) + b"\r\n" for _ in range(1000)) + b"0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    tape = Tape(MIB)
    tape.write(head)
    tape.write(body)
    expected = payload_digest(transfer_decoded(body, (("Transfer-Encoding", "chunked"),))[0])
    message = tape.message()
    tracemalloc.start()
    try:
        reading = reading_of(message)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert reading is not None
    assert (reading.digest, reading.framed, reading.plain) == (expected, True, False)
    assert peak < MIB


def test_no_file_is_left_open() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(50):
        tape = Tape(10)
        tape.write(b"x" * 100)
        tape.message()
        abandoned = Tape(10)
        abandoned.write(b"x" * 100)
        abandoned.message()
    del tape, abandoned
    gc.collect()
    # Fewer are fine: others may have been abandoned before.
    assert len(list(Path("/proc/self/fd").iterdir())) <= before


MESSAGES = st.builds(
    lambda interim, headers, body, cut: (b"".join([*interim, b"HTTP/1.1 200 OK\r\n", *headers, b"\r\n", body]))[
        : cut or None
    ],
    st.lists(
        st.sampled_from([b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"]), max_size=2
    ),
    st.lists(
        st.sampled_from(
            [
                b"Transfer-Encoding: chunked\r\n",
                b"Content-Length: 5\r\n",
                b"Content-Length: 0\r\n",
                b"Content-Length: 99999999999999999999999\r\n",
                "Content-Length: ²\r\n".encode("latin-1"),
                b"Content-Encoding: gzip\r\n",
                b"X-Folded: a\r\n b\r\n",
                b"no colon\r\n",
                b" \r\n",
            ]
        ),
        max_size=4,
    ),
    st.one_of(
        st.binary(max_size=60),
        st.sampled_from([b"5\r\nhello\r\n0\r\n\r\n", b"5;a\nhello\n0\n\n", b"5\r\nhel", b"hello, and more"]),
    ),
    st.integers(0, 120),
)


@settings(max_examples=400)
@given(message=MESSAGES)
def test_the_record_and_the_capture_agree(message: bytes) -> None:
    """What the writer reads of a message is what the capture says of it."""
    reading = reading_of(message)
    if reading is None:
        return
    capture = capture_of("http://example.org/", START, message)
    assert reading.status == capture.status
    assert reading.headers == capture.headers
    assert reading.digest == capture.payload_digest
    if reading.plain:
        # Every reader takes all that follows the first blank line for the payload.
        assert payload_digest(message.partition(b"\r\n\r\n")[2]) == reading.digest
    if reading.framed:
        assert reading.whole


@pytest.mark.parametrize(
    ("message", "method", "framed"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "GET", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", "GET", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n", "HEAD", True),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 6\r\n\r\n", "GET", True),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", "GET", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "GET", True),
        (b"HTTP/1.1 204 No Content\r\nX-Cut", "GET", False),
    ],
)
def test_what_says_itself_that_it_is_whole(message: bytes, method: str, framed: bool) -> None:
    reading = reading_of(message, method)
    assert reading is not None
    assert reading.framed is framed


def test_hostile_heads_take_no_time() -> None:
    line = b"X: " + b"a\r" * 30_000 + b" " * 30_000
    started = time.perf_counter()
    assert reading_of(b"HTTP/1.1 200 OK\r\n" + line + b"\r\n" * 2 + b"x") is not None
    assert reading_of(b"HTTP/1.1 200 OK\r\n" + b" " * 60_000 + b"\r\n" * 2) is not None
    assert time.perf_counter() - started < 1


def test_credentials_for_the_proxy_are_taken_out() -> None:
    request = (
        b"GET http://a/ HTTP/1.1\r\nHost: a\r\nproxy-authorization: Basic\r\n eHg=\r\nX: y\r\n\r\n"
        b"proxy-authorization: body\r\n"
    )
    assert without_proxy_credentials(request) == (
        b"GET http://a/ HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\nproxy-authorization: body\r\n"
    )
    assert without_proxy_credentials(b"GET / HTTP/1.1\r\nX: y\r\n\r\n") == b"GET / HTTP/1.1\r\nX: y\r\n\r\n"


@pytest.mark.parametrize(
    ("message", "protocol"),
    [
        (b"HTTP/1.1 200 OK\r\n", "http/1.1"),
        (b"HTTP/1.0 200 OK\r\n", "http/1.0"),
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", "http/1.1"),
        (b"SSH-2.0\r\n", None),
        (b"", None),
    ],
)
def test_protocol_of_a_message(message: bytes, protocol: str | None) -> None:
    assert protocol_of(message) == protocol


def test_rebuilt_messages() -> None:
    headers = (
        ("Content-Type", "text/html"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Length", "3"),
        ("X", "a\r\nY: b"),
    )
    message = rebuilt_response(200, headers, b"hello")
    assert message == b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: a Y: b\r\n\r\nhello"
    assert response_parts(message)[2] == b"hello"
    assert rebuilt_response(799, (), b"") == b"HTTP/1.1 799 \r\n\r\n"
    assert rebuilt_request("POST", "", (("Host", "a"),), b"x") == b"POST / HTTP/1.1\r\nHost: a\r\n\r\nx"
