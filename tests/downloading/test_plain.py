"""What the short way reads and writes by itself is what Twisted's client and Scrapy's agent over it read and write.

Each case runs twice, in memory, over the same bytes: once through Scrapy's agent, once through the lane.
"""

from __future__ import annotations

import itertools
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from scrapy import Request

from newscrawl.downloading.plain import plain_head, plain_request
from tests.downloading.behaviours import BEHAVIOURS
from tests.downloading.ways import CANCEL, END, LATE, RESET, Event, both, segments

_CUTS = st.lists(st.integers(0, 4000), max_size=4)
_ENDS = st.sampled_from([[], [END], [RESET], [LATE], [CANCEL], [END, LATE], [LATE, END], [CANCEL, RESET]])
_METAS = st.sampled_from(
    [
        {},
        {},
        {"download_maxsize": 20},
        {"download_warnsize": 20},
        {"download_maxsize": 0},
        {"download_fail_on_dataloss": False},
    ]
)
_ANSWERING = {
    behaviour.name: behaviour
    for behaviour in BEHAVIOURS
    if behaviour.method == "GET" and behaviour.sent and len(behaviour.sent) < 100_000 and "stop" not in behaviour.meta
}


@pytest.mark.parametrize("name", _ANSWERING)
@settings(max_examples=8)
@given(cuts=_CUTS, end=_ENDS, kept=st.one_of(st.none(), st.integers(0, 3000)), meta=_METAS)
def test_servers_of_all_kinds(
    name: str, cuts: list[int], end: list[Event], kept: int | None, meta: dict[str, Any]
) -> None:
    both([*segments(_ANSWERING[name].sent[:kept], cuts), *end], **meta)


_VALUES = st.one_of(
    st.sampled_from(
        [b"", b" ", b" 5", b"5", b" 5 ", b"\t7", b" 05", b" +5", b" 5, 5", b" 0", b" 300", b" chunked", b" Chunked"]
    ),
    st.sampled_from(
        [
            b" close",
            b" Close",
            b" keep-alive",
            b" Keep-Alive",
            b" gzip, chunked",
            b" x\x0b",
            b"\0",
            b" caf\xe9",
            b" a:b",
        ]
    ),
    st.sampled_from([b" text/html", b" text/plain; charset=latin-1", b" image/png", b" attachment; filename=a.xml"]),
)
_NAMES = st.sampled_from(
    [
        *(
            b"Content-Length",
            b"content-length",
            b"Transfer-Encoding",
            b"Connection",
            b"CONNECTION",
            b"Keep-Alive",
            b"TE",
        ),
        *(b"Content-Type", b"Content-Disposition", b"ETag", b"x-a", b"X-A", b"X-1a", b"Set-Cookie", b"X_Y", b"X.Y'z"),
        *(b"Upgrade", b"Proxy-Connection", b"Trailers", b"X A", b"", b" X", b"X\xe9", b"DNT", b"X-XSS-Protection"),
    ]
)
_LINES = st.one_of(
    st.builds(lambda name, value: name + b":" + value, _NAMES, _VALUES),
    st.sampled_from([b"no colon", b"\tfolded", b"Content-Length: 5", b"Transfer-Encoding: chunked", b"A: b\rC: d"]),
)
_PLAIN_LINES = st.sampled_from(
    [b"Content-Type: text/html", b"Server:x ", b"Set-Cookie: a=1", b"set-cookie: b=2", b"ETag: W/1"]
)
_STATUS_LINES = st.sampled_from(
    [
        *[b"HTTP/1.1 200 OK"] * 40,
        *(
            b"HTTP/1.0 200 OK",
            b"HTTP/1.1 200",
            b"HTTP/1.1 200 ",
            b"HTTP/1.1  200 OK",
            b"HTTP/1.1 204 No",
            b"HTTP/1.1 304 N",
        ),
        *(
            b"HTTP/1.1 100 Go on",
            b"HTTP/1.1 404 \xff",
            b"HTTP/1.1 600 x",
            b"http/1.1 200 OK",
            b"HTTP/1.1 2000 OK",
            b"",
            b"x",
        ),
    ]
)
_ENDINGS = st.one_of(
    *[st.just([b"\r\n"] * 8)] * 4, st.lists(st.sampled_from([b"\r\n", b"\r\n", b"\n", b"\r"]), min_size=8, max_size=8)
)
_FRAMING = st.sampled_from(
    [
        *[[b"Content-Length: 5"], [b"Transfer-Encoding: chunked"]] * 12,
        *(
            [b"Content-Length: 5", b"Connection: keep-alive"],
            [b"Transfer-Encoding: Chunked", b"Connection: Keep-Alive"],
        ),
        *(
            [b"content-length:007", b"connection: close"],
            [b"Content-Length: 5", b"Content-Length: 5"],
            [b"Content-Length: +5"],
            [b"Content-Length: 05"],
        ),
        *(
            [b"Transfer-Encoding: chunked", b"Content-Length: 5"],
            [b"Transfer-Encoding: gzip, chunked"],
            [b"Content-Length: 0"],
        ),
        *(
            [b"Transfer-Encoding: chunked"] * 2,
            [b"Content-Length: 5, 5"],
            [b"Content-Length: "],
            [b"Content-Length: 99999999999"],
            [],
        ),
    ]
)


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """Bodies with chunk framing and without, some of them damaged."""
    content = draw(st.sampled_from([b"", b"hello", b"hello and more", b"hell", b"<html>" * 50, b"\r\n0\r\n\r\n"]))
    if draw(st.integers(0, 2)):
        sizes = draw(st.lists(st.integers(1, 40), max_size=5))
        places = [0, *itertools.accumulate(sizes)]
        chunks = [chunk for start, end in pairwise(places) if (chunk := content[start:end])]
        form = draw(st.sampled_from(["%x", "%X", "%04x", "%08x", "%09x"])).encode()
        extension = draw(st.sampled_from([b"", b"", b"", b"", b"", b";a=b", b" "]))
        last = draw(
            st.sampled_from(
                [
                    *[b"0\r\n\r\n"] * 5,
                    b"000\r\n\r\n",
                    b"0\r\nT: x\r\n\r\n",
                    b"0;x\r\n\r\n",
                    b"0\r\n\r\nmore",
                    b"0\r\n",
                    b"\r\n",
                ]
            )
        )
        content = b"".join(form % len(chunk) + extension + b"\r\n" + chunk + b"\r\n" for chunk in chunks) + last
    if not draw(st.integers(0, 5)):
        place = draw(st.integers(0, len(content)))
        content = content[:place] + draw(st.sampled_from([b"", b"x", b"\r\n", b"\n", b"0"])) + content[place + 1 :]
    return content


@settings(max_examples=1000)
@given(
    status=_STATUS_LINES,
    framing=_FRAMING,
    lines=st.lists(st.one_of(*[_PLAIN_LINES] * 6, _LINES), max_size=4),
    endings=_ENDINGS,
    body=bodies(),
    cuts=_CUTS,
    end=_ENDS,
    meta=_METAS,
)
def test_answers_of_all_kinds(
    status: bytes,
    framing: list[bytes],
    lines: list[bytes],
    endings: list[bytes],
    body: bytes,
    cuts: list[int],
    end: list[Event],
    meta: dict[str, Any],
) -> None:
    head = b"".join(line + ending for line, ending in zip([status, *lines, *framing, b""], endings, strict=False))
    event(f"plain: {plain_head(head) is not None}")
    seen = both([*segments(head + body, cuts), *end], **meta)
    event(f"came: {seen.result is not None and seen.result[0] != 'failure'}")


_URLS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["http://", "https://"]),
        st.sampled_from(
            ["example.org", "EXAMPLE.org", "a_b.example", "127.0.0.1", "user:pass@example.org", "[::1]", "münchen.de"]
        ),
        st.sampled_from(["", "", "", ":80", ":443", ":8080", ":080", ":"]),
        st.sampled_from(["", "/"]),
        st.lists(
            st.sampled_from(
                [
                    *"abcdefgh/////0123-.~!$&'()*+,;=:@?#%",
                    "?q=1",
                    "/",
                    "?",
                    "#",
                    ";",
                    "%20",
                    "%",
                    "ä",
                    "文",
                    '"',
                    "<",
                    " ",
                    "\\",
                    "|",
                ]
            )
        ).map("".join),
    ),
)
_HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "User-Agent",
            "accept",
            "ETAG",
            "DNT",
            "X-1a",
            "Referer",
            "Host",
            "Connection",
            "If-None-Match",
            "Cookie",
            "TE",
            "Bad Name",
        ]
    ),
    st.one_of(st.sampled_from(["", "a", "a\r\nb", " x ", "ä", "close", 'W/"x"', ["a", "b"], []]), st.text(max_size=5)),
    max_size=4,
)


@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(url=_URLS, headers=_HEADERS)
def test_requests_of_all_kinds(url: str, headers: dict[str, Any]) -> None:
    try:
        request = Request(url, headers=headers)
    except ValueError:  # no URL
        assume(False)
    plain = plain_request(request.url, request.headers)
    event(f"plain: {plain is not None}")
    assume(plain is not None)
    seen = both([], request.url, headers)
    assert plain is not None
    assert seen.written == plain.data
    assert seen.connecting == 0
