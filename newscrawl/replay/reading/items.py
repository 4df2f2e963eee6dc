"""Read the captures and texts of a unit that a selection wants; report what it excludes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from newscrawl.account import Outcome
from newscrawl.archive.cdxj.index import IndexEntry
from newscrawl.archive.cdxj.lookup import MAX_LINE, parsed_line, read_cdxj
from newscrawl.archive.reading.by_offset import Range, read_ranges
from newscrawl.archive.reading.reader import OnSkip, RecordHead, UnresolvedRevisit, read_captures, read_items
from newscrawl.archive.records.parse_head import Record
from newscrawl.capture import instant
from newscrawl.chain.chain import Readable
from newscrawl.errors import RecordError
from newscrawl.files.sources import Source, opened
from newscrawl.replay.reading.units import Unit
from newscrawl.replay.selection.filters import Exclusion, Selection


@dataclass(frozen=True, slots=True)
class Excluded:
    """A capture that is not asked for an article, as far as it was looked at."""

    url: str
    date: str | None
    record: str | None
    file: str
    offset: int
    exclusion: Exclusion

    @classmethod
    def of_head(cls, head: RecordHead, exclusion: Exclusion) -> Excluded:
        """Return the exclusion of a record."""
        return cls(head.url, instant(head.date), head.record_id, head.filename, head.offset, exclusion)

    @classmethod
    def of_item(cls, item: Readable, exclusion: Exclusion) -> Excluded:
        """Return the exclusion of a capture or text that was read."""
        return cls(
            item.url, instant(item.date), item.record_id, item.warc_filename or "", item.warc_offset or 0, exclusion
        )

    @classmethod
    def of_record(cls, record: Record, exclusion: Exclusion) -> Excluded:
        """Return the exclusion of a record that gives no capture."""
        date = record.date
        when = instant(date) if date else None
        return cls(record.url, when, record.id, record.filename, record.offset, exclusion)

    @classmethod
    def of_entry(cls, entry: IndexEntry, exclusion: Exclusion) -> Excluded:
        """Return the exclusion of a line of an index."""
        return cls(entry.url, instant(entry.date), None, entry.filename, entry.offset, exclusion)


OnExcluded = Callable[[Excluded], None]


def items_of(
    unit: Unit, selection: Selection, on_skip: OnSkip, on_excluded: OnExcluded, index: Iterable[str] = ()
) -> Iterator[Readable]:
    """Yield the captures of ``unit`` that ``selection`` wants; of a WET file, its texts.

    Args:
        unit: what to read.
        selection: decides which records are decoded.
        on_skip: called with each record that cannot be read.
        on_excluded: called with each capture that the selection excludes.
        index: CDXJ files that know the originals of revisits in other files.

    Raises:
        ArchiveError: the unit cannot be opened.
    """

    def wanted(head: RecordHead) -> bool:
        exclusion = selection.against_record(head)
        if exclusion is not None:
            on_excluded(Excluded.of_head(head, exclusion))
        return exclusion is None

    for item in _readable(unit, selection, on_skip, on_excluded, wanted, tuple(index)):
        exclusion = selection.against(item)
        if exclusion is None:
            yield item
        else:
            on_excluded(Excluded.of_item(item, exclusion))


def deferred_items(
    sources: Iterable[Source], wanted: frozenset[tuple[str, int]], *, on_skip: OnSkip, index: Iterable[str] = ()
) -> Iterator[Readable]:
    """Yield the revisits ``wanted`` with originals from any of ``sources``, each of which is read once.

    Args:
        sources: the files that may hold the originals.
        wanted: path and offset of each revisit.
        on_skip: called with each revisit whose original is not found. Other faults were reported when the files were
            read for captures.
        index: CDXJ files that know originals.
    """
    sources = list(sources)
    filenames = {source.name: source.filename for source in sources}
    places = {(filenames.get(path), offset) for path, offset in wanted}

    def is_wanted(head: RecordHead) -> bool:
        return head.type == "revisit" and (head.filename, head.offset) in places

    def skipped(error: RecordError) -> None:
        if isinstance(error, UnresolvedRevisit):
            on_skip(error)

    for path, offset in sorted(wanted):
        if path not in filenames:
            on_skip(RecordError(path, offset, "no index at hand knows the original of this revisit"))
    return read_captures(sources, on_skip=skipped, wanted=is_wanted, index=index)


def _readable(
    unit: Unit,
    selection: Selection,
    on_skip: OnSkip,
    on_excluded: OnExcluded,
    wanted: Callable[[RecordHead], bool],
    index: tuple[str, ...],
) -> Iterator[Readable]:
    def ignored(record: Record, reason: str) -> None:
        on_excluded(Excluded.of_record(record, (_WITHOUT_CAPTURE.get(reason, Outcome.NOT_HTML), reason)))

    if unit.source is not None:
        return read_items(unit.source, on_skip=on_skip, wanted=wanted, on_ignored=ignored, index=index)
    assert unit.index is not None
    own = () if "://" in unit.index else (unit.index,)
    ranges = _ranges(unit, selection, on_skip, on_excluded)
    return read_ranges(ranges, on_skip=on_skip, wanted=wanted, on_ignored=ignored, index=(*index, *own))


_WITHOUT_CAPTURE = {
    "not of HTTP": Outcome.NOT_HTTP,
    "a resource that is not HTML": Outcome.NOT_HTML,
    "not modified": Outcome.NOT_MODIFIED,
}
"""Outcomes of records that give no capture, by the reasons of the reader."""


def _ranges(unit: Unit, selection: Selection, on_skip: OnSkip, on_excluded: OnExcluded) -> Iterator[Range]:
    for entry in _entries(unit, on_skip):
        exclusion = selection.against_entry(entry)
        if exclusion is not None:
            on_excluded(Excluded.of_entry(entry, exclusion))
            continue
        path = _path_of(entry.filename, unit)
        if path is None:
            on_skip(RecordError(str(unit.index), unit.start, f"{entry.filename}: not a file beside this index"))
        else:
            yield Range(Source(path), entry.offset, entry.length or None)


def _entries(unit: Unit, on_skip: OnSkip) -> Iterator[IndexEntry]:
    assert unit.index is not None
    if unit.end is None:
        yield from read_cdxj(unit.index, on_skip=on_skip)
        return
    with opened(unit.index) as stream:
        for position, line in _lines(stream, unit.start, unit.end):
            try:
                yield parsed_line(line)
            except ValueError as error:
                if line.strip() and not line.startswith((b" CDX", b"!meta")):
                    on_skip(RecordError(unit.index, position, f"not a line of CDXJ: {error}"))


def _lines(stream: BinaryIO, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that begin in the stretch from ``start`` to ``end``, with their offsets."""
    position = max(start - 1, 0)
    stream.seek(position)
    if start:
        # A line that begins before ``start`` belongs to the stretch before. Reading begins one byte earlier, so that
        # a line which begins exactly at ``start`` is kept.
        position += len(stream.readline(MAX_LINE))
    while position < end and (line := stream.readline(MAX_LINE)):
        yield position, line
        position += len(line)


def _path_of(filename: str, unit: Unit) -> str | None:
    """Return where the file that an index names is: below ``base``, else beside the index or in ``../archive`` (WACZ).

    A file name that leads out of these folders gives None: anyone may have made the index.
    """
    parts = PurePosixPath(filename).parts
    if not parts or ".." in parts or parts[0].startswith("/") or "://" in filename or "\0" in filename:
        return None
    if unit.base is not None:
        return f"{unit.base.rstrip('/')}/{filename}"
    assert unit.index is not None
    if "://" in unit.index:
        return f"{unit.index.rsplit('/', 1)[0]}/{filename}"
    folder = Path(unit.index).parent
    candidates = (folder / filename, folder / parts[-1], folder.parent / "archive" / parts[-1])
    return next((str(path) for path in candidates if path.is_file()), None)
