"""What is read as one piece: an archive file, or a stretch of an index that names the records to read."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import fsspec

from newscrawl.archive.cdxj.index import IndexEntry
from newscrawl.archive.cdxj.lookup import MAX_LINE, is_index, parsed_line, read_cdxj
from newscrawl.archive.reading.by_offset import Range, read_ranges
from newscrawl.archive.reading.reader import OnSkip, RecordHead, UnresolvedRevisit, read_captures, read_texts
from newscrawl.chain.chain import Readable
from newscrawl.errors import RecordError
from newscrawl.files.sources import STDIN, Source, opened, paths_of, sources_of
from newscrawl.replay.selection.filters import Filters

logger = logging.getLogger(__name__)

SLICE = 1024 * 1024
"""Bytes of an index that are one piece of work: some 4,000 captures, ten seconds of a core."""

_INDEX = re.compile(r"\.cdxj(?:\.gz)?$|(?:^|/)cdx-\d+\.gz$")
"""Our own and pywb's index files, and the parts of Common Crawl's."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a replay: the work of one task, the content of one output file."""

    name: str
    """Path or address of the file, with the entry of a package or the stretch of an index."""
    stem: str
    """What the output file is called after."""
    size: int | None
    """Bytes to read, where that is known."""
    stamp: str = ""
    """Changes when the file does: what a rerun compares."""
    source: Source | None = None
    index: str | None = None
    """The CDXJ file, instead of ``source``."""
    start: int = 0
    """The first byte of the stretch of the index."""
    end: int | None = None
    """The byte after it; None: the end of the file."""
    base: str | None = None
    """The folder or address that the file names of the index are relative to."""


def units_of(sources: Iterable[str], *, base: str | None = None) -> list[Unit]:
    """The units of ``sources`` (see :func:`newscrawl.files.sources.sources_of`; CDXJ files too), each once, in order.

    Raises:
        ArchiveError: a source that is not there.
        UsageError: an address that needs a package which is not installed.
    """
    units: dict[str, Unit] = {}
    for source in sources:
        for unit in _index_units(source, base) if _is_index(source) else _archive_units(source):
            units.setdefault(unit.name, unit)
    return list(units.values())


def _is_index(source: str) -> bool:
    """Return whether ``source`` names an index: the first line of a local file decides, of others the name."""
    if "://" not in source and Path(source).is_file():
        return is_index(source)
    return _INDEX.search(source) is not None


def items_of(
    unit: Unit, filters: Filters, on_skip: OnSkip, passed_over: Callable[[int], None], index: tuple[str, ...] = ()
) -> Iterator[Readable]:
    """What ``unit`` holds that ``filters`` want: captures; where it has no records of these, texts (WET).

    ``passed_over`` is called for each capture that is not wanted, with its offset in the file.
    """
    records = 0

    def wanted(head: RecordHead) -> bool:
        nonlocal records
        records += 1
        wants = filters.wants_record(head)
        if not wants:
            passed_over(head.offset)
        return wants

    for item in _readable(unit, filters, on_skip, passed_over, wanted, index):
        if filters.wants(item):
            yield item
        else:
            passed_over(item.warc_offset or 0)
    if records == 0 and unit.source is not None and unit.source.reopens:
        for text in read_texts(unit.source, on_skip=_silent):
            if filters.wants(text):
                yield text
            else:
                passed_over(text.warc_offset or 0)


def late_items(
    sources: Iterable[Source], wanted: frozenset[tuple[str, int]], *, on_skip: OnSkip, index: tuple[str, ...] = ()
) -> Iterator[Readable]:
    """The revisits ``wanted`` (path and offset of each), with originals from any of ``sources``; all are read once.

    ``on_skip`` is told of those that stay without one; of nothing else, which was told when their file was read.
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
    filters: Filters,
    on_skip: OnSkip,
    passed_over: Callable[[int], None],
    wanted: Callable[[RecordHead], bool],
    index: tuple[str, ...],
) -> Iterator[Readable]:
    if unit.source is not None:
        return read_captures(unit.source, on_skip=on_skip, wanted=wanted, index=index)
    assert unit.index is not None
    own = () if "://" in unit.index else (unit.index,)
    return read_ranges(
        _ranges(unit, filters, on_skip, passed_over), on_skip=on_skip, wanted=wanted, index=(*index, *own)
    )


def _silent(_: RecordError) -> None:
    """Faults were told when the file was read for captures."""


def _archive_units(source: str) -> Iterator[Unit]:
    for found in sources_of(source):
        size, stamp = _size_and_stamp(found.path)
        yield Unit(found.name, _stem(found.filename), None if found.entry else size, stamp, source=found)


def _index_units(source: str, base: str | None) -> Iterator[Unit]:
    for path in paths_of(source):
        size, stamp = _size_and_stamp(path)
        stem = _stem(PurePosixPath(path).name)
        if size is None or path.endswith(".gz"):
            yield Unit(path, stem, size, stamp, index=path, base=base)
            continue
        for number, start in enumerate(range(0, max(size, 1), SLICE)):
            end = min(start + SLICE, size)
            name = path if size <= SLICE else f"{path}#{start}-{end}"
            part = stem if size <= SLICE else f"{stem}-{number:05}"
            yield Unit(name, part, end - start, stamp, index=path, start=start, end=end, base=base)


def _size_and_stamp(path: str) -> tuple[int | None, str]:
    if path == STDIN:
        return None, ""
    if "://" not in path:
        status = Path(path).stat()
        return status.st_size, f"{status.st_size} {status.st_mtime_ns}"
    info = _remote_info(path)
    size = info.get("size")
    changed = next((info[name] for name in ("ETag", "etag", "LastModified", "mtime") if info.get(name)), "")
    return (size if isinstance(size, int) else None), f"{size} {changed}"


def _remote_info(path: str) -> dict[str, Any]:
    try:
        filesystem, name = fsspec.core.url_to_fs(path)
        info: dict[str, Any] = filesystem.info(name)
    except Exception:
        logger.debug("%s", path, exc_info=True)
        return {}  # reading it will tell what is wrong, for this file alone
    return info


_EXTENSIONS = re.compile(r"(?:\.(?:w?arc|cdxj|cdx|wacz|open|gz|zst|lz4))+$")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def _stem(filename: str) -> str:
    """A file name without directories, extensions and what file systems or shells dislike."""
    stem = _UNSAFE.sub("_", _EXTENSIONS.sub("", filename)).lstrip("._-")
    return stem[:120] or "archive"


def _ranges(unit: Unit, filters: Filters, on_skip: OnSkip, passed_over: Callable[[int], None]) -> Iterator[Range]:
    for entry in _entries(unit, on_skip):
        if not filters.wants_entry(entry):
            passed_over(0)
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
                    on_skip(RecordError(unit.index, position, f"no line of CDXJ: {error}"))


def _lines(stream: BinaryIO, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The lines that begin in the stretch from ``start`` to ``end``."""
    position = max(start - 1, 0)
    stream.seek(position)
    if start:
        # The line that the stretch begins within belongs to the one before; from one byte earlier, so that a line
        # which begins right at ``start`` does not.
        position += len(stream.readline(MAX_LINE))
    while position < end and (line := stream.readline(MAX_LINE)):
        yield position, line
        position += len(line)


def _path_of(filename: str, unit: Unit) -> str | None:
    """Where the file that an index names is: below ``base``, else beside the index or in ``../archive`` (WACZ).

    A file name that leads out of there is not followed: an index may come from anyone.
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
