"""Write one index of any number of archives, sorted in bounded memory: CDXJ, CDX-11, or the CDX that wget reads."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from newscrawl.archive.cdxj.cdx import CDX11_HEADER, WGET_HEADER, cdx11_line, wget_line
from newscrawl.archive.cdxj.index import INDEXED, IndexEntry
from newscrawl.archive.indexing import entry_of
from newscrawl.archive.reading.record_blocks import blocks_of
from newscrawl.archive.records.parse_head import Record
from newscrawl.errors import RecordError
from newscrawl.files.sorted_lines import sorted_lines
from newscrawl.files.sources import sources_of

LineOf = Callable[[IndexEntry, Record], bytes | None]


def _for_wget(entry: IndexEntry, record: Record) -> bytes | None:
    # A revisit must not refer to another revisit.
    return wget_line(entry, record.id) if record.id and record.type == "response" and entry.digest else None


FORMATS: dict[str, tuple[bytes, LineOf]] = {
    "cdxj": (b"", lambda entry, _: entry.line()),
    "cdx11": (CDX11_HEADER, lambda entry, _: cdx11_line(entry)),
    "wget": (WGET_HEADER, _for_wget),
}
"""The first line of each format, and what makes the others."""


def write_index(
    sources: Iterable[str | Path],
    output: IO[bytes],
    *,
    format_name: str = "cdxj",
    folder: Path | None = None,
    on_skip: Callable[[RecordError], None] = lambda _: None,
) -> int:
    """Write the index of the archives that ``sources`` name; return the number of captures in it.

    Args:
        sources: as :func:`newscrawl.files.sources.sources_of` takes them.
        output: takes the lines, each once, in the order of their bytes.
        format_name: one of :data:`FORMATS`.
        folder: of the temporary files; None takes the system's.
        on_skip: called with each record that is left out, and why.

    Raises:
        ArchiveError: a source cannot be found or opened.
        OSError: the index cannot be written.
    """
    first_line, line_of = FORMATS[format_name]
    output.write(first_line)
    count = 0
    previous = b""
    with ExitStack() as stack:
        lines = _lines(sources, line_of, on_skip)
        for line in sorted_lines(lines, folder or Path(tempfile.gettempdir()), stack):
            if line != previous:
                output.write(line)
                count += 1
            previous = line
    return count


def _lines(sources: Iterable[str | Path], line_of: LineOf, on_skip: Callable[[RecordError], None]) -> Iterator[bytes]:
    for source in (each for named in sources for each in sources_of(named)):
        for record, block in blocks_of(source, INDEXED, on_skip):
            try:
                entry = entry_of(record, block)
            except RecordError as error:
                on_skip(error)
                continue
            if entry is not None and (line := line_of(entry, record)) is not None:
                yield line
