"""What servers do on the wire, good and bad: each with the bytes it sends and the record that must come of them."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass, field
from typing import Any

import brotli
import zstandard

from tests.recording.rawserver import CLOSE, RESET, STAY, Step

PAGE = b"<!doctype html><html><body><p>" + "Grüße — текст — 文字. ".encode() * 60 + b"</p></body></html>"
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


@dataclass(frozen=True)
class Behaviour:
    """One path of the server."""

    name: str
    steps: tuple[Step, ...]
    """What the server does on a request, in order."""
    then: tuple[tuple[Step, ...], ...] = ()
    """What it does on the further requests for the path."""
    kind: str = "response"
    """WARC-Type of the record; ``request``: nothing came back."""
    truncated: str | None = None
    """WARC-Truncated."""
    block: bytes | None = None
    """The block of the record; None: all that the server sent."""
    method: str = "GET"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)
    payload: bytes | None = None
    """The payload of the capture that the spider gets; None: the spider gets none, the download fails."""
    limited: bool = False
    """The record ends at a limit, wherever that falls in what the server sent."""
    records: int = 1
    """How many exchanges are recorded."""

    @property
    def sent(self) -> bytes:
        """All bytes of the first answer."""
        return b"".join(step for step in self.steps if isinstance(step, bytes))

    @property
    def scripts(self) -> tuple[tuple[Step, ...], ...]:
        return (self.steps, *self.then)

    @property
    def expected_block(self) -> bytes:
        return self.sent if self.block is None else self.block


def _page(head: bytes, body: bytes = PAGE) -> bytes:
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _chunked(*chunks: bytes, last: bytes = b"0\r\n\r\n") -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + last


def _coded(coding: bytes, body: bytes) -> bytes:
    return _page(_OK + b"Content-Encoding: " + coding + b"\r\n", body)


def _raw_deflated(data: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-15)
    return deflater.compress(data) + deflater.flush()


_GZIPPED = gzip.compress(PAGE, mtime=0)
_LARGE = bytes(range(256)) * 12_000
_TIMEOUT = {"download_timeout": 1.0, "dont_retry": True}
_ONCE = {"dont_retry": True}
_SMALL = {"download_maxsize": 1000, "dont_retry": True}
_TE = _OK + b"Transfer-Encoding: chunked\r\n"

BEHAVIOURS: tuple[Behaviour, ...] = (
    # Status lines
    Behaviour("plain", (_page(_OK),), payload=PAGE),
    Behaviour("own-reason", (_page(b"HTTP/1.1 200 Alles klar, mein Freund\r\n"),), payload=PAGE),
    Behaviour("no-reason", (_page(b"HTTP/1.1 200\r\n"),), payload=PAGE),
    Behaviour("blank-reason", (_page(b"HTTP/1.1 200 \r\n"),), payload=PAGE),
    Behaviour("latin-reason", (_page(b"HTTP/1.1 200 \xc4\xd6\xdc\r\n"),), payload=PAGE),
    Behaviour("http-1.0", (b"HTTP/1.0 200 OK\r\nServer: old\r\n\r\n" + PAGE, CLOSE), payload=PAGE),
    Behaviour("odd-status", (_page(b"HTTP/1.1 299 Odd\r\n"),), payload=PAGE),
    # Header lines
    Behaviour(
        "case-and-order",
        (_page(b"HTTP/1.1 200 OK\r\nx-LOWER: 1\r\nCONTENT-TYPE: text/html\r\nA: z\r\n"),),
        payload=PAGE,
    ),
    Behaviour(
        "duplicates",
        (_page(_OK + b"Set-Cookie: a=1\r\nVia: x\r\nset-cookie: b=2\r\nSet-Cookie: a=1\r\n"),),
        payload=PAGE,
    ),
    Behaviour("folded", (_page(_OK + b"X-Long: one,\r\n  two,\r\n\tthree\r\n"),), payload=PAGE),
    Behaviour("no-colon", (_page(_OK + b"this line has no colon\r\n"),), payload=PAGE),
    Behaviour("spaces", (_page(_OK + b"X-Empty:\r\nX-Tight:v\r\nX-Wide:   v   \r\n"),), payload=PAGE),
    Behaviour("latin-header", (_page(_OK + b"X-Title: caf\xe9\r\n"),), payload=PAGE),
    Behaviour("utf8-header", (_page(_OK + "X-Title: Привет\r\n".encode()),), payload=PAGE),
    Behaviour("nul-header", (_page(_OK + b"X-Nul: a\0b\r\n"),), payload=PAGE),
    Behaviour("long-header", (_page(_OK + b"X-Long: " + b"x" * 12_000 + b"\r\n"),), payload=PAGE),
    Behaviour("many-headers", (_page(_OK + b"".join(b"X-%d: %d\r\n" % (i, i) for i in range(300))),), payload=PAGE),
    Behaviour("lf-only", (_page(_OK).replace(b"\r\n", b"\n"),), payload=PAGE),
    Behaviour("same-length-twice", (_page(_OK + b"Content-Length: %d\r\n" % len(PAGE)),), payload=PAGE),
    Behaviour("blank-looking-line", (_page(_OK + b"X-A: b\r\n \r\nX-C: d\r\n"),), payload=PAGE),
    # Interim responses
    Behaviour("continue", (b"HTTP/1.1 100 Continue\r\n\r\n", _page(_OK)), payload=PAGE),
    Behaviour(
        "early-hints",
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n", 0.05, _page(_OK)),
        payload=PAGE,
    ),
    Behaviour(
        "three-interim",
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 E\r\n\r\n" + _page(_OK),),
        payload=PAGE,
    ),
    # Framing
    Behaviour("chunked", (_TE + b"\r\n" + _chunked(PAGE[:700], PAGE[700:]),), payload=PAGE),
    Behaviour(
        "chunk-extensions",
        (_TE + b'\r\n5;a=b;c="d"\r\nhello\r\n6;x=y z\r\n world\r\n0;last\r\n\r\n',),
        payload=b"hello world",
    ),
    Behaviour(
        "trailers",
        (_TE + b"Trailer: X-Sum\r\n\r\n" + _chunked(PAGE, last=b"0\r\nX-Sum: 42\r\nx-more: y\r\n\r\n"),),
        payload=PAGE,
    ),
    Behaviour(
        "odd-chunk-sizes", (_TE + b"\r\n0005\r\nhello\r\n0A\r\n, my world\r\n000\r\n\r\n",), payload=b"hello, my world"
    ),
    Behaviour(
        "chunks-in-drops",
        (_TE + b"\r\n", *(bytes([byte]) for byte in _chunked(b"drop", b"by", b"drop"))),
        payload=b"dropbydrop",
    ),
    Behaviour(
        "head-in-drops",
        (*(x for byte in _page(_OK, b"drops")[:60] for x in (bytes([byte]), 0.001)), _page(_OK, b"drops")[60:]),
        payload=b"drops",
    ),
    Behaviour("chunked-until-close", (_TE + b"Connection: close\r\n\r\n" + _chunked(PAGE), CLOSE), payload=PAGE),
    Behaviour("until-close", (_OK + b"Connection: close\r\n\r\n" + PAGE, CLOSE), payload=PAGE),
    Behaviour("no-framing", (_OK + b"\r\n" + PAGE, CLOSE), payload=PAGE),
    Behaviour("empty", (_page(_OK, b""),), payload=b""),
    Behaviour(
        "surplus",
        (_page(_OK, b"twelve bytes") + b"SURPLUS",),
        block=_page(_OK, b"twelve bytes"),
        payload=b"twelve bytes",
    ),
    Behaviour("blank-lines-first", (b"\r\n\n\r\n" + _page(_OK),), block=_page(_OK), payload=PAGE),
    Behaviour("length-beside-chunks", (_page(_TE, _chunked(PAGE)),), payload=PAGE),
    Behaviour("short-length-beside-chunks", (_TE + b"Content-Length: 3\r\n\r\n" + _chunked(PAGE),), payload=PAGE),
    Behaviour("chunks-with-bare-lf", (_TE + b"\r\n" + _chunked(PAGE).replace(b"\r\n", b"\n"),), payload=PAGE),
    Behaviour("blanks-around-chunk-size", (_TE + b"\r\n  5 \r\nhello\r\n0 \r\n\r\n",), payload=b"hello"),
    Behaviour("not-chunked-at-all", (_TE + b"\r\n" + PAGE, CLOSE), payload=PAGE),
    Behaviour("chunks-without-last-line-end", (_TE + b"\r\n" + _chunked(PAGE, last=b"0\r\n"), CLOSE), payload=PAGE),
    Behaviour("identity", (_page(_OK + b"Transfer-Encoding: identity\r\n"),), payload=PAGE),
    Behaviour("two-lengths-in-one", (_page(_OK + b"Content-Length: %d, 7\r\n" % len(PAGE)),), payload=PAGE),
    Behaviour("no-valid-length", (_OK + b"Content-Length: +5\r\n\r\n" + PAGE, CLOSE), payload=PAGE),
    Behaviour("http-1.0-kept-alive", (_page(b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n"),), payload=PAGE),
    Behaviour("reset-content", (b"HTTP/1.1 205 Reset Content\r\n\r\n",), payload=b""),
    Behaviour("everything-in-drops", tuple(bytes([byte]) for byte in _page(_OK, PAGE[:400])), payload=PAGE[:400]),
    Behaviour("a-chunk-for-each-byte", (_TE + b"\r\n" + _chunked(*(bytes([b]) for b in PAGE)),), payload=PAGE),
    Behaviour(
        "http-in-body",
        (_page(_OK, b"HTTP/1.1 200 OK\r\n\r\nWARC/1.1\r\n\r\n" * 9),),
        payload=b"HTTP/1.1 200 OK\r\n\r\nWARC/1.1\r\n\r\n" * 9,
    ),
    Behaviour("large", (_page(_OK, _LARGE),), payload=_LARGE),
    Behaviour(
        "large-chunked",
        (_TE + b"\r\n" + _chunked(*(_LARGE[i : i + 70_000] for i in range(0, len(_LARGE), 70_000)), b"end"),),
        payload=_LARGE + b"end",
    ),
    # Content codings
    Behaviour("gzip", (_coded(b"gzip", gzip.compress(PAGE)),), payload=PAGE),
    Behaviour(
        "gzip-chunked",
        (
            _TE
            + b"Content-Encoding: gzip\r\n\r\n"
            + _chunked(*(_GZIPPED[i : i + 20] for i in range(0, len(_GZIPPED), 20))),
        ),
        payload=PAGE,
    ),
    Behaviour("deflate", (_coded(b"deflate", zlib.compress(PAGE)),), payload=PAGE),
    Behaviour("raw-deflate", (_coded(b"deflate", _raw_deflated(PAGE)),), payload=PAGE),
    Behaviour("brotli", (_coded(b"br", brotli.compress(PAGE)),), payload=PAGE),
    Behaviour("zstd", (_coded(b"zstd", zstandard.compress(PAGE)),), payload=PAGE),
    # What responses mean
    Behaviour(
        "moved",
        (b"HTTP/1.1 301 Moved\r\nLocation: /plain-target\r\nContent-Length: 9\r\n\r\nover there",),
        block=b"HTTP/1.1 301 Moved\r\nLocation: /plain-target\r\nContent-Length: 9\r\n\r\nover ther",
        meta={"dont_redirect": True, "handle_httpstatus_list": [301]},
        payload=b"over ther",
    ),
    Behaviour("redirected", (b"HTTP/1.1 302 Found\r\nLocation: /plain-target\r\nContent-Length: 0\r\n\r\n",)),
    Behaviour(
        "not-modified",
        (b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n',),
        kind="revisit",
        headers={"If-None-Match": '"x"'},
        meta={"handle_httpstatus_list": [304]},
        payload=b"",
    ),
    Behaviour("no-content", (b"HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n",), payload=b""),
    Behaviour(
        "not-found",
        (_page(b"HTTP/1.1 404 Not Found\r\n", b"nothing here"),),
        meta={"handle_httpstatus_list": [404]},
        payload=b"nothing here",
    ),
    Behaviour(
        "server-error",
        (_page(b"HTTP/1.1 500 Oops\r\n", b"oops"),),
        meta={"dont_retry": True, "handle_httpstatus_list": [500]},
        payload=b"oops",
    ),
    Behaviour(
        "retried",
        (_page(b"HTTP/1.1 503 Busy\r\n", b"try 1"),),
        then=((_page(b"HTTP/1.1 503 Busy\r\n", b"try 2"),), (_page(_OK, b"try 3"),)),
        payload=b"try 3",
        records=3,
    ),
    Behaviour("head", (_OK + b"Content-Length: 12345\r\n\r\n",), method="HEAD", payload=b""),
    Behaviour(
        "post",
        (_page(_OK, b"thanks"),),
        method="POST",
        body=b"a=1&b=2\r\n\r\nc",
        headers={"Content-Type": "text/plain"},
        payload=b"thanks",
    ),
    Behaviour("put", (_page(_OK, b"stored"),), method="PUT", body=bytes(range(256)) * 20, payload=b"stored"),
    Behaviour("own-method", (_page(_OK, b"found"),), method="PROPFIND", payload=b"found"),
    # What breaks off
    Behaviour(
        "reset-in-body", (_OK + b"Content-Length: 5000\r\n\r\n" + PAGE, 0.3, RESET), truncated="disconnect", meta=_ONCE
    ),
    Behaviour(
        "close-in-body", (_OK + b"Content-Length: 5000\r\n\r\n" + PAGE, CLOSE), truncated="disconnect", meta=_ONCE
    ),
    Behaviour("close-in-chunk", (_TE + b"\r\nfff\r\n" + PAGE[:100], CLOSE), truncated="disconnect", meta=_ONCE),
    Behaviour(
        "close-between-chunks", (_TE + b"\r\n" + _chunked(PAGE, last=b""), CLOSE), truncated="disconnect", meta=_ONCE
    ),
    Behaviour(
        "close-in-body-allowed",
        (_OK + b"Content-Length: 5000\r\n\r\n" + PAGE, CLOSE),
        truncated="disconnect",
        meta={"download_fail_on_dataloss": False},
        payload=PAGE,
    ),
    Behaviour("reset-in-head", (_OK + b"X-Cut: he", 0.3, RESET), truncated="disconnect", meta=_ONCE),
    Behaviour("close-in-head", (b"HTTP/1.1 200 O", CLOSE), truncated="disconnect", meta=_ONCE),
    Behaviour("close-at-once", (CLOSE,), kind="request", truncated="disconnect", meta=_ONCE),
    Behaviour("reset-at-once", (RESET,), kind="request", truncated="disconnect", meta=_ONCE),
    Behaviour("timeout-in-body", (_OK + b"Content-Length: 5000\r\n\r\n" + PAGE, STAY), truncated="time", meta=_TIMEOUT),
    Behaviour("timeout-in-head", (b"HTTP/1.1 200 OK\r\nX-Slow", STAY), truncated="time", meta=_TIMEOUT),
    Behaviour("timeout-before-head", (STAY,), kind="request", truncated="time", meta=_TIMEOUT),
    Behaviour("too-large-announced", (_OK + b"Content-Length: 5000\r\n\r\n", STAY), truncated="length", meta=_SMALL),
    Behaviour(
        "too-large-chunked", (_TE + b"\r\n" + _chunked(b"x" * 1200, last=b""), STAY), truncated="length", meta=_SMALL
    ),
    Behaviour(
        "stopped-in-body",
        (_OK + b"Content-Length: 5000\r\n\r\n" + PAGE, STAY),
        truncated="unspecified",
        meta={"stop": "bytes"},
        payload=PAGE,
    ),
    Behaviour(
        "stopped-after-head",
        (_OK + b"Content-Length: 5000\r\n\r\n", STAY),
        truncated="unspecified",
        meta={"stop": "head"},
        payload=b"",
    ),
    # What is no HTTP, or contradicts itself
    Behaviour("banner", (b"SSH-2.0-OpenSSH_9.9\r\n", CLOSE), kind="resource", truncated="unspecified", meta=_ONCE),
    Behaviour(
        "bad-status",
        (b"HTTP/1.1 two hundred\r\n\r\nhello", CLOSE),
        kind="resource",
        truncated="unspecified",
        meta=_ONCE,
    ),
    Behaviour(
        "icy", (b"ICY 200 OK\r\nicy-name: radio\r\n\r\n", CLOSE), kind="resource", truncated="unspecified", meta=_ONCE
    ),
    Behaviour("bad-chunk-size", (_TE + b"\r\n5\r\nhello\r\nxyz\r\n", CLOSE), truncated="disconnect", meta=_ONCE),
    Behaviour(
        "two-lengths",
        (_OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello", CLOSE),
        payload=b"hello",
        meta=_ONCE,
    ),
    Behaviour("long-line", (_page(_OK + b"X-Long: " + b"x" * 20_000 + b"\r\n"),), payload=PAGE),
    Behaviour(
        "300-kB-of-headers",
        (_page(_OK + b"".join(b"X-%d: %b\r\n" % (i, b"x" * 1000) for i in range(300))),),
        payload=PAGE,
    ),
    Behaviour("blank-before-colon", (_page(_OK + b"X-A : b\r\n: no name\r\n"),), payload=PAGE),
    # Codings that are not what the header says
    Behaviour("coding-without-header", (_page(_OK, gzip.compress(PAGE)),), payload=PAGE),
    Behaviour("header-without-coding", (_coded(b"gzip", PAGE),), payload=PAGE),
    Behaviour("gzip-with-garbage-after", (_coded(b"gzip", gzip.compress(PAGE) + b"garbage"),), payload=PAGE),
    Behaviour("gzip-of-two-members", (_coded(b"gzip", gzip.compress(PAGE) + gzip.compress(PAGE)),), payload=PAGE * 2),
    Behaviour("gzip-without-trailer", (_coded(b"gzip", gzip.compress(PAGE)[:-8]),), payload=PAGE),
    Behaviour("gzip-that-is-zlib", (_coded(b"gzip", zlib.compress(PAGE)),), payload=PAGE),
    Behaviour("gzip-that-is-raw-deflate", (_coded(b"gzip", _raw_deflated(PAGE)),), payload=PAGE),
    Behaviour("deflate-that-is-gzip", (_coded(b"deflate", gzip.compress(PAGE)),), payload=PAGE),
    Behaviour(
        "zstd-of-two-frames", (_coded(b"zstd", zstandard.compress(b"") + zstandard.compress(PAGE)),), payload=PAGE
    ),
    Behaviour("brotli-with-garbage-after", (_coded(b"br", brotli.compress(PAGE) + b"\r\n"),), payload=PAGE),
    # What has no end
    Behaviour(
        "1xx-flood",
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 50_000, STAY),
        truncated="length",
        limited=True,
        meta=_ONCE,
    ),
    Behaviour(
        "head-without-end", (_OK + b"X: " + b"x" * 2_000_000, STAY), truncated="length", limited=True, meta=_ONCE
    ),
)
