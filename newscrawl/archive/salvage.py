"""What a crawl that was killed left behind: cut to whole records, closed, reported.

The convention with the writers: a file that is being written has a name that ends with ``.open``, and its writer holds
an exclusive ``fcntl.flock`` on it as long as it lives. A killed writer holds none, whatever killed it. So an unlocked
``.open`` file has no writer. Closing it is: cut what follows the last whole record, write all to disk, give it its
final name. An index (``.cdxj.open``) keeps the lines whose records are there, gets those of records that were not
indexed any more, and is sorted.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from newscrawl.archive.cdxj.index import OPEN, IndexEntry, write_sorted
from newscrawl.archive.cdxj.lookup import read_cdxj
from newscrawl.archive.indexing import entries_of
from newscrawl.archive.reading.recover import Records
from newscrawl.archive.writing.compression import RECORD_END
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.files.sources import EXTENSIONS, Source

logger = logging.getLogger(__name__)

INDEX = ".cdxj" + OPEN

CLOSED = "closed"
EMPTY = "removed: it held no whole record"
IN_USE = "left alone: its writer lives"
UNCUT = "left alone: its records are not compressed one by one, so its tail cannot be cut"
EXISTS = "left alone: a file of its final name exists"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was found in one ``.open`` file and what became of it."""

    path: Path
    """The file as it was found."""
    outcome: str
    """:data:`CLOSED`, :data:`EMPTY`, :data:`IN_USE`, :data:`UNCUT` or :data:`EXISTS`."""
    final: Path | None = None
    """Its name now; None where it was left alone or removed."""
    records: int = 0
    """Whole records; of an index, lines."""
    kept: int = 0
    """Bytes kept."""
    cut: int = 0
    """Bytes cut off its end."""
    faults: tuple[RecordError, ...] = ()
    """What was wrong, the torn tail included."""

    def __str__(self) -> str:
        """One line for the log and the terminal."""
        return f"{self.path}: {self.outcome}; {self.records} records, {self.kept} bytes kept, {self.cut} bytes cut"


def salvage(directory: str | Path) -> list[Salvaged]:
    """Close what killed crawls left open in ``directory`` and its subfolders.

    Archive files come first and indexes after them, each by name. Nothing is lost that was whole, and running it twice,
    or in two processes at once, does no harm.

    Raises:
        ArchiveError: a file cannot be read or changed.
    """
    folder = Path(directory)
    found = sorted(path for path in folder.rglob("*" + OPEN) if path.is_file() and not path.is_symlink())
    archives = [path for path in found if path.name.endswith(EXTENSIONS)]
    indexes = [path for path in found if path.name.endswith(INDEX)]
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
    """Cut and close one archive file; None when it went while we looked."""
    with _locked(path) as stream:
        if stream is None:
            return _without_lock(path)
        size = os.fstat(stream.fileno()).st_size
        records, end, faults = _whole_records(path, stream)
        if end is None:
            return Salvaged(path, UNCUT, records=records, kept=size, faults=faults)
        result = Salvaged(path, CLOSED, _final(path), records, end, size - end, faults)
        if end == 0:
            path.unlink()
            return Salvaged(path, EMPTY, cut=size, faults=faults)
        if end < size:
            os.ftruncate(stream.fileno(), end)
        os.fsync(stream.fileno())
        return (
            result if _renamed(path, _final(path)) else Salvaged(path, EXISTS, None, records, end, size - end, faults)
        )


def salvaged_index(path: Path) -> Salvaged | None:
    """Sort and close one index, with a line for each record that is there; None when it went while we looked."""
    faults: list[RecordError] = []
    with _locked(path) as stream:
        if stream is None:
            return _without_lock(path)
        final, size = _final(path), os.fstat(stream.fileno()).st_size
        if final.exists():
            return Salvaged(path, EXISTS, kept=size)
        entries = [entry for entry in read_cdxj(path, on_skip=faults.append) if _is_there(path.parent, entry, faults)]
        entries += _not_indexed(final, {entry.offset for entry in entries}, faults)
        records = write_sorted((entry.line() for entry in entries), final)
        path.unlink()
        kept = final.stat().st_size
        return Salvaged(path, CLOSED, final, records, kept, max(0, size - kept), tuple(faults))


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO | None]:
    """The file with its writer's lock, or None: its writer lives, or it was renamed meanwhile."""
    try:
        stream = path.open("r+b")
    except FileNotFoundError:
        yield None
        return
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            ours = _is(path, stream)
        except BlockingIOError:
            ours = False
        yield stream if ours else None


def _is(path: Path, stream: BinaryIO) -> bool:
    """Whether ``path`` still names the file that was opened: another salvage may have closed it meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(stream.fileno()))
    except FileNotFoundError:
        return False


def _without_lock(path: Path) -> Salvaged | None:
    """What to say of a file whose lock was not to be had: nothing when it went between the looks at it."""
    try:
        return Salvaged(path, IN_USE, kept=path.stat().st_size)
    except FileNotFoundError:
        return None


def _whole_records(path: Path, stream: BinaryIO) -> tuple[int, int | None, tuple[RecordError, ...]]:
    """How many whole records there are, where the last one ends (None: inside a member), and what is wrong."""
    faults: list[RecordError] = []
    count, end = 0, 0
    for record in Records(stream, str(path), path.name, sink_for=lambda _: None, on_fault=faults.append):
        if record.end is None:
            return count, None, tuple(faults)
        if record.plain and not record.gap.startswith(RECORD_END):
            continue
        count, end = count + 1, record.end
    return count, end, tuple(faults)


def _final(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(OPEN))


def _renamed(path: Path, final: Path) -> bool:
    """Give ``path`` its final name; False when that is taken. Both are on disk after it."""
    try:
        os.link(path, final)
    except FileExistsError:
        return False
    path.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def _not_indexed(index: Path, known: set[int], faults: list[RecordError]) -> Iterator[IndexEntry]:
    """Entries of the records that the writer had no time to index: the last ones before it died."""
    for extension in EXTENSIONS:
        archive = index.with_name(index.name.removesuffix(".cdxj") + extension)
        if archive.is_file():
            yield from (each for each in entries_of(Source(str(archive)), faults.append) if each.offset not in known)


def _is_there(folder: Path, entry: IndexEntry, faults: list[RecordError]) -> bool:
    """Whether the record of an index line lies whole in its file (which may have gone to its store: then it does)."""
    archive = folder / Path(entry.filename).name
    if archive.exists() and archive.stat().st_size < entry.offset + entry.length:
        faults.append(RecordError(str(archive), entry.offset, "indexed, but cut off"))
        return False
    return True
