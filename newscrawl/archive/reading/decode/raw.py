"""The bytes of a file as they lie there, forward, with the ways back that reading on after damage needs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import BinaryIO

BLOCK = 64 * 1024
"""Bytes read at once. Decoders return what they did not use, and copying that costs: 16-128 KiB read equally fast
(9,000 records/s of 25 KB), 1 MiB at 5,000."""

_PROBE = 160 * 1024
"""What a member's first bytes are judged by: more than one Zstandard block (128 KiB) with its header."""

_HISTORY = 64
"""Blocks of a pipe that are kept, to search them again after damage; a file is read again instead."""


class RawBytes:
    """Reads ``stream`` block by block; ``position`` is the offset in the file of the next byte."""

    def __init__(self, stream: BinaryIO, offset: int = 0) -> None:
        self._stream = stream
        self._seekable = stream.seekable()
        if offset:
            stream.seek(offset)
        self._buffer = b""
        self.position = offset
        self._history: deque[tuple[int, bytes]] = deque(maxlen=_HISTORY)

    def take(self) -> bytes:
        """Return what is at hand, or else the next block; empty at the end."""
        data = self._buffer or self._next_block()
        self._buffer = b""
        self.position += len(data)
        return data

    def peek(self, size: int) -> bytes:
        """Return the next ``size`` bytes, fewer at the end, without moving on."""
        while len(self._buffer) < size and (block := self._next_block()):
            self._buffer += block
        return self._buffer[:size]

    def read(self, size: int) -> bytes:
        """Return the next ``size`` bytes, fewer at the end."""
        data = self.peek(size)
        self._buffer = self._buffer[len(data) :]
        self.position += len(data)
        return data

    def give_back(self, data: bytes) -> None:
        """Put back the end of what was just taken."""
        if data:
            self._buffer = data + self._buffer
            self.position -= len(data)

    def find(self, magic: bytes, start: int, begins: Callable[[bytes], bool]) -> None:
        """Move to the first ``magic`` from ``start`` on that ``begins`` accepts with what follows it, or to the end.

        ``start`` may lie before the present position: a damaged member is searched for the member that it swallowed.
        """
        self._rewind(start)
        while window := self.peek(BLOCK + len(magic)):
            at = window.find(magic)
            if at < 0:
                self.read(max(1, len(window) - len(magic) + 1))
                continue
            self.read(at)
            if begins(self.peek(_PROBE)):
                return
            self.read(1)

    def _next_block(self) -> bytes:
        block = self._stream.read(BLOCK)
        if block and not self._seekable:
            self._history.append((self.position + len(self._buffer), block))
        return block

    def _rewind(self, start: int) -> None:
        if self._seekable:
            self._stream.seek(start)
            self._buffer, self.position = b"", start
            return
        kept = [(offset, block) for offset, block in self._history if offset + len(block) > start]
        if kept:
            offset = kept[0][0]
            self._buffer = b"".join(block for _, block in kept)[max(0, start - offset) :]
            self.position = max(offset, start)
