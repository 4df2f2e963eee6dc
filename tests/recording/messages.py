"""Strategies for responses of all kinds, good and bad, and for the pieces in which they come."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

STATUS_LINES = st.sampled_from(
    [
        *[b"HTTP/1.1 200 OK"] * 12,
        b"HTTP/1.0 200 OK",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 ",
        b"HTTP/1.1  200\tOK",
        b"HTTP/1.1 204 No",
        b"HTTP/1.1 205 Reset",
        b"HTTP/1.1 304 N",
        b"HTTP/1.1 101 Switching",
        b"HTTP/1.1 404 \xff",
        b"HTTP/2 200",
        b"http/1.1 200 OK",
        b"HTTP/1.1 two",
        b"ICY 200 OK",
        b"SSH-2.0-OpenSSH",
        b"<html>",
        b"",
    ]
)
INTERIM = st.sampled_from(
    [
        *[b""] * 8,
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 103 Early\nLink: x\n\n" * 2,
        b"HTTP/1.1 102 P\r\n\r\n" * 9,
    ]
)
BLANKS = st.sampled_from([*[b""] * 8, b"\r\n", b"\n\r\n\r"])
NAMES = st.sampled_from(
    [b"Content-Type", b"Connection", b"Keep-Alive", b"X-A", b"x-a ", b"", b" X", b"X\xe9", b"ETag", b"Set-Cookie"]
)
VALUES = st.sampled_from([b"", b" ", b" close", b" keep-alive", b" text/html", b"x\0y", b" caf\xe9", b" a:b", b"\tx "])
LINES = st.one_of(
    st.builds(lambda name, value: name + b":" + value, NAMES, VALUES),
    st.sampled_from([b"no colon", b"\tfolded", b" ", b"A: b\rC: d"]),
)
FRAMING = st.sampled_from(
    [
        *[[b"Content-Length: 5"], [b"Transfer-Encoding: chunked"]] * 8,
        [b"content-length:007"],
        [b"Content-Length: 5", b"Content-Length: 7"],
        [b"Content-Length: 5, 5"],
        [b"Content-Length: +5"],
        [b"Content-Length: -5", b"Content-Length: 5"],
        [b"Content-Length: 0"],
        [b"Content-Length: 99999999999"],
        [b"Content-Length: 99999999999999999999"],
        [b"Content-Length: 3", b"Transfer-Encoding: chunked"],
        [b"Transfer-Encoding: Chunked;x=y"],
        [b"Transfer-Encoding: gzip, chunked"],
        [b"Transfer-Encoding: identity", b"Content-Length: 5"],
        [b"Transfer-Encoding: gzip"],
        [],
    ]
)
LINE_ENDS = st.one_of(
    *[st.just([b"\r\n"] * 12)] * 3, st.lists(st.sampled_from([b"\r\n", b"\n", b"\r"]), min_size=12, max_size=12)
)


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """Draw a body with the framing of chunks or without, damaged now and then."""
    content = draw(st.sampled_from([b"", b"hello", b"hello and more", b"<html>" * 50, b"\r\n0\r\n\r\n", b"face\n"]))
    if draw(st.integers(0, 3)):
        cuts = sorted({0, len(content), *draw(st.lists(st.integers(0, len(content)), max_size=4))})
        form = draw(st.sampled_from([b"%x", b"%X", b" %x", b"%04x", b"%020x"]))
        extension = draw(st.sampled_from([b"", b"", b";a=b", b" ", b';x="\xe9"', b";" + b"y" * 5000]))
        line_end = draw(st.sampled_from([b"\r\n", b"\r\n", b"\n"]))
        after = draw(st.sampled_from([line_end, line_end, line_end, b"", b"\r"]))
        last = draw(
            st.sampled_from([b"0\r\n\r\n", b"000\n\n", b"0\r\nT: x\r\n\r\n", b"0;x\r\n\r\n", b"0\r\n", b"", b"xyz\r\n"])
        )
        content = (
            b"".join(form % (b - a) + extension + line_end + content[a:b] + after for a, b in pairwise(cuts)) + last
        )
    if not draw(st.integers(0, 4)):
        place = draw(st.integers(0, len(content)))
        content = content[:place] + draw(st.sampled_from([b"", b"x", b"\r\n", b"\n", b"0"])) + content[place + 1 :]
    return content


@st.composite
def messages(draw: st.DrawFn) -> bytes:
    """Draw what a server may send for one request, and after it."""
    lines = [draw(STATUS_LINES), *draw(st.lists(LINES, max_size=3)), *draw(FRAMING), b""]
    head = b"".join(line + end for line, end in zip(lines, draw(LINE_ENDS), strict=False))
    surplus = draw(st.sampled_from([b"", b"", b"surplus", b"HTTP/1.1 200 OK\r\n\r\n"]))
    return draw(BLANKS) + draw(INTERIM) + head + draw(bodies()) + surplus


CUTS = st.lists(st.integers(0, 4000), max_size=6)


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    """Return ``data`` cut at ``cuts``, taken modulo its length."""
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(places)]
