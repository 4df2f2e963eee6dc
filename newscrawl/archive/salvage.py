"""Close the archive files that a killed crawl left open: cut to whole records, named, indexed, reported.

A file whose name ends in ``.open`` is being written, and its writer holds a lock on it for as long as it lives. The
operating system drops the lock when the process ends, so an unlocked ``.open`` file has no writer. Such a file is
closed: what follows its last whole record is cut off, everything is written to the disk, and it gets its final name. An
index (``.cdxj.open``) keeps the lines whose records exist, gets those of records that were not indexed yet, and is
sorted.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from newscrawl.archive.cdxj.index import IndexEntry, write_sorted
from newscrawl.archive.cdxj.lookup import read_cdxj
from newscrawl.archive.indexing import entries_of
from newscrawl.archive.reading.recover import Records
from newscrawl.archive.records.parse_head import RECORD_END
from newscrawl.display import counted, printable
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.files.atomic import sync_folder
from newscrawl.files.locks import is_file_at, try_lock
from newscrawl.files.names import ARCHIVES, INDEX, OPEN, closed_path, names_archive
from newscrawl.files.sources import Source

logger = logging.getLogger(__name__)

CLOSED = "closed"
EMPTY = "removed, because it held no whole record"
IN_USE = "skipped: another process is writing it"
UNCUT = "skipped: its records are not compressed one by one, so its torn end cannot be cut off"
EXISTS = "skipped: a file with its final name exists"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was found in one ``.open`` file and what was done with it."""

    path: Path
    """The file as it was found."""
    outcome: str
    """:data:`CLOSED`, :data:`EMPTY`, :data:`IN_USE`, :data:`UNCUT` or :data:`EXISTS`."""
    final: Path | None = None
    """Its path now; None where it was skipped or removed."""
    records: int = 0
    """Whole records; of an index, lines."""
    kept: int = 0
    """Bytes kept."""
    cut: int = 0
    """Bytes cut off its end."""
    faults: tuple[RecordError, ...] = ()
    """What was wrong, the torn end included."""

    def __str__(self) -> str:
        """Return one line for the log and the terminal."""
        counts = (
            f"{counted(self.records, 'record')}, {counted(self.kept, 'byte')} kept, {counted(self.cut, 'byte')} cut off"
        )
        return printable(f"{self.path}: {self.outcome}; {counts}")


def salvage(directory: str | Path) -> list[Salvaged]:
    """Close what killed crawls left open in ``directory`` and its subfolders; return what was found.

    Archive files come first and indexes after them, each in the order of their names. No whole record is lost, and
    running it twice, or in two processes at once, changes nothing.

    Raises:
        ArchiveError: a file cannot be read or changed.
    """
    folder = Path(directory)
    found = sorted(path for path in folder.rglob("*" + OPEN) if path.is_file() and not path.is_symlink())
    archives = [path for path in found if names_archive(path.name)]
    indexes = [path for path in found if path.name.endswith(INDEX + OPEN)]
    results = []
    try:
        results += [result for path in archives if (result := salvaged_archive(path))]
        results += [result for path in indexes if (result := salvaged_index(path))]
    except OSError as error:
        raise ArchiveError(f"{directory} cannot be salvaged: {error}") from error
    for result in results:
        logger.log(logging.INFO if result.outcome in (CLOSED, IN_USE) else logging.WARNING, "%s", result)
    return results


def salvaged_archive(path: Path) -> Salvaged | None:
    """Cut and close one archive file; return None if the file disappeared meanwhile."""
    with _locked(path) as stream:
        if stream is None:
            return _without_lock(path)
        size = os.fstat(stream.fileno()).st_size
        records, end, faults = _whole_records(path, stream)
        if end is None:
            return Salvaged(path, UNCUT, records=records, kept=size, faults=faults)
        if end == 0:
            path.unlink()
            return Salvaged(path, EMPTY, cut=size, faults=faults)
        if end < size:
            os.ftruncate(stream.fileno(), end)
        os.fsync(stream.fileno())
        final = closed_path(path)
        if _renamed(path, final):
            return Salvaged(path, CLOSED, final, records, end, size - end, faults)
        return Salvaged(path, EXISTS, None, records, end, size - end, faults)


def salvaged_index(path: Path) -> Salvaged | None:
    """Sort and close one index, with a line for each record; return None if the file disappeared meanwhile."""
    faults: list[RecordError] = []
    with _locked(path) as stream:
        if stream is None:
            return _without_lock(path)
        final, size = closed_path(path), os.fstat(stream.fileno()).st_size
        if final.exists():
            if not _holds_all_lines(final, path):
                return Salvaged(path, EXISTS, kept=size)
            # The writer was killed after the final file appeared and before this one was removed.
            path.unlink()
            return Salvaged(path, CLOSED, final, kept=final.stat().st_size)
        entries = [entry for entry in read_cdxj(path, on_skip=faults.append) if _exists(path.parent, entry, faults)]
        entries += _not_indexed(final, {entry.offset for entry in entries}, faults)
        records = write_sorted((entry.line() for entry in entries), final)
        path.unlink()
        kept = final.stat().st_size
        return Salvaged(path, CLOSED, final, records, kept, max(0, size - kept), tuple(faults))


def _holds_all_lines(final: Path, path: Path) -> bool:
    """Return whether each whole line of the index ``path`` is in the index ``final``."""
    with final.open("rb") as lines:
        known = {hash(line) for line in lines}
    with path.open("rb") as lines:
        return all(hash(line) in known for line in lines if line.endswith(b"\n"))


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO | None]:
    """Yield the file with its lock, or None if its writer lives or it was renamed meanwhile."""
    try:
        stream = path.open("r+b")
    except FileNotFoundError:
        yield None
        return
    with stream:
        # Another salvage may have closed it between opening and locking.
        yield stream if try_lock(stream) and is_file_at(path, stream.fileno()) else None


def _without_lock(path: Path) -> Salvaged | None:
    """Return what to report of a file that could not be locked; None if it disappeared meanwhile."""
    try:
        return Salvaged(path, IN_USE, kept=path.stat().st_size)
    except FileNotFoundError:
        return None


def _whole_records(path: Path, stream: BinaryIO) -> tuple[int, int | None, tuple[RecordError, ...]]:
    """Return the number of whole records, the offset after the last one (None inside a member), and the faults."""
    faults: list[RecordError] = []
    count, end = 0, 0
    for record in Records(stream, str(path), path.name, sink_for=lambda _: None, on_fault=faults.append):
        if record.end is None:
            return count, None, tuple(faults)
        if record.plain and not record.gap.startswith(RECORD_END):
            continue
        count, end = count + 1, record.end
    return count, end, tuple(faults)


def _renamed(path: Path, final: Path) -> bool:
    """Rename ``path`` to ``final`` and write both names to the disk; return False if ``final`` exists."""
    try:
        os.link(path, final)
    except FileExistsError:
        return False
    path.unlink()
    sync_folder(path.parent)
    return True


def _not_indexed(index: Path, known: set[int], faults: list[RecordError]) -> Iterator[IndexEntry]:
    """Yield the entries of the records that the writer had not indexed when it died: the last ones."""
    for extension in ARCHIVES:
        archive = index.with_name(index.name.removesuffix(INDEX) + extension)
        if archive.is_file():
            yield from (each for each in entries_of(Source(str(archive)), faults.append) if each.offset not in known)


def _exists(folder: Path, entry: IndexEntry, faults: list[RecordError]) -> bool:
    """Return whether the record of an index line is whole in its file; of a file that is stored elsewhere it is."""
    archive = folder / Path(entry.filename).name
    if archive.exists() and archive.stat().st_size < entry.offset + entry.length:
        faults.append(RecordError(str(archive), entry.offset, "indexed, but cut off"))
        return False
    return True
