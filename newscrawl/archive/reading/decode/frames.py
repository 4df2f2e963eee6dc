"""Find where Zstandard and LZ4 frames end, and decode them block by block.

Both formats write the size of each block before it, so a frame is walked without decoding it, its end is known to the
byte, and no more than one block (Zstandard 128 KiB, LZ4 4 MiB) is decoded at once. Sources: RFC 8878, sections 3.1.1
and 3.1.2; LZ4 Frame Format 1.6.4; the dictionary: https://iipc.github.io/warc-specifications/specifications/warc-zstd/.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import lz4.frame
import zstandard

from newscrawl.archive.reading.decode.raw import RawBytes

ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
LZ4_MAGIC = b"\x04\x22\x4d\x18"
_SKIPPABLE = b"\x2a\x4d\x18"
"""Skippable frames of both formats have the magic numbers 0x184D2A50 to 0x184D2A5F, little-endian."""
_DICTIONARY = 0x5D
"""The skippable frame 0x184D2A5D at the start of a .warc.zst holds the dictionary of the frames after it."""
MAX_DICTIONARY = 16 * 1024 * 1024
_MAX_WINDOW = 2**27
_MAX_ZSTD_BLOCK = 128 * 1024
_MAX_LZ4_BLOCK = 4 * 1024 * 1024
_LZ4_PIECE = 256 * 1024


class FrameError(Exception):
    """The frame is torn or breaks its format."""


def is_skippable(start: bytes) -> bool:
    """Return whether ``start`` begins a skippable frame."""
    return start[1:4] == _SKIPPABLE and start[0] & 0xF0 == 0x50


def skipped_frame(raw: RawBytes) -> bytes | None:
    """Skip a skippable frame; return its content if it is a dictionary.

    Raises:
        FrameError: the frame is torn, or a dictionary above :data:`MAX_DICTIONARY`.
    """
    head = _exactly(raw, 8)
    size = int.from_bytes(head[4:], "little")
    if head[0] != _DICTIONARY:
        _pass_over(raw, size)
        return None
    if size > MAX_DICTIONARY:
        raise FrameError(f"a dictionary of {size} bytes")
    return _exactly(raw, size)


def zstd_decompressor(dictionary: bytes | None = None) -> zstandard.ZstdDecompressor:
    """Return a decompressor with a bounded window; ``dictionary`` is the content of its frame, compressed or not.

    Raises:
        FrameError: the dictionary cannot be read.
    """
    if dictionary is None:
        return zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW)
    try:
        if dictionary.startswith(ZSTD_MAGIC):
            plain = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).stream_reader(dictionary)
            dictionary = plain.read(MAX_DICTIONARY)
        content = zstandard.ZstdCompressionDict(dictionary)
    except zstandard.ZstdError as error:
        raise FrameError(f"unreadable dictionary: {error}") from error
    return zstandard.ZstdDecompressor(dict_data=content, max_window_size=_MAX_WINDOW)


def zstd_decoded(raw: RawBytes, decompressor: zstandard.ZstdDecompressor) -> Iterator[bytes]:
    """Yield the decoded blocks of the frame at which ``raw`` stands.

    Raises:
        FrameError: the frame is torn or corrupt.
    """
    decoder = decompressor.decompressobj()
    try:
        for unit in _zstd_units(raw):
            yield decoder.decompress(unit)
    except zstandard.ZstdError as error:
        raise FrameError(str(error)) from error


def lz4_decoded(raw: RawBytes) -> Iterator[bytes]:
    """Yield the decoded bytes of the frame at which ``raw`` stands, no more than :data:`_LZ4_PIECE` at once.

    Raises:
        FrameError: the frame is torn or corrupt.
    """
    units = _lz4_units(raw)
    # Memory for a block is allocated with the head of a frame, so a false head is refused before.
    head = next(units)
    decoder = lz4.frame.LZ4FrameDecompressor()
    try:
        for unit in chain((head,), units):
            data = unit
            while data or not (decoder.needs_input or decoder.eof):
                yield decoder.decompress(data, _LZ4_PIECE)
                data = b""
    except (RuntimeError, EOFError, ValueError) as error:
        raise FrameError(str(error)) from error


def _zstd_units(raw: RawBytes) -> Iterator[bytes]:
    head = _exactly(raw, 5)
    descriptor = head[4]
    single_segment = descriptor >> 5 & 1
    size_bytes = (single_segment, 2, 4, 8)[descriptor >> 6]
    dictionary_bytes = (0, 1, 2, 4)[descriptor & 3]
    yield head + _exactly(raw, (not single_segment) + dictionary_bytes + size_bytes)
    last = False
    while not last:
        block_head = _exactly(raw, 3)
        fields = int.from_bytes(block_head, "little")
        last, kind, size = bool(fields & 1), fields >> 1 & 3, fields >> 3
        if kind == 3 or size > _MAX_ZSTD_BLOCK:
            raise FrameError(f"not a Zstandard block: type {kind}, {size} bytes")
        yield block_head + _exactly(raw, 1 if kind == 1 else size)
    if descriptor >> 2 & 1:
        yield _exactly(raw, 4)


def _lz4_units(raw: RawBytes) -> Iterator[bytes]:
    head = _exactly(raw, 6)
    flags = head[4]
    if flags >> 6 != 1:
        raise FrameError(f"LZ4 frame version {flags >> 6}")
    yield head + _exactly(raw, 8 * (flags >> 3 & 1) + 4 * (flags & 1) + 1)
    checksum_bytes = 4 * (flags >> 4 & 1)
    while True:
        size_field = _exactly(raw, 4)
        size = int.from_bytes(size_field, "little") & 0x7FFFFFFF
        if size > _MAX_LZ4_BLOCK:
            raise FrameError(f"an LZ4 block of {size} bytes")
        if size == 0:
            yield size_field + _exactly(raw, 4 * (flags >> 2 & 1))
            return
        yield size_field + _exactly(raw, size + checksum_bytes)


def _exactly(raw: RawBytes, size: int) -> bytes:
    data = raw.read(size)
    if len(data) < size:
        raise FrameError("the file ends inside this frame")
    return data


def _pass_over(raw: RawBytes, size: int) -> None:
    while size > 0:
        data = raw.read(min(size, 65536))
        if not data:
            raise FrameError("the file ends inside this frame")
        size -= len(data)
