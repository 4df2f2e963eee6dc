"""The decoded bytes of an archive file, member by member, with the place in the file where each member begins.

A member is what can be decoded on its own: a gzip member (RFC 1952), a Zstandard or LZ4 frame, or the whole of an
uncompressed file. WARC 1.1, annex D, asks for one gzip member a record; files compressed as a whole exist too. A member
that is torn or corrupt ends with a fault, and reading goes on at the next place where a member begins with a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from io import BytesIO
from typing import BinaryIO, NamedTuple

import zstandard
from isal import igzip_lib

from newscrawl.archive.reading.decode import frames
from newscrawl.archive.reading.decode.raw import RawBytes

MAX_PIECE = 256 * 1024
"""Decoded bytes of a gzip member handed out at once: whatever a member expands to, no more than this is held for it."""

GZIP_MAGIC = b"\x1f\x8b\x08"
RECORD_STARTS = (b"WARC/", b"http", b"filedesc:", b"dns:", b"ftp:", b"\r\n", b"\n")
"""What decoded bytes begin with where a record begins: WARC, ARC, or the blank lines before one."""
_PROBE = 16
_WARC = re.compile(rb"WARC/\d\.\d")
_START = 8
_ISAL_ERROR: type[Exception] = igzip_lib.IsalError  # type: ignore[assignment]  # its stub declares an instance


class Piece(NamedTuple):
    """Some decoded bytes of one member."""

    member: int
    """Offset in the file at which the member begins."""
    data: bytes
    last: bool
    """No more of this member follows."""
    end: int = 0
    """With ``last``: offset in the file of the byte after the member."""
    fault: str | None = None
    """Why the member ends here although it should not; only with ``last``."""


def pieces_of(stream: BinaryIO, filename: str, offset: int = 0) -> tuple[str, Generator[Piece, None, None]]:
    """Return the coding of ``stream`` and its pieces, read from ``offset``.

    The coding is told by the first bytes; where these are damaged, by the extension of ``filename``.
    """
    raw = RawBytes(stream, offset)
    coding = coding_of(raw.peek(_START), filename)
    return coding, _DECODERS[coding](raw)


def coding_of(start: bytes, filename: str) -> str:
    """``gzip``, ``zstd``, ``lz4`` or ``plain``."""
    if start.startswith(GZIP_MAGIC[:2]):
        return "gzip"
    if start.startswith(frames.ZSTD_MAGIC) or frames.is_skippable(start):
        return "zstd"
    if start.startswith(frames.LZ4_MAGIC):
        return "lz4"
    if _WARC.match(start):
        return "plain"  # whatever the name says
    name = filename.removesuffix(".open")
    return next((coding for suffix, coding in _SUFFIXES if name.endswith(suffix)), "plain")


_SUFFIXES = ((".gz", "gzip"), (".zst", "zstd"), (".lz4", "lz4"))


def _plain_pieces(raw: RawBytes) -> Generator[Piece, None, None]:
    start = raw.position
    while data := raw.take():
        yield Piece(start, data, last=False)
    yield Piece(start, b"", last=True, end=raw.position)


def _gzip_pieces(raw: RawBytes) -> Generator[Piece, None, None]:
    while raw.peek(1):
        start = raw.position
        inflater = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
        try:
            while not inflater.eof:
                data = raw.take() if inflater.needs_input else b""
                if not data and inflater.needs_input:
                    break
                decoded = inflater.decompress(data, MAX_PIECE)
                if inflater.eof:
                    raw.give_back(inflater.unused_data)
                yield Piece(start, decoded, inflater.eof, raw.position)
            fault = None if inflater.eof else "the file ends inside it"
        except (_ISAL_ERROR, frames.FrameError) as error:
            fault = str(error)
        if fault is not None:
            yield _broken(raw, start, f"broken gzip member: {fault}", GZIP_MAGIC, _gzip_begins)


def _zstd_pieces(raw: RawBytes) -> Generator[Piece, None, None]:
    decompressor = frames.zstd_decompressor()

    def begins(start: bytes) -> bool:
        return _begins(frames.zstd_decoded(RawBytes(BytesIO(start)), decompressor))

    while start_bytes := raw.peek(4):
        start = raw.position
        try:
            if frames.is_skippable(start_bytes):
                dictionary = frames.skipped_frame(raw)
                decompressor = frames.zstd_decompressor(dictionary) if dictionary else decompressor
                continue
            yield from _frame_pieces(raw, frames.zstd_decoded(raw, decompressor))
        except frames.FrameError as error:
            yield _broken(raw, start, f"broken Zstandard frame: {error}", frames.ZSTD_MAGIC, begins)


def _lz4_pieces(raw: RawBytes) -> Generator[Piece, None, None]:
    def begins(start: bytes) -> bool:
        return _begins(frames.lz4_decoded(RawBytes(BytesIO(start))))

    while start_bytes := raw.peek(4):
        start = raw.position
        try:
            if frames.is_skippable(start_bytes):
                frames.skipped_frame(raw)
                continue
            yield from _frame_pieces(raw, frames.lz4_decoded(raw))
        except frames.FrameError as error:
            yield _broken(raw, start, f"broken LZ4 frame: {error}", frames.LZ4_MAGIC, begins)


def _frame_pieces(raw: RawBytes, decoded: Iterator[bytes]) -> Generator[Piece, None, None]:
    start, held = raw.position, b""
    for data in decoded:
        if held:
            yield Piece(start, held, last=False)
        held = data
    yield Piece(start, held, last=True, end=raw.position)


def _broken(raw: RawBytes, start: int, fault: str, magic: bytes, begins: Callable[[bytes], bool]) -> Piece:
    """Return the end of the broken member at ``start``; ``raw`` then stands at the next good member, or at its end."""
    raw.find(magic, start + 1, begins)
    return Piece(start, b"", True, raw.position, f"{fault}; {raw.position - start} bytes passed over")


def _gzip_begins(start: bytes) -> bool:
    inflater = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
    try:
        return bool(inflater.decompress(start, _PROBE).startswith(RECORD_STARTS))
    except _ISAL_ERROR:
        return False


def _begins(decoded: Iterator[bytes]) -> bool:
    """Whether a frame decodes to the beginning of a record: its first bytes tell."""
    try:
        return next((data for data in decoded if data), b"").startswith(RECORD_STARTS)
    except (frames.FrameError, zstandard.ZstdError):
        return False


_DECODERS: dict[str, Callable[[RawBytes], Generator[Piece, None, None]]] = {
    "gzip": _gzip_pieces,
    "zstd": _zstd_pieces,
    "lz4": _lz4_pieces,
    "plain": _plain_pieces,
}
