"""The CDXJ of each WARC file, written while the file is: ``NAME.cdxj`` beside ``NAME.warc.gz``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from newscrawl.archive.exchange import RecordEntry
from newscrawl.archive.index import CdxjIndex
from newscrawl.errors import ArchiveError


class LiveIndex:
    """Takes the entries of records as they are written: callbacks for :class:`newscrawl.archive.writer.WarcWriter`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._index: CdxjIndex | None = None

    def add(self, entries: Sequence[RecordEntry]) -> None:
        """Append records of one file that were just written; the warcinfo of a file begins the file's index.

        Raises:
            ArchiveError: the line cannot be written.
        """
        try:
            if self._index is None:
                self._index = CdxjIndex(self._directory / index_name(entries[0].filename))
            for entry in entries:
                self._index.add_record(entry)
        except OSError as error:
            raise ArchiveError(f"cannot write the index of {entries[0].filename}: {error}") from error

    def close(self) -> Path | None:
        """Sort and close the index of the file that was just closed; its path.

        Raises:
            ArchiveError: it cannot be written.
        """
        if self._index is None:
            return None
        index, self._index = self._index, None
        try:
            index.close()
        except OSError as error:
            raise ArchiveError(f"cannot write {index.path}: {error}") from error
        return index.path


def index_name(filename: str) -> str:
    """``NAME.cdxj`` of ``NAME.warc.gz``."""
    return filename.partition(".warc")[0] + ".cdxj"
