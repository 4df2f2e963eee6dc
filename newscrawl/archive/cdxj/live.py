"""The CDXJ file of each WARC file, written while the WARC file is: ``NAME.cdxj`` beside ``NAME.warc.gz``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from newscrawl.archive.cdxj.index import INDEXED, CdxjIndex
from newscrawl.archive.records.exchange import RecordEntry
from newscrawl.errors import ArchiveError
from newscrawl.files.names import index_name

HELD = 1_000
"""Entries that are kept in memory until :meth:`LiveIndex.flush`, at most: about 0.5 MB."""


class LiveIndex:
    """Takes the entries of records as they are written: callbacks of the WARC writer.

    Lines are made and written many at once, which takes a third of the time of one after another. A killed crawl leaves
    the last ones unwritten; :func:`newscrawl.archive.salvage.salvage` adds them from the WARC file.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._index: CdxjIndex | None = None
        self._held: list[RecordEntry] = []

    def add(self, entries: Sequence[RecordEntry]) -> None:
        """Take records of one file that were just written; the warcinfo record of a file begins its index.

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
        """Hand the lines of all records so far to the operating system; to be called now and then.

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
        """Sort and close the index of the file that was just closed; return its path, None without one.

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
