"""A capture from HTTP message bytes: the head, the codings, and what lies or breaks off."""

from __future__ import annotations

import gzip
import pickle
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl import capture as capture_module
from newscrawl import codings
from newscrawl.capture import capture_of, payload_digest, response_parts
from newscrawl.errors import MessageError

DATE = datetime(2026, 3, 1, 12, tzinfo=UTC)


def message(body: bytes, *lines: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    return "\r\n".join([status, *lines, "", ""]).encode("latin-1") + body


def captured(body: bytes, *lines: str, **more: str) -> capture_module.Capture:
    return capture_of("http://a.test/", DATE, message(body, *lines, **more))


def chunked(body: bytes, sizes: list[int]) -> bytes:
    pieces, position = [], 0
    for size in sizes:
        piece = body[position : position + size]
        position += size
        if piece:
            pieces.append(b"%x;ext=1\r\n%s\r\n" % (len(piece), piece))
    if rest := body[position:]:
        pieces.append(b"%X\r\n%s\r\n" % (len(rest), rest))
    return b"".join(pieces) + b"0\r\nTrailer: 1\r\n\r\n"


def test_head_is_kept_as_it_crossed_the_wire() -> None:
    capture = captured(
        b"x", "content-TYPE: text/HTML; charset=x", "X-A: 1", "x-a:2", "Folded: one", "  two", "no colon"
    )
    assert capture.headers == (
        ("content-TYPE", "text/HTML; charset=x"),
        ("X-A", "1"),
        ("x-a", "2"),
        ("Folded", "one two"),
    )
    assert capture.media_type == "text/html"
    assert capture.header("X-a") == "1"
    assert capture.header("absent") is None


def test_date_is_utc() -> None:
    local = datetime(2026, 3, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    assert capture_of("http://a.test/", local, message(b"")).date == DATE


def test_interim_responses_are_passed_over() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    status, headers, body = response_parts(early + message(b"body", "A: b"))
    assert (status, headers, body) == (200, (("A", "b"),), b"body")


@pytest.mark.parametrize("start", [b"", b"<html>", b"HTTP/1.1 OK\r\n\r\n", b"\x00" * 20])
def test_no_http_message(start: bytes) -> None:
    with pytest.raises(MessageError, match="no HTTP status line"):
        capture_of("http://a.test/", DATE, start)


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


@given(body=st.binary(max_size=5000), coding=st.sampled_from(sorted(CODINGS)), sizes=st.lists(st.integers(1, 400)))
@settings(max_examples=80)
def test_codings_are_undone(body: bytes, coding: str, sizes: list[int]) -> None:
    entity = CODINGS[coding](body)
    capture = captured(chunked(entity, sizes), "Transfer-Encoding: chunked", f"Content-Encoding: {coding}")
    assert capture.payload == body
    assert capture.truncated is None
    assert capture.payload_digest == payload_digest(entity)


def test_raw_deflate_is_undone_too() -> None:
    compressor = zlib.compressobj(wbits=-15)
    entity = compressor.compress(b"text" * 99) + compressor.flush()
    assert captured(entity, "Content-Encoding: deflate").payload == b"text" * 99


def test_codings_in_a_row_are_undone_last_first() -> None:
    assert captured(brotli.compress(gzip.compress(b"x")), "Content-Encoding: gzip, br").payload == b"x"


@given(cut=st.integers(0, 60))
@settings(max_examples=40)
def test_a_body_that_breaks_off_is_kept_as_far_as_it_goes(cut: int) -> None:
    text = bytes(range(256)) * 40
    entity = gzip.compress(text)
    capture = captured(entity[: len(entity) - 9 - cut], f"Content-Length: {len(entity)}", "Content-Encoding: gzip")
    assert text.startswith(capture.payload)
    assert capture.truncated == "disconnect"


def test_bytes_beyond_content_length_are_not_payload() -> None:
    assert captured(b"12345", "Content-Length: 3").payload == b"123"


def test_a_body_that_is_not_coded_as_its_header_says_is_taken_as_it_is() -> None:
    assert captured(b"<p>plain", "Content-Encoding: gzip").payload == b"<p>plain"
    assert captured(b"<p>plain", "Content-Encoding: br").payload == b"<p>plain"
    assert captured(b"<p>plain", "Content-Encoding: nonsense").payload == b"<p>plain"
    assert captured(b"<p>plain", "Transfer-Encoding: chunked").payload == b"<p>plain"


@pytest.mark.parametrize("coding", sorted(CODINGS))
def test_a_bomb_stops_at_the_limit(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_module, "MAX_PAYLOAD", 100_000)
    monkeypatch.setattr(codings, "MAX_PAYLOAD", 100_000)
    bomb = CODINGS[coding](b"\0" * 30_000_000)
    capture = captured(bomb, f"Content-Encoding: {coding}")
    assert len(capture.payload) == 100_000
    assert capture.truncated == "length"


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_hostile_bytes_raise_nothing_else(noise: bytes) -> None:
    for head in (
        b"",
        b"HTTP/1.1 200\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br\r\n\r\n",
    ):
        try:
            assert capture_of("http://a.test/", DATE, head + noise).payload is not None
        except MessageError:
            assert not head


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize(
    "body", [gzip.compress(b"<p>text" * 5_000, mtime=0), gzip.compress(b"<p>text" * 5_000, mtime=0)[:90]]
)
def test_a_capture_crosses_to_another_process_as_it_is(body: bytes, asked: bool) -> None:
    capture = captured(body, "Content-Encoding: gzip")
    if asked:
        assert capture.payload.startswith(b"<p>text")
    sent = pickle.dumps(capture, protocol=5)
    assert pickle.loads(sent) == capture
    assert hash(pickle.loads(sent)) == hash(capture)
    # What nobody asked for is not sent inflated.
    assert (len(sent) < 2_000) != asked


def test_a_capture_changes_like_any_dataclass() -> None:
    capture = captured(gzip.compress(b"text"), "Content-Encoding: gzip")
    other = replace(capture, url="http://b.test/")
    assert (other.url, other.payload, other.truncated, other.payload_digest) == (
        "http://b.test/",
        b"text",
        None,
        capture.payload_digest,
    )
    assert not hasattr(capture, "colour")
