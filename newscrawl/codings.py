"""HTTP's codings undone: transfer-coding (RFC 9112, 7) and content-coding (RFC 9110, 8.4), within limits."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from mmap import mmap

import brotli
import zstandard
from isal import isal_zlib

MAX_PAYLOAD = 64 * 1024 * 1024
"""Bytes of a decoded payload that are kept: above the 50 MB page of the extraction tests, below what hurts a worker."""

Headers = tuple[tuple[str, str], ...]

_ISAL_ERROR: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stub declares an instance
_PIECE = 65_536
_ZSTD_PIECE = 512  # its decoder takes no limit on the output; so few bytes give at most 16 MB
_LENGTH = re.compile(r"[0-9]{1,18}")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[^\n]*\n")


def transfer_decoded(body: bytes, headers: Headers) -> tuple[bytes, bool]:
    """The body without its transfer-coding, and whether it came whole (last chunk seen, Content-Length reached)."""
    entity = Entity(body, headers)
    if not entity.chunked:
        (start, end), *_ = entity.spans()
        return body if end - start == len(body) else body[start:end], entity.whole
    # A bytearray and no list of pieces: a hostile body has a chunk a byte.
    decoded = bytearray()
    for start, end in entity.spans():
        decoded += body[start:end]
    return bytes(decoded), entity.whole


class Entity:
    """Where in ``message``, whose body begins at ``start``, the body without its transfer-coding lies.

    For bodies that are too large to be copied; :func:`transfer_decoded` gives the same as one string.
    """

    def __init__(self, message: bytes | mmap, headers: Headers, start: int = 0) -> None:
        self._message = message
        self._start = start
        codings = _values(headers, "transfer-encoding")
        self.chunked = "chunked" in codings
        self.length: int | None = None
        """Content-Length, where that is what ends the body."""
        if not codings:
            lengths = [
                value for name, value in headers if name.lower() == "content-length" and _LENGTH.fullmatch(value)
            ]
            self.length = int(lengths[0]) if lengths else None
        self.whole = False
        """Known once all of :meth:`spans` was taken: last chunk seen, Content-Length reached."""

    def spans(self) -> Iterator[tuple[int, int]]:
        """Start and end of each piece, in order."""
        if self.chunked:
            yield from self._chunks()
            return
        end = len(self._message) if self.length is None else min(len(self._message), self._start + self.length)
        self.whole = self.length is None or end == self._start + self.length
        yield self._start, end

    def _chunks(self) -> Iterator[tuple[int, int]]:
        message = self._message
        position, total = self._start, len(message)
        while size_line := _CHUNK_SIZE.match(message, position):
            size = int(size_line[1], 16)
            start, position = size_line.end(), size_line.end() + size
            if size == 0:
                self.whole = True
                return
            yield start, min(total, position)
            if position > total:
                return
            position += 2 if message[position : position + 2] == b"\r\n" else message[position : position + 1] == b"\n"
        if position == self._start < total:
            # Not chunked at all despite its header: archives of other tools hold such bodies, already de-chunked.
            self.whole = True
            yield position, total


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
    lines = [value for key, value in headers if key.lower() == name]
    return [value.strip().lower() for value in ",".join(lines).split(",") if value.strip()] if lines else []


def _inflated(data: bytes, *window_bits: int) -> tuple[bytes, bool]:
    payload, whole = data, True
    for bits in window_bits:
        # isal inflates a page in half of zlib's time; what it refuses goes to zlib, which gives what can be had of it.
        fast = isal_zlib.decompressobj(bits)
        with suppress(_ISAL_ERROR):
            if payload := fast.decompress(data, MAX_PAYLOAD + 1):
                return payload, fast.eof
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
    payload, whole = _decoded(data, lambda piece, _: decoder.decompress(piece), zstandard.ZstdError, _ZSTD_PIECE)
    return payload, whole and (payload is data or decoder.eof)


def _decoded(
    data: bytes, decode: Callable[[bytes, int], bytes], error: type[Exception], step: int = _PIECE
) -> tuple[bytes, bool]:
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
