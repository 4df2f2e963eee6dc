"""Undo HTTP's transfer-coding (RFC 9112, 7) and content-coding (RFC 9110, 8.4), within limits.

What frames a body (:func:`framing_of`, the form of a chunk's size line) is stated here once: the client that receives a
response and the reader of its record must come to the same body.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from mmap import mmap
from typing import NamedTuple

import brotli
import zstandard
from isal import isal_zlib

MAX_PAYLOAD = 64 * 1024 * 1024
"""Bytes of a decoded payload that are kept: above the 50 MB page of the extraction tests, below what hurts a worker."""
MAX_CODINGS = 4
"""Content-codings that are undone in a row. Servers apply one or two; 62 layers in 57 kB took 3.6 s."""
MAX_MEMBERS = 10_000
"""Members of a gzip body, or frames of a zstd body, that are read: each costs time, even an empty one."""
MAX_SIZE_LINE = 4096
"""Bytes of a chunk's size line with its extensions. Servers that use extensions write a few dozen."""

Headers = tuple[tuple[str, str], ...]

_ISAL_ERROR: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stub declares an instance
_PIECE = 65_536
_ZSTD_PIECE = 512  # its decoder takes no limit on the output; so few bytes give at most 16 MB
_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_FRAME = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")
"""How a frame begins, also a skippable one (RFC 8878, 3.1)."""
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_BODILESS = frozenset({204, 304})
_RESET_CONTENT = 205
_LENGTH = re.compile(r"[0-9]{1,18}")
_SIZE = b"[ \t]{0,%d}+(?=[0-9A-Fa-f])0{0,%d}+([0-9A-Fa-f]{0,15}+)(?![0-9A-Fa-f])[^\n]{0,%d}+" % ((MAX_SIZE_LINE,) * 3)
_CHUNK_SIZE = re.compile(_SIZE + rb"\n")
_CHUNK_SIZE_BEGUN = re.compile(rb"[ \t]{0,%d}+|%b" % (MAX_SIZE_LINE, _SIZE))


class Framing(NamedTuple):
    """What the header lines of a message say about the end of its body."""

    chunked: bool
    """The body comes in chunks, whatever Content-Length says (RFC 9112, 6.3)."""
    length: int | None
    """Bytes of the body. None: it comes in chunks, or ends with the connection."""


def framing_of(headers: Headers) -> Framing:
    """Return how the body of a message with ``headers`` is framed.

    Of several Content-Length the first valid one counts; an invalid one is ignored.
    """
    codings = [coding for coding in _tokens(headers, "transfer-encoding") if coding != "identity"]
    if codings:
        return Framing("chunked" in codings, None)
    lengths = [value for value in _tokens(headers, "content-length") if _LENGTH.fullmatch(value)]
    return Framing(False, int(lengths[0]) if lengths else None)


def has_no_body(method: str, status: int, framing: Framing) -> bool:
    """Return whether a response to ``method`` with ``status`` ends with its head (RFC 9112, 6.3; RFC 9110, 15.3.6)."""
    if method == "HEAD" or status in _BODILESS:
        return True
    return status == _RESET_CONTENT and not framing.chunked and framing.length is None


def chunk_size(message: bytes | bytearray | mmap, position: int) -> tuple[int, int] | None:
    """Return the size of the chunk whose size line begins at ``position``, and where the line ends, or None."""
    line = _CHUNK_SIZE.match(message, position)
    return (int(line[1] or b"0", 16), line.end()) if line else None


def may_begin_chunk_size(message: bytes | bytearray | mmap, position: int = 0) -> bool:
    """Return whether what stands from ``position`` to the end can still become a size line."""
    return _CHUNK_SIZE_BEGUN.fullmatch(message, position) is not None


def transfer_decoded(body: bytes, headers: Headers) -> tuple[bytes, bool]:
    """Return the body without its transfer-coding, and whether it came whole (last chunk seen, length reached)."""
    entity = Entity(body, headers)
    if not entity.chunked:
        (start, end), *_ = entity.spans()
        return body if end - start == len(body) else body[start:end], entity.whole
    # A bytearray and no list of pieces: a hostile body has a chunk for each byte.
    decoded = bytearray()
    for start, end in entity.spans():
        decoded += body[start:end]
    return bytes(decoded), entity.whole


class Entity:
    """Where the body without its transfer-coding lies in ``message``, whose body begins at ``start``.

    For bodies that are too large to be copied; :func:`transfer_decoded` gives the same as one string.
    """

    def __init__(self, message: bytes | mmap, headers: Headers, start: int = 0) -> None:
        self._message = message
        self._start = start
        self.chunked, self.length = framing_of(headers)
        self.whole = False
        """Known once all of :meth:`spans` were taken: last chunk seen, Content-Length reached."""

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each piece, in order."""
        if self.chunked:
            yield from self._chunks()
            return
        end = len(self._message) if self.length is None else min(len(self._message), self._start + self.length)
        self.whole = self.length is None or end == self._start + self.length
        yield self._start, end

    def _chunks(self) -> Iterator[tuple[int, int]]:
        message = self._message
        position, total = self._start, len(message)
        while sized := chunk_size(message, position):
            size, start = sized
            position = start + size
            if size == 0:
                self.whole = True
                return
            yield start, min(total, position)
            if position > total:
                return
            position += 2 if message[position : position + 2] == b"\r\n" else message[position : position + 1] == b"\n"
        if position == self._start < total and not may_begin_chunk_size(message, position):
            # Not chunked at all despite its header: archives of other tools hold such bodies, already de-chunked.
            self.whole = True
            yield position, total


def content_decoded(entity: bytes, headers: Headers) -> tuple[bytes, bool]:
    """Return the payload without its content-codings, and whether the compressed stream was whole.

    A body that is not coded as its header says is decoded by its first bytes or returned as it is: servers and archives
    lie. A page of HTML that is gzip without saying so is decoded too.
    """
    codings = _tokens(headers, "content-encoding")
    if not codings and entity[:2] == _GZIP_MAGIC and _media_type(headers) in _HTML:
        codings = ["gzip"]
    decoders = [decoder for coding in reversed(codings) if (decoder := _DECODERS.get(coding))]
    if len(decoders) > MAX_CODINGS:
        return entity[:MAX_PAYLOAD], False
    whole = True
    for decode in decoders:
        if not entity:
            break
        entity, complete = decode(entity)
        whole = whole and complete
    return entity[:MAX_PAYLOAD] if len(entity) > MAX_PAYLOAD else entity, whole and len(entity) <= MAX_PAYLOAD


def _tokens(headers: Headers, name: str) -> list[str]:
    """Return the elements of the list header ``name`` in lower case, without their parameters."""
    lines = [value for key, value in headers if key.lower() == name]
    if not lines:
        return []
    elements = (element.partition(";")[0].strip().lower() for element in ",".join(lines).split(","))
    return [element for element in elements if element]


def _media_type(headers: Headers) -> str:
    return next(iter(_tokens(headers, "content-type")), "")


def _inflated(data: bytes, *, raw_in_part: bool) -> tuple[bytes, bool]:
    """Inflate gzip, zlib or raw deflate, whichever ``data`` is; ``data`` itself, whole, where it is none of them.

    ``raw_in_part`` accepts raw deflate that breaks off. Raw deflate has no header, so that bytes which are something
    else may look like its beginning.
    """
    if data[:2] == _GZIP_MAGIC:
        return _gunzipped(data)
    for bits in (15, -15):
        payload, whole = _inflated_as(data, bits)
        if payload is not data and (whole or (payload and bits > 0) or (raw_in_part and len(payload) > len(data))):
            return payload, whole
    return data, True


def _inflated_as(data: bytes, bits: int) -> tuple[bytes, bool]:
    # isal inflates a page in half of zlib's time. What it refuses goes to zlib, which gives what can be had of it.
    fast = isal_zlib.decompressobj(bits)
    try:
        payload = fast.decompress(data, MAX_PAYLOAD + 1)
    except _ISAL_ERROR:
        payload = b""
    if payload:
        return payload, fast.eof
    inflater = zlib.decompressobj(bits)
    payload, whole = _decoded(data, inflater.decompress, zlib.error)
    return payload, whole if payload is data else whole and inflater.eof


def _gunzipped(data: bytes) -> tuple[bytes, bool]:
    """Inflate all gzip members; what follows the last one is ignored, as browsers do."""
    fast = isal_zlib.decompressobj(31)
    try:
        payload = fast.decompress(data, MAX_PAYLOAD + 1)
    except _ISAL_ERROR:
        return _inflated_as(data, 31)
    if fast.eof:
        position = len(data) - len(fast.unused_data)
        return (payload, True) if data[position : position + 2] != _GZIP_MAGIC else _members(data, payload, position)
    if len(payload) <= MAX_PAYLOAD and _lacks_trailer_only(data):
        return payload, True
    return (payload, False) if payload else _inflated_as(data, 31)


def _members(data: bytes, first: bytes, position: int) -> tuple[bytes, bool]:
    """Inflate the members from ``position`` on, after the payload of the first one."""
    decoded = bytearray(first)
    view = memoryview(data)
    for _ in range(MAX_MEMBERS):
        if data[position : position + 2] != _GZIP_MAGIC:
            return bytes(decoded), True
        inflater = isal_zlib.decompressobj(31)
        while not inflater.eof and position < len(data) and len(decoded) <= MAX_PAYLOAD:
            piece = view[position : position + _PIECE]
            try:
                decoded += inflater.decompress(piece, MAX_PAYLOAD + 1)
            except _ISAL_ERROR:
                return bytes(decoded), False
            position += len(piece) - len(inflater.unused_data)
        if not inflater.eof:
            return bytes(decoded), False
    return bytes(decoded), False


def _lacks_trailer_only(data: bytes) -> bool:
    """Return whether the deflate stream of the only gzip member in ``data`` ends, though its trailer is cut off."""
    start = _gzip_header_end(data)
    if start is None:
        return False
    inflater = isal_zlib.decompressobj(-15)
    try:
        inflater.decompress(memoryview(data)[start:], MAX_PAYLOAD + 1)
    except _ISAL_ERROR:
        return False
    return inflater.eof


def _gzip_header_end(data: bytes) -> int | None:
    """Return where the deflate stream of a gzip member begins (RFC 1952, 2.3), or None if the header is cut off."""
    flags, position = data[3:4], 10
    if not flags:
        return None
    if flags[0] & 4:
        position += 2 + int.from_bytes(data[position : position + 2], "little")
    for flag in (8, 16):  # file name, comment
        if flags[0] & flag:
            end = data.find(b"\0", position)
            if end < 0:
                return None
            position = end + 1
    return position + 2 * bool(flags[0] & 2)


def _unbrotli(data: bytes) -> tuple[bytes, bool]:
    """Decode a brotli stream; what follows its end is ignored."""
    payload, failed_at, whole = _unbrotli_until(data, len(data))
    if failed_at is not None:
        # The decoder also fails at what follows the stream, unless that comes in a call of its own.
        payload, failed_at, whole = _unbrotli_until(data, failed_at)
    return (payload, whole) if payload or whole else (data, True)


def _unbrotli_until(data: bytes, bytewise_from: int) -> tuple[bytes, int | None, bool]:
    """Decode ``data`` piece by piece, from ``bytewise_from`` on byte by byte.

    Return what came out, the start of the piece that the decoder failed at, and whether the stream came to its end.
    """
    decoder = brotli.Decompressor()
    decoded = bytearray()
    position = 0
    while position < len(data) and len(decoded) <= MAX_PAYLOAD:
        step = _PIECE if position < bytewise_from else 1
        try:
            decoded += decoder.process(data[position : position + step], output_buffer_limit=MAX_PAYLOAD + 1)
        except brotli.error:
            return bytes(decoded), position, False
        if decoder.is_finished():
            return bytes(decoded), None, True
        position += step
    return bytes(decoded), None, False


def _unzstd(data: bytes) -> tuple[bytes, bool]:
    """Decode all zstd frames; what follows the last one is ignored."""
    decoded = bytearray()
    position, frames, decoder = 0, 0, None
    while position < len(data):
        if decoder is None:
            if frames and not _ZSTD_FRAME.match(data, position):
                return bytes(decoded), True
            if frames == MAX_MEMBERS:
                return bytes(decoded), False
            frames += 1
            decoder = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
        piece = data[position : position + _ZSTD_PIECE]
        try:
            decoded += decoder.decompress(piece)
        except zstandard.ZstdError:
            return (bytes(decoded), False) if decoded else (data, True)
        position += len(piece)
        if decoder.eof:
            position -= len(decoder.unused_data)
            decoder = None
        if len(decoded) > MAX_PAYLOAD:
            return bytes(decoded), False
    return bytes(decoded), decoder is None


def _decoded(data: bytes, decode: Callable[[bytes, int], bytes], error: type[Exception]) -> tuple[bytes, bool]:
    """Return what ``decode`` makes of ``data`` before its first error; piece by piece, so that a bomb stays small.

    ``data`` itself when there is an error from the start: then it is not coded so.
    """
    pieces: list[bytes] = []
    size = 0
    for start in range(0, len(data), _PIECE):
        try:
            piece = decode(data[start : start + _PIECE], MAX_PAYLOAD + 1)
        except error:
            return (b"".join(pieces), False) if size else (data, True)
        pieces.append(piece)
        size += len(piece)
        if size > MAX_PAYLOAD:
            break
    return b"".join(pieces), True


_DECODERS: dict[str, Callable[[bytes], tuple[bytes, bool]]] = {
    "gzip": lambda data: _inflated(data, raw_in_part=False),
    "x-gzip": lambda data: _inflated(data, raw_in_part=False),
    # "deflate" is zlib by RFC 9110, 8.4.1.2, raw deflate by the habit of many servers.
    "deflate": lambda data: _inflated(data, raw_in_part=True),
    "br": _unbrotli,
    "zstd": _unzstd,
}
