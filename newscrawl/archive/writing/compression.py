"""How records lie in a file: one gzip member each, one Zstandard frame each, or as they are.

Sources: WARC 1.1, annex D; https://iipc.github.io/warc-specifications/specifications/warc-zstd/.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import zstandard
from isal import isal_zlib

from newscrawl.archive.records.parse_head import RECORD_END

_GZIP = 31
_LEVEL = 1
"""isal's: 1 takes 0.05 ms for a gzip-coded page of 25 KB (zlib's 6: 0.5 ms); 3 takes twice that for the same size."""
_SMALL = 2048
_SMALL_LEVEL = 0
"""Of isal, for records whose block is smaller than that (requests, contexts): 2 µs instead of 7 for 0.8 KB, at 0.18 KB
more a record."""
_ZSTD_LEVEL = 3

_RAW = -15
"""Deflate without the frame of gzip."""
_WORTH_A_LOOK = 8 * 1024
_SAMPLE = 128
_CODED = 72
"""A record with more different bytes than that in a sample of 128 from its middle is coded already (a page as served,
a picture): noise has 101 on average, a gzip stream 98, text in UTF-8 up to 66. It is stored: that takes 0.02 ms instead
of 0.07, and deflating it again would gain 0.2 % at most."""
_HEADS = 4096
"""Bytes at the beginning of a block in which the head of its message is looked for: it is deflated whatever follows."""
_HEAD_END = b"\r\n\r\n"
_STORED = 65_535
"""Bytes that a stored block may hold (RFC 1951, 3.2.4)."""
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""No name, no time, any system."""


Pieces = list[bytes | memoryview]


class Target(Protocol):
    """Takes the bytes of a file."""

    def write(self, data: bytes | memoryview, /) -> object:
        """Append ``data``."""
        ...

    def writelines(self, pieces: Pieces, /) -> object:
        """Append all ``pieces``."""
        ...


class Stream(Protocol):
    """A compressor of both libraries."""

    def compress(self, data: bytes, /) -> bytes: ...  # noqa: D102 - a protocol

    def flush(self) -> bytes: ...  # noqa: D102 - a protocol


@dataclass(frozen=True, slots=True)
class Compression:
    """One way of the three."""

    name: str
    """Value of ``WARC_COMPRESSION``."""
    suffix: str
    """Of the file name."""
    whole: Callable[[bytes, bytes], Pieces]
    """A record of this head and block, as its pieces go into the file."""
    stream: Callable[[int], Stream]
    """The same piece by piece, for a record of so many bytes."""


class Member:
    """A large record on its way into a file: what :class:`warcio.warcwriter.WARCWriter` writes to."""

    __slots__ = ("_stream", "_target")

    def __init__(self, stream: Stream, target: Target) -> None:
        self._stream = stream
        self._target = target

    def write(self, data: bytes) -> None:
        """Append ``data``."""
        self._target.write(self._stream.compress(data))

    def flush(self) -> None:
        """End the member of the complete record."""
        self._target.write(self._stream.flush())


class _Plain:
    def compress(self, data: bytes) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


def _gzip_stream(_: int) -> Any:
    return isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, _GZIP)


def _zstd_whole(head: bytes, block: bytes) -> Pieces:
    return [zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True).compress(head + block + RECORD_END)]


def _zstd_stream(size: int) -> Any:
    # The size in the frame's header lets readers allocate once; the specification recommends it.
    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True).compressobj(size=size)


def _gzip_whole(head: bytes, block: bytes) -> Pieces:
    size = len(block)
    if size > _WORTH_A_LOOK and len(set(block[size // 2 : size // 2 + _SAMPLE])) > _CODED:
        return _gzip_stored(head, block)
    return [isal_zlib.compress(head + block + RECORD_END, _SMALL_LEVEL if size < _SMALL else _LEVEL, _GZIP)]


def _gzip_stored(head: bytes, block: bytes) -> Pieces:
    """Return a gzip member (RFC 1952) whose beginning, with the heads, is deflated; the rest lies in stored blocks."""
    body = block.find(_HEAD_END, 0, _HEADS) + len(_HEAD_END)
    deflater = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, _RAW)
    deflated = deflater.compress(head + block[:body]) + deflater.flush(isal_zlib.Z_FULL_FLUSH)
    pieces: Pieces = [_GZIP_HEADER, deflated]
    view = memoryview(block)
    for start in range(body, len(block), _STORED):
        stored = view[start : start + _STORED]
        pieces += (_stored_block(len(stored), last=False), stored)
    check = isal_zlib.crc32(RECORD_END, isal_zlib.crc32(block, isal_zlib.crc32(head)))
    size = len(head) + len(block) + len(RECORD_END)
    pieces += (_stored_block(len(RECORD_END), last=True), RECORD_END, struct.pack("<II", check, size))
    return pieces


def _stored_block(size: int, *, last: bool) -> bytes:
    """Return the beginning of a stored block: whether it is the last one, its type, its size (RFC 1951, 3.2.4)."""
    return struct.pack("<BHH", last, size, size ^ 0xFFFF)


COMPRESSIONS = {
    "gzip": Compression("gzip", ".warc.gz", _gzip_whole, _gzip_stream),
    "zstd": Compression("zstd", ".warc.zst", _zstd_whole, _zstd_stream),
    "none": Compression("none", ".warc", lambda head, block: [head, block, RECORD_END], lambda _: _Plain()),
}
