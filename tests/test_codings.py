"""Content-codings as servers apply them: correctly, twice, not at all, or another than their header says."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl import codings
from newscrawl.codings import MAX_CODINGS, MAX_MEMBERS, content_decoded, framing_of

TEXT = "<p>Текст, 文字 and text</p>".encode() * 300
EMPTY = gzip.compress(b"")


def raw_deflated(data: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-15)
    return deflater.compress(data) + deflater.flush()


def decoded(entity: bytes, coding: str) -> tuple[bytes, bool]:
    return content_decoded(entity, (("Content-Encoding", coding),))


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "GZIP", "gzip;q=1.0", " gzip , identity"])
@pytest.mark.parametrize("encode", [gzip.compress, zlib.compress, raw_deflated])
def test_gzip_and_deflate_are_told_by_their_bytes(coding: str, encode: Callable[[bytes], bytes]) -> None:
    assert decoded(encode(TEXT), coding) == (TEXT, True)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
@pytest.mark.parametrize("body", [b"", b"<!doctype html>" + TEXT, b"{}", b"\n\n<?xml version='1.0'?>", b"H", b"x\x9c"])
def test_body_that_is_not_coded_is_kept(coding: str, body: bytes) -> None:
    assert decoded(body, coding) == (body, True)


@given(
    parts=st.lists(st.binary(max_size=300), min_size=1, max_size=6), tail=st.sampled_from([b"", b"tail", b"\0" * 99])
)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_all_members_and_frames_are_read(coding: str, parts: list[bytes], tail: bytes) -> None:
    assert decoded(b"".join(map(ENCODERS[coding], parts)) + tail, coding) == (b"".join(parts), True)


@pytest.mark.parametrize("tail", [b"\r\n", b"x" * 70_000, brotli.compress(b"second")])
def test_bytes_after_a_brotli_stream_are_ignored(tail: bytes) -> None:
    assert decoded(brotli.compress(TEXT) + tail, "br") == (TEXT, True)


@pytest.mark.parametrize("cut", range(1, 9))
def test_gzip_without_its_trailer_is_whole(cut: int) -> None:
    assert decoded(gzip.compress(TEXT)[:-cut], "gzip") == (TEXT, True)


@pytest.mark.parametrize("coding", sorted(ENCODERS))
@given(kept=st.floats(0.1, 0.95))
@settings(max_examples=20, deadline=None)
def test_stream_that_breaks_off_is_kept_as_far_as_it_goes(coding: str, kept: float) -> None:
    text = random.Random(1).randbytes(200_000)
    entity = ENCODERS[coding](text)
    payload, whole = decoded(entity[: int(len(entity) * kept)], coding)
    assert not whole
    assert text.startswith(payload)


def test_second_member_that_breaks_off_is_not_whole() -> None:
    payload, whole = decoded(gzip.compress(TEXT) + gzip.compress(TEXT)[:-40], "gzip")
    assert payload.startswith(TEXT)
    assert not whole


def test_html_that_is_gzip_without_saying_so_is_decoded() -> None:
    html = (("Content-Type", "text/html; charset=utf-8"),)
    assert content_decoded(gzip.compress(TEXT), html) == (TEXT, True)
    archive = (("Content-Type", "application/gzip"),)
    assert content_decoded(gzip.compress(TEXT), archive) == (gzip.compress(TEXT), True)


def test_layers_are_limited() -> None:
    body = TEXT
    for layers in range(1, 63):
        body = gzip.compress(body)
        payload, whole = decoded(body, ", ".join(["gzip"] * layers))
        assert (payload, whole) == ((TEXT, True) if layers <= MAX_CODINGS else (body, False))


def test_members_are_limited() -> None:
    assert decoded(EMPTY * (MAX_MEMBERS - 1), "gzip") == (b"", True)
    assert decoded(EMPTY * 10 * MAX_MEMBERS, "gzip") == (b"", False)
    assert decoded(zstandard.compress(b"") * 2 * MAX_MEMBERS, "zstd") == (b"", False)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_members_share_one_limit_of_size(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codings, "MAX_PAYLOAD", 100_000)
    payload, whole = decoded(ENCODERS[coding](b"\0" * 60_000) * 50, coding)
    assert len(payload) == 100_000
    assert not whole


@pytest.mark.parametrize(
    ("values", "length"),
    [
        (["5"], 5),
        (["5", "7"], 5),
        (["x", "7"], 7),
        (["5, 5"], 5),
        (["-1"], None),
        (["+1"], None),
        (["007"], 7),
        ([""], None),
    ],
)
def test_first_valid_length_counts(values: list[str], length: int | None) -> None:
    assert framing_of(tuple(("content-LENGTH", value) for value in values)).length == length
