"""The records of a file one after another, whatever happened to it.

A record counts only when its block is there to the last byte and something that may follow a record follows it. Where
that is not so, the fault is reported and reading goes on at the next member that begins with a record; in a file that
is not compressed, or compressed as a whole, at the next ``WARC/1.1`` that is followed by a named field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from newscrawl.archive.reading.decode.cursor import Decoded
from newscrawl.archive.records.parse_head import (
    ARC_START,
    HEAD_END,
    MAX_HEAD,
    RECORD_END,
    WARC_START,
    Head,
    HeadError,
    Record,
    arc_head,
    begins_record,
    warc_head,
)
from newscrawl.errors import RecordError

Sink = Callable[[bytes], None]

BUFFERED = 8 * 1024 * 1024
"""A record up to this size is held whole until its end is proved; a longer one is handed on piece by piece."""
MAX_PASSED_OVER = 4 * 1024**3
"""Decoded bytes of one compressed member that are read in vain: above that it is a decompression bomb."""
REWIND_BUDGET = 1024**3
"""Bytes of one file that may be read twice for false lengths, lest a hostile file cost the square of its size."""

_LINE_ENDS = re.compile(rb"[\r\n]*")
_GAP = 64
_SCAN = 64 * 1024
_OVERLAP = 10 * 1024


class Records:
    """The records of ``stream``, each yielded after its block has gone to the sink that ``sink_for`` gave for it.

    ``on_fault`` is told each fault once. Errors of the operating system and the network pass through.
    """

    def __init__(
        self,
        stream: BinaryIO,
        path: str,
        filename: str,
        *,
        sink_for: Callable[[Record], Sink | None],
        on_fault: Callable[[RecordError], None],
        offset: int = 0,
    ) -> None:
        self._decoded = Decoded(stream, filename, offset)
        self._path = path
        self._filename = filename
        self._sink_for = sink_for
        self._on_fault = on_fault
        self._in_member = 0
        self._members = 0
        self._one_per_member = not self._decoded.plain
        self._rewound = 0
        self._arc = False

    def __iter__(self) -> Iterator[Record]:
        while self._at_record():
            try:
                record = self._record()
            except RecordError as error:
                self._on_fault(error)
                self._resync()
                continue
            yield record

    def _at_record(self) -> bool:
        """Pass over blank lines and ends of members up to the next record; False at the end of the file."""
        decoded = self._decoded
        passed = 0
        while True:
            while decoded.fill(1):
                end = _LINE_ENDS.match(decoded.buffer, decoded.pos)
                assert end is not None
                passed += end.end() - decoded.pos
                decoded.pos = end.end()
                if decoded.pos < len(decoded.buffer):
                    return True
                if passed > MAX_PASSED_OVER:
                    decoded.abandon("only blank lines")
            self._report_member()
            if not decoded.next_member():
                return False
            self._members += 1
            self._in_member = 0

    def _report_member(self) -> None:
        if self._decoded.fault is not None:
            self._on_fault(self._error(self._decoded.member, self._decoded.fault))
            self._decoded.fault = None

    def _error(self, offset: int, reason: str) -> RecordError:
        return RecordError(self._path, offset, reason)

    def _record(self) -> Record:
        decoded = self._decoded
        offset = decoded.offset
        addressable = decoded.plain or self._in_member == 0
        try:
            head = self._head()
        except HeadError as error:
            raise self._error(offset, decoded.fault or str(error)) from None
        finally:
            self._in_member += 1
        if self._in_member > 1:
            self._one_per_member = False
        record = Record(self._path, self._filename, offset, decoded.plain, addressable, *head)
        if record.length < 0:
            record.length = self._length_to_next_record(record)
        sink = self._sink_for(record)
        if record.length <= BUFFERED:
            self._held_block(record, sink)
        else:
            self._streamed_block(record, sink)
        record.end = decoded.offset if decoded.plain else decoded.member_end
        return record

    def _head(self) -> Head:
        """Parse the head and stand behind it; at a fault stand behind its first byte."""
        decoded = self._decoded
        size = 4096
        while True:
            available = decoded.fill(size)
            start = decoded.pos
            warc = decoded.buffer.startswith((b"WARC/", b"warc/"), start)
            end = HEAD_END.search(decoded.buffer, start) if warc else None
            line_end = -1 if warc else decoded.buffer.find(b"\n", start)
            if end is not None or line_end >= 0 or size >= MAX_HEAD:
                break
            if available < size and not decoded.joins_next(begins_record):
                break
            size *= 2
        stop = end.end() if end is not None else line_end + 1
        head = decoded.buffer[start : start + MAX_HEAD if stop <= 0 else stop]
        decoded.pos = start + 1
        if warc and end is None:
            raise HeadError("the head of this record does not end")
        self._arc = self._arc or (not warc and head.startswith(b"filedesc:"))
        parsed = warc_head(head) if warc else arc_head(head)
        # The line of an ARC record that the end of the file cuts has no end.
        decoded.pos = stop if stop > 0 else start + len(head)
        return parsed

    def _length_to_next_record(self, record: Record) -> int:
        """Return how many bytes of the block precede the next record or the end of the member.

        Raises:
            RecordError: neither comes within :data:`BUFFERED` bytes.
        """
        decoded = self._decoded
        start = ARC_START if record.version == "ARC/1" else WARC_START
        size = _SCAN
        while True:
            available = decoded.fill(size)
            found = start.search(decoded.buffer, decoded.pos)
            if found is not None or available < size:
                end = found.start() if found is not None else decoded.pos + available
                block = decoded.buffer[decoded.pos : end]
                record_end = b"\n" if record.version == "ARC/1" else RECORD_END
                return len(block.removesuffix(record_end))
            if size >= BUFFERED:
                raise self._error(record.offset, f"Content-Length {record.length} is negative, and no record follows")
            size *= 2

    def _held_block(self, record: Record, sink: Sink | None) -> None:
        decoded = self._decoded
        length = record.length
        wanted = length + _GAP
        while (available := decoded.fill(wanted)) < length and decoded.joins_next(begins_record):
            pass
        if available < length:
            raise self._torn(record, length - available)
        start = decoded.pos
        record.gap = self._gap(record, start + length)
        if sink is not None:
            sink(decoded.buffer[start : start + length])
        decoded.pos = start + length + len(record.gap)

    def _streamed_block(self, record: Record, sink: Sink | None) -> None:
        decoded = self._decoded
        start = decoded.offset
        if decoded.remaining is not None and record.length > decoded.remaining:
            raise self._torn(record, record.length - decoded.remaining)
        if record.length > MAX_PASSED_OVER and not decoded.plain:
            decoded.abandon(f"a record of {record.length} bytes, too long to be read compressed")
            raise self._torn(record, record.length)
        left = record.length
        while left:
            if sink is None:
                left -= decoded.pass_over(left)
            while left and (data := decoded.take(left)):
                left -= len(data)
                if sink is not None:
                    sink(data)
            if left and not decoded.joins_next(begins_record):
                raise self._torn(record, left)
        decoded.fill(_GAP)
        try:
            record.gap = self._gap(record, decoded.pos)
        except RecordError:
            self._rewind(start)
            raise
        decoded.pos += len(record.gap)

    def _gap(self, record: Record, at: int) -> bytes:
        """Note that the line ends at ``at``.

        Raises:
            RecordError: something else stands there, so the record's length is false; or its member is broken.
        """
        decoded = self._decoded
        buffer = decoded.buffer
        end = _LINE_ENDS.match(buffer, at, at + _GAP)
        assert end is not None
        following = buffer[end.end() : end.end() + 5]
        record_end = b"\n" if record.version == "ARC/1" else RECORD_END
        plausible = b"WARC/".startswith(following.upper()) or end[0].startswith(record_end)
        if not plausible and not (self._arc and ARC_START.match(buffer, end.end())):
            raise self._error(record.offset, f"Content-Length {record.length} is false: no record ends there")
        if not following and decoded.fault is not None:
            raise self._torn(record, 0)
        return end[0]

    def _torn(self, record: Record, missing: int) -> RecordError:
        fault, self._decoded.fault = self._decoded.fault, None
        where = "file" if self._decoded.plain else "member"
        return self._error(record.offset, fault or f"torn: the {where} ends {missing} bytes before this record does")

    def _rewind(self, offset: int) -> None:
        decoded = self._decoded
        if decoded.seekable and self._rewound < REWIND_BUDGET:
            self._rewound += decoded.offset - offset
            decoded.seek(offset)

    def _resync(self) -> None:
        """Stand where the next record may begin: found in this member, or at its end."""
        decoded = self._decoded
        if self._one_per_member and self._members > 1:
            decoded.end_member(MAX_PASSED_OVER)
            decoded.fault = None  # reported with its record
            return
        self._search()

    def _search(self) -> None:
        decoded = self._decoded
        start = ARC_START if self._arc else WARC_START
        passed = 0
        while available := decoded.fill(_SCAN):
            found = start.search(decoded.buffer, decoded.pos)
            if found is not None:
                decoded.pos = found.start()
                return
            step = max(1, available - _OVERLAP) if available >= _SCAN else available
            decoded.pos += step
            passed += step
            if passed > MAX_PASSED_OVER and not decoded.plain:
                decoded.abandon("no record in it")
