"""Whether an index and its archive agree: each line leads to its record, each response has its line."""

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


class _Said(NamedTuple):
    """What a line says of the record at its place."""

    line: int
    """Position of the line in its index."""
    file: str
    identity: int
    """Hash of URL and time."""
    length: int


class IndexCheck:
    """Is told the lines of an index first, then the records of the files it covers."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, int], _Said] = {}
        self._indexed: set[str] = set()
        self._read: set[str] = set()

    def add_index(self, name: str, stream: BinaryIO) -> Iterator[Fault]:
        """Take the lines of one index, plain or gzip; yield what is wrong with them alone."""
        compressed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        lines = cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if compressed else stream
        position, previous = 0, b""
        while line := lines.readline(MAX_LINE):
            if line.strip() and not line.startswith((b"!meta", b" CDX")):
                try:
                    entry = parsed_line(line)
                except ValueError as error:
                    yield Fault(name, position, None, f"no line of CDXJ: {error}")
                else:
                    filename = PurePosixPath(entry.filename).name
                    identity = hash((entry.url, entry.timestamp))
                    self._said[filename, entry.offset] = _Said(position, name, identity, entry.length)
                    self._indexed.add(filename)
                if line < previous:
                    yield Fault(name, position, None, "the lines are not sorted")
                previous = line
            position += len(line)

    def faults_of(self, record: Record) -> Iterator[str]:
        """What the index has wrong of ``record``."""
        self._read.add(record.filename)
        if record.filename not in self._indexed or record.version == "ARC/1":
            return
        said = self._said.pop((record.filename, record.offset), None)
        if said is None:
            if record.type in _MUST_BE_INDEXED and is_http(record):
                yield "not in the index"
            return
        if record.date is None or said.identity != hash((record.url, record.date.strftime("%Y%m%d%H%M%S"))):
            yield "the index has another URL or time for it"
        taken = (record.end or 0) - record.offset
        if record.end is not None and said.length not in (taken, taken - len(record.gap)):
            yield f"the index says it takes {said.length} bytes, it takes {taken}"

    def leftovers(self) -> Iterator[Fault]:
        """Lines that lead to no record in the files that were read."""
        for (filename, offset), said in self._said.items():
            if filename in self._read:
                yield Fault(said.file, said.line, None, f"leads to no record: {filename}, offset {offset}")
