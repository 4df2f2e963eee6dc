"""What was fetched, as bytes: one :class:`Capture` is one URL at one instant.

:func:`capture_of` is the only way to a capture, whether the HTTP message just came off a socket or out of a record.
So a crawl and a replay of its archive cannot differ.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from mmap import mmap
from typing import Any, NamedTuple

from newscrawl.codings import MAX_PAYLOAD, Headers, content_decoded, transfer_decoded
from newscrawl.errors import MessageError

_HEAD_END = re.compile(rb"\n\r?\n")
"""Found in a tenth of the time that it takes with the carriage return before it, which is optional."""
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d+)?[ \t]+(\d{3})(?:[ \t]+([^\r\n]*))?|ICY[ \t]+(\d{3})")


class _CodedPayload(NamedTuple):
    """A body that is not decoded yet."""

    entity: bytes
    whole: bool
    """Whether its transfer-coding came to its end."""
    truncated: str | None
    """Why it is not whole, where the archive or the download says so."""

    def decoded(self, headers: Headers) -> tuple[bytes, str | None]:
        """Return the payload, and why it is not complete, or None."""
        payload, complete = content_decoded(self.entity, headers)
        if self.truncated is not None or (self.whole and complete):
            return payload, self.truncated
        return payload, "length" if len(payload) >= MAX_PAYLOAD else "disconnect"


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetch of one URL at one instant, with the place of its record in the archive."""

    url: str
    """Target URI."""
    date: datetime
    """UTC; the WARC-Date."""
    status: int
    """HTTP status code."""
    headers: Headers
    """As they crossed the wire: order, case and duplicates kept; bytes read as Latin-1."""
    payload: bytes
    """The body without transfer-coding and content-coding, at most :data:`MAX_PAYLOAD` bytes."""
    payload_digest: str | None = None
    """``sha1:BASE32`` of the body without transfer-coding, with content-coding (WARC 1.1, 5.9)."""
    record_id: str | None = None
    """``<urn:uuid:...>``; None when it was not archived."""
    warc_filename: str | None = None
    """Base name of the WARC file."""
    warc_offset: int | None = None
    """Offset of the record in that file, in bytes."""
    truncated: str | None = None
    """Why the body is not whole (WARC-Truncated: length, time, disconnect, unspecified), else None."""
    _coded: _CodedPayload | None = field(default=None, init=False, repr=False, compare=False)
    """What ``payload`` and ``truncated`` are made of when one of them is first asked for: a crawl hands most captures
    on to another process, and neither inflates them nor sends them inflated."""

    def __getattr__(self, name: str) -> Any:
        """Return an attribute that is not set yet: payload and truncation are decoded when they are first read."""
        coded = self._coded if name in _DECODED else None
        if coded is None:
            raise AttributeError(f"{type(self).__name__} has no {name}")
        for part, value in zip((*_DECODED, "_coded"), (*coded.decoded(self.headers), None), strict=True):
            object.__setattr__(self, part, value)
        return getattr(self, name)

    def __reduce__(self) -> tuple[Callable[..., Capture], tuple[Any, ...]]:
        """Pickle it with the payload still coded where it is."""
        absent = _DECODED if self._coded is not None else ()
        return _restored, tuple(None if name in absent else getattr(self, name) for name in _PARTS)

    def header(self, name: str) -> str | None:
        """Return the first value of the header ``name``, whatever its case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def media_type(self) -> str:
        """``text/html`` and the like, lower case, without parameters; empty without a Content-Type."""
        return (self.header("content-type") or "").split(";", 1)[0].strip().lower()


def capture_of(
    url: str,
    date: datetime,
    message: bytes,
    *,
    record_id: str | None = None,
    warc_filename: str | None = None,
    warc_offset: int | None = None,
    truncated: str | None = None,
    digest: str | None = None,
    parts: tuple[int, Headers, bytes] | None = None,
) -> Capture:
    """Return the capture of the HTTP response ``message``: status line, header lines, body, as they crossed the wire.

    Interim responses (1xx) before the final one are passed over. A body that breaks off, in its chunks or in its
    compressed stream, is kept as far as it goes. ``digest`` (of the payload) and ``parts`` (:func:`response_parts`) are
    given where they are known.

    Raises:
        MessageError: ``message`` does not begin with an HTTP response head.
    """
    status, headers, body = parts or response_parts(message)
    entity, whole = transfer_decoded(body, headers)
    known = digest or payload_digest(entity)
    coded = _CodedPayload(entity, whole, truncated)
    return _restored(
        url, date.astimezone(UTC), status, headers, None, known, record_id, warc_filename, warc_offset, None, coded
    )


_PARTS = Capture.__slots__
_DECODED = ("payload", "truncated")


def _restored(*parts: Any) -> Capture:
    """Return a capture of ``parts``, in the order of its fields; what is decoded later stays unset."""
    capture = object.__new__(Capture)
    coded = parts[-1] is not None
    for name, value in zip(_PARTS, parts, strict=True):
        if not (coded and name in _DECODED):
            object.__setattr__(capture, name, value)
    return capture


def instant(date: datetime) -> str:
    """``date`` as ``metadata.dateDownloaded`` writes it: ISO 8601, UTC, with the fraction where there is one."""
    utc = date.astimezone(UTC)
    fraction = f".{utc.microsecond:06}".rstrip("0") if utc.microsecond else ""
    return f"{utc:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def payload_digest(entity: bytes) -> str:
    """``sha1:BASE32`` of a body whose transfer-coding is removed, as WARC-Payload-Digest writes it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(entity, usedforsecurity=False).digest()).decode("ascii")


def response_parts(message: bytes) -> tuple[int, Headers, bytes]:
    """Status, header pairs and raw body of the final response in ``message``.

    Raises:
        MessageError: no HTTP response head at the start.
    """
    status, start, head_end, body_start = response_places(message)
    return status, header_pairs(message[start:head_end]), message[body_start:]


def response_places(message: bytes | mmap) -> tuple[int, int, int, int]:
    """Find the final response in ``message``: its status, the bounds of its head, the start of its body.

    Raises:
        MessageError: no HTTP response head at the start.
    """
    start = 0
    while True:
        status_line = _STATUS_LINE.match(message, start)
        if status_line is None:
            raise MessageError(f"no HTTP status line at the start: {message[start : start + 40]!r}")
        end = _HEAD_END.search(message, start)
        head_end, body_start = (end.start(), end.end()) if end else (len(message), len(message))
        if end and message[head_end - 1 : head_end] == b"\r":
            head_end -= 1
        status = int(status_line[1] or status_line[3])
        if not 100 <= status < 200 or status == 101 or body_start >= len(message):
            return status, start, head_end, body_start
        start = body_start


def header_pairs(head: bytes) -> Headers:
    """Return the header lines of ``head`` without its first line.

    Folded lines are joined (RFC 9112, section 5.2); malformed lines are omitted.
    """
    pairs: list[tuple[str, str]] = []
    for line in head.decode("latin-1").split("\n")[1:]:
        text = line.rstrip("\r")
        if text[:1] in (" ", "\t") and pairs:
            name, value = pairs[-1]
            pairs[-1] = (name, f"{value} {text.strip()}".strip())
            continue
        name, colon, value = text.partition(":")
        if colon:
            pairs.append((name.strip(), value.strip()))
    return tuple(pairs)
