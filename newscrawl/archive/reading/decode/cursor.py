"""A cursor over the decoded bytes of an archive file that knows where in the file it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from newscrawl.archive.reading.decode.frames import FrameError
from newscrawl.archive.reading.decode.gzip_members import Piece, pieces_of

_SEEK_FROM = 1024 * 1024
"""Bytes from which passing over is done by seeking where that is possible."""


class Decoded:
    """The bytes of one member at a time; :meth:`next_member` goes on, :meth:`joins_next` glues the next one on.

    ``buffer[pos:]`` is what is at hand; :meth:`fill` makes it longer.
    """

    def __init__(self, stream: BinaryIO, filename: str, offset: int = 0) -> None:
        self._stream = stream
        self._filename = filename
        size = stream.seek(0, 2) if stream.seekable() else None
        if size is not None:
            stream.seek(offset)
        self.coding, self._pieces = pieces_of(stream, filename, offset)
        self.plain = self.coding == "plain"
        self._size = size if self.plain else None
        self._held: Piece | None = None
        self._base = 0
        self._last = True
        self._given_up = False
        self._end = offset
        self.buffer = b""
        self.pos = 0
        self.member = offset
        self.fault: str | None = None
        """Why the present member ended before its time."""

    @property
    def inside(self) -> int:
        """Decoded bytes of the member before the cursor."""
        return self._base + self.pos

    @property
    def offset(self) -> int:
        """The place in the file: of the cursor in an uncompressed file, else of the member."""
        return self.member + self.inside if self.plain else self.member

    @property
    def member_end(self) -> int | None:
        """Offset in the file of the byte after the present member, when the cursor is at its sound end; else None."""
        return None if self.fill(1) or self.fault is not None else self._end

    @property
    def remaining(self) -> int | None:
        """Bytes from the cursor to the end of an uncompressed regular file; None where that is not known."""
        return None if self._size is None else self._size - self.offset

    @property
    def seekable(self) -> bool:
        """Whether :meth:`seek` works: an uncompressed regular file."""
        return self._size is not None

    def fill(self, size: int) -> int:
        """Have ``size`` bytes of this member at hand; return how many there are, fewer only at its end."""
        available = len(self.buffer) - self.pos
        if available >= size or self._last:
            return available
        parts = [self.buffer[self.pos :]]
        while available < size and not self._last:
            piece = self._next_piece()
            if piece is None:
                break
            parts.append(piece.data)
            available += len(piece.data)
        self._base += self.pos
        self.buffer, self.pos = b"".join(parts), 0
        return available

    def take(self, size: int) -> bytes:
        """Up to ``size`` bytes of those at hand; more are fetched only when there are none."""
        if self.pos >= len(self.buffer):
            self.fill(1)
        data = self.buffer[self.pos : self.pos + size]
        self.pos += len(data)
        return data

    def pass_over(self, size: int) -> int:
        """Move ``size`` bytes on within this member; return by how many it went."""
        if self.seekable and size > _SEEK_FROM:
            size = min(size, self.remaining or 0)
            self.seek(self.offset + size)
            return size
        passed = 0
        while passed < size and (data := self.take(size - passed)):
            passed += len(data)
        return passed

    def seek(self, offset: int) -> None:
        """Go to ``offset`` of an uncompressed regular file."""
        _, self._pieces = pieces_of(self._stream, ".", offset)
        self._base, self._last, self._held = 0, False, None
        self.buffer, self.pos, self.member = b"", 0, offset

    def end_member(self, limit: int) -> None:
        """Pass over the rest of this member, or give it up after ``limit`` decoded bytes."""
        passed = 0
        self.buffer, self.pos = b"", 0
        if self.coding == "lz4" and self._held is None:
            # Most LZ4 frames have no checksum: one with a broken record may have swallowed the next one's beginning.
            self.abandon("a broken record")
        while not self._last and (piece := self._next_piece()) is not None:
            passed += len(piece.data)
            if passed > limit:
                self.abandon(f"more than {limit} bytes that belong to no record")

    def next_member(self) -> bool:
        """Go to the beginning of the next member, when this one was read to its end; False at the end of the file."""
        piece = self._held or next(self._pieces, None)
        self._held = None
        self.buffer, self.pos, self._base, self.fault = b"", 0, 0, None
        if piece is None:
            return False
        self._begin(piece)
        self.buffer = piece.data
        return True

    def joins_next(self, is_start: Callable[[bytes], bool]) -> bool:
        """Glue the next member on, unless the file ends, this member is broken, or the next begins with a record."""
        if not self._last or self.fault is not None:
            return False
        piece = self._held or next(self._pieces, None)
        self._held = piece
        if piece is None or is_start(piece.data):
            return False
        self._held = None
        self._base += self.pos
        self.buffer, self.pos = self.buffer[self.pos :] + piece.data, 0
        self._begin(piece)
        return True

    def abandon(self, reason: str) -> None:
        """Give this member up without decoding its rest; the next one is searched in the file."""
        self._last = True
        self.buffer, self.pos = b"", 0
        if self.plain or self._given_up:
            return
        self._given_up = True
        piece = self._pieces.throw(FrameError(reason))
        self.fault = piece.fault

    def _begin(self, piece: Piece) -> None:
        self.member, self._last, self.fault = piece.member, piece.last, piece.fault
        self._end = piece.end
        self._given_up = piece.fault is not None

    def _next_piece(self) -> Piece | None:
        piece = next(self._pieces, None)
        if piece is None or piece.last:
            self._last = True
        if piece is not None:
            self.fault, self._end = piece.fault, piece.end
            self._given_up = piece.fault is not None
        return piece
