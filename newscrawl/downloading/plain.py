"""The ordinary exchange, pure: the bytes of a plain GET, and the heads of answers that need no parser's judgement.

Both say None for everything that is in any way special. What they do read, they read as Twisted 26 and Scrapy 2.19 do
(``twisted.web._newclient``, ``scrapy.core.downloader.handlers.http11``), which the tests hold them to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from twisted.web._newclient import HTTPParser
from twisted.web.http_headers import Headers as TxHeaders

if TYPE_CHECKING:
    from scrapy.http import Headers

Key = tuple[bytes, bytes, int, None]
"""Of Twisted's pool, as Scrapy has it: scheme, host, port, local address."""

_ORIGINS = 1024
"""Origins whose split is kept: as many as a crawl of several sites has."""
_LINES = 1024
"""Header lines that are kept ready: those that each request repeats, and the referrers of late."""
_NAMES = 1024
_MAX_HEAD = 16_384
"""Twisted takes no line that is longer (``LineReceiver.MAX_LENGTH``)."""
_MAX_LENGTH_DIGITS = 15
LINE_END = 2
"""Bytes of one."""
_NO_BODY = (204, 304)
_DEFAULT_PORTS = {b"http": 80, b"https": 443}

# What urlparse, urlunparse and Twisted's URI leave as it is: no parameters, fragment, empty query, "//" in front.
_URL = re.compile(r"(https?://[A-Za-z0-9._-]++(?::[0-9]{1,5}+)?)(/(?!/)[!$-:<->@-~]*+(?:\?[!$-~]++)?)")
_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]++"
_HEAD = re.compile(rb"HTTP/1\.1 ([2-5][0-9]{2})(?: [^\r\n]*+)?\r\n((?:" + _TOKEN + rb":[^\r\n]*+\r\n)++)\r\n")
# The line end of a chunk, and the size of the next one; or the end.
_SIZE = re.compile(rb"\r\n(?:([0-9A-Fa-f]{0,7}[1-9A-Fa-f][0-9A-Fa-f]{0,7}+)\r\n|(0{1,8}+\r\n\r\n))")
_PART_OF_SIZE = re.compile(rb"(?:\r(?:\n(?:[0-9A-Fa-f]{1,8}+\r?|0{1,8}+\r\n\r?)?)?)?")
_FIELD = re.compile(rb"([^:]++):([^\r]*+)\r\n")

_LENGTH = b"Content-Length"
_CONNECTION = b"Connection"
_KEEP_ALIVE = b"keep-alive"
_TRANSFER_ENCODING = b"Transfer-Encoding"
_CHUNKED = b"chunked"
_OF_CONNECTION = frozenset(name.title() for name in HTTPParser.CONNECTION_CONTROL_HEADERS)
"""Headers that Scrapy's responses do not show."""


@dataclass(frozen=True, slots=True)
class PlainRequest:
    """A GET without a body."""

    key: Key
    """Of the connections that lead there."""
    data: bytes
    """All that is written."""


def plain_request(url: str, headers: Headers) -> PlainRequest | None:
    """What Scrapy and Twisted write for a GET of ``url`` with the request's ``headers``."""
    match = _URL.fullmatch(url)
    if match is None:
        return None
    key, host = _origin(match[1])
    lines = [b"GET ", match[2].encode("ascii"), b" HTTP/1.1\r\n"]
    for name, values in dict.items(headers):
        if name == b"Host" or not values:
            return None
        try:
            lines.extend([_line(name, value) for value in values])
        except ValueError:  # no name of a header: Twisted is to say so
            return None
    lines.append(host)
    return PlainRequest(key, b"".join(lines))


@lru_cache(_ORIGINS)
def _origin(origin: str) -> tuple[Key, bytes]:
    """Key of the pool, and how the head of a request ends."""
    scheme, _, netloc = origin.encode("ascii").partition(b"://")
    host, _, digits = netloc.partition(b":")
    default = _DEFAULT_PORTS[scheme]
    port = int(digits) if digits else default
    value = host if port == default else b"%b:%d" % (host, port)
    return (scheme, host, port, None), b"Host: %b\r\n\r\n" % value


@lru_cache(_LINES)
def _line(name: bytes, value: bytes) -> bytes:
    ((written, (cleaned,)),) = TxHeaders({name: [value]}).getAllRawHeaders()
    return b"%b: %b\r\n" % (written, cleaned)


@dataclass(frozen=True, slots=True)
class PlainHead:
    """The head of a final answer over a connection that stays."""

    status: int
    headers: dict[bytes, list[bytes]]
    """As a Scrapy response shows them: Content-Length first, those of the connection left out."""
    length: int | None
    """Bytes of the body; None: it comes in chunks."""
    end: int
    """Where the body begins."""


def plain_head(data: bytes) -> PlainHead | None:
    """The head that ``data`` begins with, if all of it is there and it is plain."""
    match = _HEAD.match(data, 0, _MAX_HEAD)
    if match is None:
        return None
    status, end = int(match[1]), match.end()
    fields: dict[bytes, list[bytes]] = {}
    framing: dict[bytes, list[bytes]] = {}
    for name, value in _FIELD.findall(match[2]):
        normal = _normal(name)
        (framing if normal in _OF_CONNECTION else fields).setdefault(normal, []).append(value.strip())
    if framing.get(_CONNECTION, [_KEEP_ALIVE])[0].lower() != _KEEP_ALIVE or len(framing.get(_CONNECTION, ())) > 1:
        return None
    if status in _NO_BODY:
        return PlainHead(status, {_LENGTH: [b"0"], **fields}, 0, end)
    lengths, codings = framing.get(_LENGTH, []), framing.get(_TRANSFER_ENCODING, [])
    if not lengths and len(codings) == 1 and codings[0].lower() == _CHUNKED:
        return PlainHead(status, fields, None, end)
    if codings or len(lengths) != 1 or not lengths[0].isdigit() or len(lengths[0]) > _MAX_LENGTH_DIGITS:
        return None
    length = int(lengths[0])
    return PlainHead(status, {_LENGTH: [b"%d" % length], **fields}, length, end)


@lru_cache(_NAMES)
def _normal(name: bytes) -> bytes:
    """As Scrapy's ``Headers`` have it."""
    return name.title()


class CountedBody:
    """A body of ``length`` bytes."""

    def __init__(self, length: int) -> None:
        self.announced = length
        """Bytes that it has, or has at least."""
        self._missing = length
        self._parts: list[memoryview] = []

    def take(self, data: bytes, start: int = 0) -> bool | None:
        """What came next, from ``start`` on: whether the body is whole now; None when there is too much."""
        self._parts.append(memoryview(data)[start:])
        self._missing -= len(data) - start
        return None if self._missing < 0 else not self._missing

    def content(self) -> bytes:
        """All of it."""
        return b"".join(self._parts)


class ChunkedBody:
    """A body in chunks without extensions and trailers (RFC 9112, 7.1)."""

    def __init__(self) -> None:
        self.announced = 0
        """Bytes that it has at least."""
        self._missing = 0
        self._started = b""
        self._parts: list[memoryview] = []

    def take(self, data: bytes, start: int = 0) -> bool | None:
        """What came next, from ``start`` on; at first with the line end of the head's last line.

        Returns: whether the body is whole now; None when it is not plain.
        """
        if self._started:
            data, start, self._started = self._started + data[start:], 0, b""
        while True:
            if self._missing:
                part = memoryview(data)[start : start + self._missing]
                self._parts.append(part)
                self._missing -= len(part)
                start += len(part)
                if self._missing or start == len(data):
                    return False
            match = _SIZE.match(data, start)
            if match is None:
                self._started = data[start:]
                return False if _PART_OF_SIZE.fullmatch(self._started) else None
            if match[2]:
                return True if match.end() == len(data) else None
            self._missing = int(match[1], 16)
            self.announced += self._missing
            start = match.end()

    def content(self) -> bytes:
        """All of it, without the framing."""
        return b"".join(self._parts)
