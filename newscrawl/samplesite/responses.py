"""From what is published to what crosses the wire: validators, conditions, codings, framing (RFC 9110, RFC 9112)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import format_datetime, formatdate, parsedate_to_datetime
from http import HTTPStatus

from isal import igzip

from newscrawl.samplesite.publication import Publication

CHUNK = 16_384
"""Bytes of a chunk: what a server with 16 KB buffers sends."""
_TEXT = ("text/", "application/rss+xml")


@dataclass(frozen=True, slots=True)
class Coded:
    """A reply with its content-coding and validators, ready for any number of requests."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: the head and the body in pieces, as they are framed."""

    status: int
    head: bytes
    pieces: tuple[bytes, ...]
    chunked: bool


def coded(publication: Publication, target: str, base_url: str, gzip: bool) -> Coded:
    """Return the reply to ``target``, coded with gzip where the client takes it and the type gains by it."""
    reply = publication.reply(target, base_url)
    headers, body = reply.headers, reply.body
    kind = dict(headers).get("Content-Type", "")
    tag = hashlib.sha1(body, usedforsecurity=False).hexdigest()[:20]
    if gzip and body and kind.startswith(_TEXT):
        body = igzip.compress(body, 2, mtime=0)
        headers += (("Content-Encoding", "gzip"),)
        tag += "-gzip"
    if reply.status != HTTPStatus.OK:
        return Coded(reply.status, headers, body)
    modified = format_datetime(reply.last_modified, usegmt=True) if reply.last_modified else None
    return Coded(reply.status, headers, body, f'"{tag}"', modified)


def answer(method: str, target: str, fields: Mapping[str, str], coded_reply: Coded, keep_alive: bool) -> Answer:
    """Return the response to one request for a reply: whole, without its body (HEAD), or "not modified"."""
    status = HTTPStatus.NOT_MODIFIED if _not_modified(fields, coded_reply) else coded_reply.status
    headers = [("Date", formatdate(usegmt=True)), ("Server", "SampleGazette")]
    if coded_reply.etag:
        headers.append(("ETag", coded_reply.etag))
    if coded_reply.modified:
        headers.append(("Last-Modified", coded_reply.modified))
    chunked = status == HTTPStatus.OK and _chunks(target, fields)
    if status != HTTPStatus.NOT_MODIFIED:
        headers += coded_reply.headers
        headers.append(("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(len(coded_reply.body))))
    headers.append(("Connection", "keep-alive" if keep_alive else "close"))
    body = coded_reply.body if method == "GET" and status != HTTPStatus.NOT_MODIFIED else b""
    pieces = tuple(_chunked(body)) if chunked and method == "GET" else (body,) if body else ()
    return Answer(status, head_of(status, headers), pieces, chunked)


def head_of(status: int, headers: list[tuple[str, str]]) -> bytes:
    """Status line and header lines."""
    reason = HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else "Unknown"
    lines = [f"HTTP/1.1 {int(status)} {reason}", *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _not_modified(fields: Mapping[str, str], coded_reply: Coded) -> bool:
    """RFC 9110, 13.2.2: If-None-Match before If-Modified-Since."""
    if coded_reply.etag is None:
        return False
    if (tags := fields.get("if-none-match")) is not None:
        named = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in named or coded_reply.etag in named
    since, modified = fields.get("if-modified-since"), coded_reply.modified
    if since is None or modified is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _chunks(target: str, fields: Mapping[str, str]) -> bool:
    """Every other page is sent in chunks, told by its target; never to a client of HTTP/1.0."""
    return (
        fields.get(":version") == "HTTP/1.1" and hashlib.md5(target.encode(), usedforsecurity=False).digest()[0] < 128
    )


def _chunked(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), CHUNK):
        piece = body[start : start + CHUNK]
        yield b"%x\r\n%b\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"
