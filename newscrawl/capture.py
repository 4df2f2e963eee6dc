"""What was fetched, as bytes: one :class:`Capture` is one URL at one instant.

:func:`capture_of` is the only way to a capture, whether the HTTP message just came off a socket or out of a record.
So a crawl and a replay of its archive cannot differ.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import brotli
import zstandard

from newscrawl.errors import MessageError

MAX_PAYLOAD = 64 * 1024 * 1024
"""Bytes of a decoded payload that are kept: above the 50 MB page of the extraction tests, below what hurts a worker."""

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d+)?[ \t]+(\d{3})(?:[ \t]+([^\r\n]*))?|ICY[ \t]+(\d{3})")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[^\n]*\n")

_PIECE = 65_536
"""Bytes that are decoded at a time; of zstd, which knows no limit on its output, so few that it stays below 16 MB."""

Headers = tuple[tuple[str, str], ...]


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

    def header(self, name: str) -> str | None:
        """The first value of the header ``name``, in any case."""
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
) -> Capture:
    """The capture of the HTTP response ``message``: status line, header lines, body, as they crossed the wire.

    Interim responses (1xx) before the final one are passed over. A body that breaks off, in its chunks or in its
    compressed stream, is kept as far as it goes.

    Raises:
        MessageError: ``message`` does not begin with an HTTP response head.
    """
    status, headers, body = response_parts(message)
    entity, whole = transfer_decoded(body, headers)
    payload, complete = content_decoded(entity, headers)
    if truncated is None and not (whole and complete):
        truncated = "length" if len(payload) >= MAX_PAYLOAD else "disconnect"
    return Capture(
        url=url,
        date=date.astimezone(UTC),
        status=status,
        headers=headers,
        payload=payload,
        payload_digest=payload_digest(entity),
        record_id=record_id,
        warc_filename=warc_filename,
        warc_offset=warc_offset,
        truncated=truncated,
    )


def payload_digest(entity: bytes) -> str:
    """``sha1:BASE32`` of a body whose transfer-coding is removed, as WARC-Payload-Digest writes it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(entity, usedforsecurity=False).digest()).decode("ascii")


def response_parts(message: bytes) -> tuple[int, Headers, bytes]:
    """Status, header pairs and raw body of the final response in ``message``.

    Raises:
        MessageError: no HTTP response head at the start.
    """
    start = 0
    while True:
        status_line = _STATUS_LINE.match(message, start)
        if status_line is None:
            raise MessageError(f"no HTTP status line at the start: {message[start : start + 40]!r}")
        end = _HEAD_END.search(message, status_line.start())
        head_end, body_start = (end.start(), end.end()) if end else (len(message), len(message))
        status = int(status_line[1] or status_line[3])
        if not 100 <= status < 200 or status == 101 or body_start >= len(message):
            return status, header_pairs(message[status_line.start() : head_end]), message[body_start:]
        start = body_start


def header_pairs(head: bytes) -> Headers:
    """The header lines after the first line of ``head``; folded ones joined (RFC 9112, 5.2), bad ones skipped."""
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


def transfer_decoded(body: bytes, headers: Headers) -> tuple[bytes, bool]:
    """The body without its transfer-coding, and whether it came whole (last chunk seen, Content-Length reached)."""
    if "chunked" in _values(headers, "transfer-encoding"):
        return _dechunked(body)
    lengths = [value for name, value in headers if name.lower() == "content-length" and value.isdigit()]
    if lengths and not _values(headers, "transfer-encoding"):
        length = int(lengths[0])
        return body[:length] if len(body) > length else body, len(body) >= length
    return body, True


def _dechunked(body: bytes) -> tuple[bytes, bool]:
    pieces: list[bytes] = []
    position = 0
    while True:
        size_line = _CHUNK_SIZE.match(body, position)
        if size_line is None:
            # Not chunked at all despite its header: archives of other tools hold such bodies, already de-chunked.
            return (b"".join(pieces), False) if pieces or not body else (body, True)
        size = int(size_line[1], 16)
        position = size_line.end()
        if size == 0:
            return b"".join(pieces), True
        piece = body[position : position + size]
        pieces.append(piece)
        if len(piece) < size:
            return b"".join(pieces), False
        position += size
        position += 2 if body[position : position + 2] == b"\r\n" else body[position : position + 1] == b"\n"


def content_decoded(entity: bytes, headers: Headers) -> tuple[bytes, bool]:
    """The payload without its content-codings, and whether the compressed stream was whole.

    A body that is not coded as its header says is returned as it is: servers and archives lie.
    """
    whole = True
    for coding in reversed(_values(headers, "content-encoding")):
        decode = _DECODERS.get(coding)
        if decode is None or not entity:
            continue
        entity, complete = decode(entity)
        whole = whole and complete
    return entity[:MAX_PAYLOAD] if len(entity) > MAX_PAYLOAD else entity, whole and len(entity) <= MAX_PAYLOAD


def _values(headers: Headers, name: str) -> list[str]:
    joined = ",".join(value for key, value in headers if key.lower() == name)
    return [value.strip().lower() for value in joined.split(",") if value.strip()]


def _inflated(data: bytes, *window_bits: int) -> tuple[bytes, bool]:
    payload, whole = data, True
    for bits in window_bits:
        inflater = zlib.decompressobj(bits)
        payload, whole = _decoded(data, inflater.decompress, zlib.error)
        if payload is not data:
            return payload, whole and inflater.eof
    return payload, whole


def _unbrotli(data: bytes) -> tuple[bytes, bool]:
    decoder = brotli.Decompressor()

    def decode(piece: bytes, limit: int) -> bytes:
        return decoder.process(piece, output_buffer_limit=limit)  # type: ignore[no-any-return]  # brotli has no stubs

    payload, whole = _decoded(data, decode, brotli.error)
    return payload, whole and (payload is data or decoder.is_finished())


def _unzstd(data: bytes) -> tuple[bytes, bool]:
    decoder = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
    payload, whole = _decoded(data, lambda piece, _: decoder.decompress(piece), zstandard.ZstdError, 512)
    return payload, whole and (payload is data or decoder.eof)


def _decoded(data: bytes, decode: Callable[[bytes, int], bytes], error: type[Exception]) -> tuple[bytes, bool]:
    """What ``decode`` makes of ``data`` before its first error, piece by piece so that no bomb goes off.

    ``data`` itself when it is an error from the start: then it is not coded so.
    """
    pieces: list[bytes] = []
    size = 0
    for start in range(0, len(data), step):
        try:
            piece = decode(data[start : start + step], MAX_PAYLOAD + 1)
        except error:
            return (b"".join(pieces), False) if size else (data, True)
        pieces.append(piece)
        size += len(piece)
        if size > MAX_PAYLOAD:
            break
    return b"".join(pieces), True


_DECODERS: dict[str, Callable[[bytes], tuple[bytes, bool]]] = {
    "gzip": lambda data: _inflated(data, 31),
    "x-gzip": lambda data: _inflated(data, 31),
    # "deflate" is zlib by RFC 9110, 8.4.1.2, raw deflate by the habit of many servers.
    "deflate": lambda data: _inflated(data, 15, -15),
    "br": _unbrotli,
    "zstd": _unzstd,
}
