"""How records lie in a file: one gzip member each, one Zstandard frame each, or as they are.

Sources: WARC 1.1, annex D; https://iipc.github.io/warc-specifications/specifications/warc-zstd/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import zstandard
from isal import isal_zlib

from newscrawl.archive.tape import Message

RECORD_END = b"\r\n\r\n"

_AT_ONCE = 1024 * 1024
"""Blocks up to this size are compressed by one call; larger ones in pieces, so that their copies stay small."""
_PIECE = 256 * 1024
_GZIP = 31
_LEVEL = 1
"""isal's: 1 takes 0.05 ms for a gzip-coded page of 25 KB (zlib's 6: 0.5 ms); 3 takes twice that for the same size."""
_ZSTD_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Compression:
    """One way of the three."""

    name: str
    """Value of ``WARC_COMPRESSION``."""
    suffix: str
    """Of the file name."""
    member: Callable[[bytes, Message], Iterator[bytes]]
    """The bytes of one record, head and block, as they go into the file."""


def _plain(head: bytes, block: Message) -> Iterator[bytes]:
    yield head
    yield from _pieces(block)
    yield RECORD_END


def _gzipped(head: bytes, block: Message) -> Iterator[bytes]:
    if len(block) <= _AT_ONCE:
        yield isal_zlib.compress(b"".join((head, block, RECORD_END)), _LEVEL, _GZIP)
        return
    compressor = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, _GZIP)
    for piece in (head, *_pieces(block), RECORD_END):
        yield compressor.compress(piece)
    yield compressor.flush()


def _zstd(head: bytes, block: Message) -> Iterator[bytes]:
    compressor = zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True)
    if len(block) <= _AT_ONCE:
        yield compressor.compress(b"".join((head, block, RECORD_END)))
        return
    # The size in the frame's header lets readers allocate once; the specification recommends it.
    stream = compressor.compressobj(size=len(head) + len(block) + len(RECORD_END))
    for piece in (head, *_pieces(block), RECORD_END):
        yield stream.compress(piece)
    yield stream.flush()


def _pieces(block: Message) -> Iterator[bytes]:
    for start in range(0, len(block), _PIECE):
        yield block[start : start + _PIECE]


COMPRESSIONS = {
    "gzip": Compression("gzip", ".warc.gz", _gzipped),
    "zstd": Compression("zstd", ".warc.zst", _zstd),
    "none": Compression("none", ".warc", _plain),
}
