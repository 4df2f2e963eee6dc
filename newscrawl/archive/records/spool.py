"""Where the bytes of one direction of an exchange gather: in memory, and on disk once they are many."""

from __future__ import annotations

import tempfile
from mmap import ACCESS_READ, mmap
from typing import IO

Message = bytes | mmap
"""A recorded HTTP message: one that spilled is mapped from its file, so that it costs no memory of its own."""

SPILL_BYTES = 1024 * 1024
"""Bytes of a message that stay in memory: ten pages of the family's size. Sixteen downloads at once hold 16 MB."""


_MAX_PIECES = 64
"""Pieces that are kept as they come. A server that sends byte by byte would make an object of each."""


class Tape:
    """Takes bytes as they come; afterwards they are one message."""

    __slots__ = ("_file", "_pieces", "_sealed", "_spill_bytes", "size")

    def __init__(self, spill_bytes: int = SPILL_BYTES) -> None:
        self._pieces: list[bytes | bytearray] = []
        self._file: IO[bytes] | None = None
        self._sealed = False
        self._spill_bytes = spill_bytes
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append ``data``; after :meth:`message` nothing more is taken."""
        if self._sealed:
            return
        self.size += len(data)
        if self._file is not None:
            self._file.write(data)
            return
        if len(self._pieces) < _MAX_PIECES:
            self._pieces.append(data)
        elif isinstance(self._pieces[-1], bytearray):
            self._pieces[-1] += data
        else:
            self._pieces.append(bytearray(data))
        if self.size > self._spill_bytes:
            # The operating system deletes it with the last handle: nothing stays behind after a kill.
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by message() or discard()
            self._file.write(b"".join(self._pieces))
            self._pieces = []

    def message(self) -> Message:
        """All that was taken; the tape is empty and sealed after that."""
        self._sealed = True
        pieces, self._pieces = self._pieces, []
        if self._file is None:
            return bytes(pieces[0]) if len(pieces) == 1 else b"".join(pieces)
        with self._file as file:
            file.flush()
            mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
        self._file = None
        return mapped
