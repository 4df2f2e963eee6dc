"""Records with their blocks, out of one source."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack

from newscrawl.archive.reading.recover import Records
from newscrawl.archive.records.parse_head import Record
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.files.sources import Source

MAX_BLOCK = 64 * 1024 * 1024
"""Bytes of a record's block that are kept, as many as a capture keeps of its payload."""


class Block:
    """Keeps the first :data:`MAX_BLOCK` bytes of a record's block."""

    __slots__ = ("_pieces", "_size", "whole")

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0
        self.whole = True
        """Nothing was left out."""

    def feed(self, data: bytes) -> None:
        """Keep ``data`` as long as the block is not larger than the limit."""
        room = MAX_BLOCK - self._size
        if len(data) > room:
            data, self.whole = data[:room], False
        self._pieces.append(data)
        self._size += len(data)

    def content(self) -> bytes:
        """Return what was kept, joined once."""
        if len(self._pieces) != 1:
            self._pieces = [b"".join(self._pieces)]
        return self._pieces[0]


def blocks_of(
    source: Source, types: Container[str], on_fault: Callable[[RecordError], None], *, offset: int = 0
) -> Iterator[tuple[Record, Block]]:
    """Return the records of ``types`` in ``source`` from ``offset`` on, each with its block.

    Raises:
        ArchiveError: the source cannot be opened; reading that breaks off later is told to ``on_fault``.
    """
    current: Block | None = None

    def sink_for(record: Record) -> Callable[[bytes], None] | None:
        nonlocal current
        current = Block() if record.type in types else None
        return current.feed if current is not None else None

    with ExitStack() as stack:
        stream = source.open()
        if source.reopens:
            stack.callback(stream.close)
        place = offset
        try:
            records = Records(stream, source.name, source.filename, sink_for=sink_for, on_fault=on_fault, offset=offset)
            for record in records:
                place = record.offset
                if current is not None:
                    yield record, current
        except OSError as error:
            on_fault(RecordError(source.name, place, f"cannot be read on: {error}"))


def block_at(source: Source, offset: int, length: int | None = None) -> tuple[Record, Block]:
    """Return the record at ``offset`` of ``source``, with its block; ``length`` bytes hold it, where that is known.

    Raises:
        RecordError: no whole record begins there.
        ArchiveError: the source cannot be opened, or not twice.
    """
    if not source.reopens:
        raise ArchiveError(f"{source.name} can be read only once")
    if length is not None and length <= MAX_BLOCK:
        part = source.part(offset, length)
        block = Block()

        def raise_at(error: RecordError) -> None:
            raise RecordError(error.path, offset + error.offset, error.reason)

        for record in Records(part, source.name, source.filename, sink_for=lambda _: block.feed, on_fault=raise_at):
            record.offset += offset
            return record, block
    elif (found := next(blocks_of(source, _ANY, _raise, offset=offset), None)) and found[0].offset == offset:
        return found
    raise RecordError(source.name, offset, "no record begins here")


class _Any:
    def __contains__(self, _: object) -> bool:
        return True


_ANY = _Any()


def _raise(error: RecordError) -> None:
    raise error
