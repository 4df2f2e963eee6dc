"""Where Zstandard and LZ4 frames end, and what they decode to, block by block.

Both formats write the size of each block before it, so a frame is walked without decoding it, its end is known to the
byte, and no more than one block (Zstandard 128 KiB, LZ4 4 MiB) is decoded at once. Sources: RFC 8878, sections 3.1.1
and 3.1.2; LZ4 Frame Format 1.6.4; the dictionary: https://iipc.github.io/warc-specifications/specifications/warc-zstd/.
"""

from __future__ import annotations

from collections.abc import Iterator

import zstandard
from fastwarc.stream_io import Lz4Reader

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
_LZ4_READ = 256 * 1024


class FrameError(Exception):
    """The frame is torn or breaks its format."""


def is_skippable(start: bytes) -> bool:
    """Whether a skippable frame begins here."""
    return start[1:4] == _SKIPPABLE and start[0] & 0xF0 == 0x50


def skipped_frame(raw: RawBytes) -> bytes | None:
    """Pass over a skippable frame; return its content when it is a dictionary.

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
    """A decompressor with bounded window; ``dictionary`` as it lies in its frame, compressed or not.

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
    """The decoded blocks of the frame at which ``raw`` stands.

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
    """The decoded bytes of the frame at which ``raw`` stands.

    Raises:
        FrameError: the frame is torn or corrupt.
    """
    frame = _FrameFile(_lz4_units(raw))
    try:
        reader = Lz4Reader(frame)
        while data := reader.read(_LZ4_READ):
            yield data
    except (OSError, ValueError, EOFError) as error:
        raise FrameError(str(frame.error or error)) from error
    if frame.error is not None:
        raise frame.error


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
            raise FrameError(f"no Zstandard block: type {kind}, {size} bytes")
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


class _FrameFile:
    """The units of one frame as the file that a decoder pulls from; remembers why they broke off."""

    def __init__(self, units: Iterator[bytes]) -> None:
        self._units = units
        self._rest = b""
        self._position = 0
        self.error: FrameError | None = None

    def read(self, size: int = -1) -> bytes:
        if not self._rest:
            try:
                self._rest = next(self._units, b"")
            except FrameError as error:
                self.error = error
        data = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(data) :]
        self._position += len(data)
        return data

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError(f"a frame is read forward only, not to {offset}, {whence}")

    def close(self) -> None:
        self._rest = b""


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
