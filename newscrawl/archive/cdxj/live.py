"""The CDXJ of each WARC file, written while the file is: ``NAME.cdxj`` beside ``NAME.warc.gz``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from newscrawl.archive.cdxj.index import INDEXED, CdxjIndex
from newscrawl.archive.records.exchange import RecordEntry
from newscrawl.errors import ArchiveError

HELD = 1_000
"""Entries that wait for :meth:`LiveIndex.flush` at the most: about 0.5 MB."""


class LiveIndex:
    """Takes the entries of records as they are written: callbacks of the WARC writer.

    Lines are made and written many at a time, which takes a third of what it takes between two pages. Those that a
    killed crawl had not written are in its WARC: :func:`newscrawl.archive.salvage.salvage` adds them.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._index: CdxjIndex | None = None
        self._held: list[RecordEntry] = []

    def add(self, entries: Sequence[RecordEntry]) -> None:
        """Take records of one file that were just written; the warcinfo of a file begins the file's index.

        Raises:
            ArchiveError: the index cannot be written.
        """
        if self._index is None:
            path = self._directory / index_name(entries[0].filename)
            try:
                self._index = CdxjIndex(path)
            except OSError as error:
                raise ArchiveError(f"cannot write {path}: {error}") from error
        self._held += [entry for entry in entries if entry.record_type in INDEXED]
        if len(self._held) >= HELD:
            self.flush()

    def flush(self) -> None:
        """Have the lines of all records so far with the operating system; to be called now and then.

        Raises:
            ArchiveError: they cannot be written.
        """
        if self._index is not None and self._held:
            held, self._held = self._held, []
            try:
                self._index.add_records(held)
            except OSError as error:
                raise ArchiveError(f"cannot write {self._index.open_path}: {error}") from error

    def close(self) -> Path | None:
        """Sort and close the index of the file that was just closed; its path.

        Raises:
            ArchiveError: it cannot be written.
        """
        if self._index is None:
            return None
        self.flush()
        index, self._index = self._index, None
        try:
            index.close()
        except OSError as error:
            raise ArchiveError(f"cannot write {index.path}: {error}") from error
        return index.path


def index_name(filename: str) -> str:
    """``NAME.cdxj`` of ``NAME.warc.gz``."""
    return filename.partition(".warc")[0] + ".cdxj"
