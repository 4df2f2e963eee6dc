"""Every parser of bytes from outside, with inputs to begin with: what ``make fuzz`` feeds."""

from __future__ import annotations

import gzip
import re
import tempfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import zstandard

from newscrawl.archive.cdxj.lookup import parsed_line
from newscrawl.archive.reading.reader import read_captures, read_texts
from newscrawl.archive.records.parse_head import HeadError, arc_head, warc_head
from newscrawl.archive.untrusted_json import json_object
from newscrawl.archive.verify.verify import verify
from newscrawl.capture import capture_of
from newscrawl.codings import content_decoded, transfer_decoded
from newscrawl.dates import day_of, instant_of
from newscrawl.discovery.documents import document_entries
from newscrawl.discovery.robots import robots_sitemaps, robots_text
from newscrawl.errors import NewscrawlError
from newscrawl.extract.article import article_from
from newscrawl.extract.captions.remove import without_repeated_captions
from newscrawl.extract.dates.calendars import written_day
from newscrawl.extract.dates.parse import parsed_date
from newscrawl.extract.html.encoding import decoded
from newscrawl.extract.jsonld.js_literals import read_literal
from newscrawl.extract.jsonld.parse import json_ld
from newscrawl.extract.plaintext.article import article_from_text
from newscrawl.politeness.retryafter import seconds_to_wait
from newscrawl.recording.framing import ResponseFramer
from newscrawl.samplesite.publication import Publication
from newscrawl.sites import site_for

_DATE = datetime(2026, 3, 5, 12, tzinfo=UTC)
_URL = "https://www.rferl.org/a/bridge-opens/34000000.html"


@dataclass(frozen=True, slots=True)
class Target:
    """One parser."""

    name: str
    feed: Callable[[bytes], object]
    """Read an input to its end; the errors of ``refuses`` are answers, anything else is a fault."""
    seeds: Sequence[bytes]
    refuses: tuple[type[Exception], ...] = (NewscrawlError,)


def targets() -> tuple[Target, ...]:
    """Return all targets."""
    pages, documents = _sample_site()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    response = head + b"5\r\n<p>ab\r\n0\r\nX: y\r\n\r\n"
    plain = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Encoding: gzip\r\n\r\nabcd"
    warc = _warc(response, plain)
    return (
        Target("framing", _framed, [response, plain, b"HTTP/1.1 103 Early\r\n\r\n" + plain]),
        Target("message", lambda data: capture_of(_URL, _DATE, data).payload, [response, plain]),
        Target(
            "codings",
            _decoded_body,
            [gzip.compress(b"x" * 500), zlib.compress(b"y"), zstandard.compress(b"z"), response],
        ),
        Target("record head", warc_head, [warc[:300]], (HeadError,)),
        Target(
            "arc head",
            arc_head,
            [b"http://a.example/ 127.0.0.1 20010101000000 text/html 70\n"],
            (HeadError,),
        ),
        Target("archive", _archive, [warc, gzip.compress(warc), zstandard.compress(warc), _ARC]),
        Target("verification", _verified, [warc, gzip.compress(warc), _ARC]),
        Target("index line", parsed_line, [_CDXJ], (ValueError,)),
        Target(
            "package json",
            json_object,
            [b'{"resources": [{"path": "a", "hash": "sha256:0"}]}'],
            (ValueError, NewscrawlError),
        ),
        Target(
            "sitemap or feed", lambda data: list(document_entries(data, "https://www.rferl.org/sitemap.xml")), documents
        ),
        Target("robots.txt", _robots, [b"User-agent: *\nDisallow: /x\nSitemap: https://www.rferl.org/sitemap.xml\n"]),
        Target("page of the family", lambda data: _article(data, _URL), pages),
        Target("any page", lambda data: _article(data, "https://www.wendcourier.example/news/1.html"), pages),
        Target("encoding", lambda data: decoded(data, "text/html; charset=windows-1251"), pages[:2]),
        Target("structured data", lambda data: json_ld([data.decode("utf-8", "replace")]), [_JSON_LD]),
        Target(
            "script literal",
            lambda data: read_literal(data.decode("utf-8", "replace")),
            [b"{a: 'x\\u0041', \"b\": [1, .5, null]}"],
        ),
        Target("text copy", lambda data: article_from_text(data.decode("utf-8", "replace")), [_TEXT]),
        Target(
            "date",
            _dates,
            [b"Thu, 05 Mar 2026 12:00:00 GMT", b"2026-03-05T12:00:00.123+01:00", "5 марта 2026, 12:00".encode()],
        ),
        Target(
            "Retry-After", lambda data: seconds_to_wait(data, _DATE, 600), [b"120", b"Thu, 05 Mar 2026 12:00:00 GMT"]
        ),
    )


_CDXJ = b"""\
org,rferl)/a/1.html 20260305120000 {"url": "https://www.rferl.org/a/1.html", "offset": "0", "filename": "a.warc.gz"}
"""
_JSON_LD = b"""\
{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bridge",
"author": [{"@type": "Person", "name": "Ivo Tarrant"}], "datePublished": "2026-03-05T12:00:00Z"}
"""
_TEXT = b"""\
Bridge Opens - Radio

March 5, 2026

Workers cross the bridge. (file photo)

MARROWBY -- The bridge opened.

With reporting by AP
"""
_ARC = b"""\
filedesc://a.arc 0.0.0.0 20010101000000 text/plain 12
1 0 Archive

http://a.example/ 127.0.0.1 20010101000000 text/html 40
HTTP/1.0 200 OK
Server: a

<p>text</p>
"""


def _warc(*messages: bytes) -> bytes:
    records = []
    for number, message in enumerate(messages):
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {_URL}\r\nWARC-Date: 2026-03-05T12:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:0000000{number}-0000-4000-8000-000000000000>\r\n"
            "Content-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(message)}\r\n\r\n"
        )
        records.append(head.encode() + message + b"\r\n\r\n")
    return b"".join(records)


def _sample_site() -> tuple[list[bytes], list[bytes]]:
    """Return article pages and documents (sitemaps, feed, home page) of the sample site."""
    publication = Publication(size=24)
    base = "http://127.0.0.1:8080"
    paths = ("/sitemap.xml", "/sitemap_sample_latest.xml", "/sitemap_sample_news.xml", "/api/")
    documents = [bytes(publication.reply(path, base).body) for path in paths]
    stories = re.findall(rb"<loc>http://127.0.0.1:8080(/a/[^<]+)</loc>", documents[1])
    return [bytes(publication.reply(path.decode(), base).body) for path in stories[:6]], documents


def _framed(data: bytes) -> None:
    framer = ResponseFramer("GET")
    for start in range(0, len(data), 97):
        framer.feed(data[start : start + 97])
    framer.finish()


def _decoded_body(data: bytes) -> None:
    for coding in ("gzip", "deflate", "zstd", "br", "gzip, gzip", "x-unknown"):
        content_decoded(data, (("Content-Encoding", coding),))
    transfer_decoded(data, (("Transfer-Encoding", "chunked"),))


@cache
def _place() -> Path:
    return Path(tempfile.mkdtemp(prefix="newscrawl-fuzz-"))


def _archive(data: bytes) -> None:
    path = _place() / "fuzz.warc"
    path.write_bytes(data)
    for capture in read_captures(path, on_skip=lambda error: None):
        _ = capture.payload
    for _text in read_texts(path, on_skip=lambda error: None):
        pass


def _verified(data: bytes) -> None:
    path = _place() / "verify.warc"
    path.write_bytes(data)
    verify([path])


def _robots(data: bytes) -> None:
    robots_text(data)
    robots_sitemaps(data, "https://www.rferl.org/robots.txt")


def _article(data: bytes, url: str) -> None:
    message = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(data)
    capture = capture_of(url, _DATE, message + data)
    without_repeated_captions(article_from(capture, site_for(url)))


def _dates(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    instant_of(text)
    day_of(text)
    written_day(text)
    parsed_date(text, "Europe/Prague")
