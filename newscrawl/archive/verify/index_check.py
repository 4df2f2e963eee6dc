"""Check that an index and its archive agree: each line leads to its record, each capture has its line."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple, cast

from newscrawl.archive.cdxj.lookup import MAX_LINE, parsed_line
from newscrawl.archive.reading.captures import is_http
from newscrawl.archive.records.parse_head import Record
from newscrawl.archive.verify.record_links import Fault

_MUST_BE_INDEXED = frozenset({"response", "revisit"})


class _Line(NamedTuple):
    """What a line of an index says about the record at its offset."""

    position: int
    """Of the line in its index."""
    file: str
    identity: int
    """Hash of URL and time."""
    length: int


class IndexCheck:
    """Takes the lines of all indexes first, then the records of the files that they cover."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, int], _Line] = {}
        self._indexed: set[str] = set()
        self._read: set[str] = set()

    def add_index(self, name: str, stream: BinaryIO) -> Iterator[Fault]:
        """Take the lines of one index, plain or gzip; yield the faults that they have by themselves.

        Raises:
            OSError, EOFError, zlib.error: it cannot be read on.
        """
        compressed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        lines = cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if compressed else stream
        position, previous = 0, b""
        while line := lines.readline(MAX_LINE):
            if line.strip() and not line.startswith((b"!meta", b" CDX")):
                try:
                    entry = parsed_line(line)
                except ValueError as error:
                    yield Fault(name, position, None, f"not a line of CDXJ: {error}")
                else:
                    filename = PurePosixPath(entry.filename).name
                    identity = hash((entry.url, entry.timestamp))
                    self._lines[filename, entry.offset] = _Line(position, name, identity, entry.length)
                    self._indexed.add(filename)
                if line < previous:
                    yield Fault(name, position, None, "the lines are not sorted")
                previous = line
            position += len(line)

    def faults_of(self, record: Record, *, not_modified: bool) -> Iterator[str]:
        """Yield what the index has wrong about ``record``, which is an answer with status 304 if ``not_modified``."""
        self._read.add(record.filename)
        if record.filename not in self._indexed or record.version == "ARC/1":
            return
        line = self._lines.pop((record.filename, record.offset), None)
        if line is None:
            if record.type in _MUST_BE_INDEXED and is_http(record) and not not_modified:
                yield "not in the index"
            return
        if not_modified:
            yield "the index lists this 304 as a capture, so players show an empty page for it"
        if record.date is None or line.identity != hash((record.url, record.date.strftime("%Y%m%d%H%M%S"))):
            yield "the index has another URL or time for it"
        taken = (record.end or 0) - record.offset
        if record.end is not None and line.length not in (taken, taken - len(record.gap)):
            yield f"the index says that it takes {line.length} bytes, but it takes {taken}"

    def leftovers(self) -> Iterator[Fault]:
        """Yield the lines that lead to no record in the files that were read."""
        for (filename, offset), line in self._lines.items():
            if filename in self._read:
                yield Fault(line.file, line.position, None, f"leads to no record: {filename}, offset {offset}")
