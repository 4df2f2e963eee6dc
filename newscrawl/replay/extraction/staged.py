"""What one task found, as files: lines, rows that say which revision each line is, rejected articles.

A staged unit is complete only when :meth:`StagedUnitWriter.close` has returned. Its files lie in the work folder. Each
attempt has its own file names, so a task that is killed or runs twice does no harm.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from newscrawl.errors import OutputError, RecordError
from newscrawl.replay.extraction.revisions import Revision

_ATTEMPTS = count()
_BUFFER = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StagedUnit:
    """The finished files of one unit; paths are within the work folder."""

    lines: Path
    rows: Path
    rejected: Path
    count: int
    """Number of lines."""

    def remove(self) -> None:
        """Delete what is left of it."""
        for path in (self.lines, self.rows, self.rejected):
            with suppress(FileNotFoundError):
                path.unlink()


class StagedUnitWriter:
    """Writes a part. ``OutputError`` means that no more can be written at all: the disk is full or gone."""

    def __init__(self, folder: Path, number: int) -> None:
        stem = f"{number}-{os.getpid()}-{next(_ATTEMPTS)}"
        self._part = StagedUnit(folder / f"{stem}.lines", folder / f"{stem}.rows", folder / f"{stem}.rejected", 0)
        self._lines = _created(self._part.lines)
        self._rows = _created(self._part.rows)
        self._rejected: BinaryIO | None = None
        self.count = 0

    def add_line(self, revision: Revision, line: bytes) -> None:
        """One article."""
        _write(self._lines, line)
        self._row("line", revision.id.hex(), revision.rank)
        self.count += 1

    def add_rejected(self, line: bytes) -> None:
        """One article that broke the schema."""
        if self._rejected is None:
            self._rejected = _created(self._part.rejected)
        _write(self._rejected, line)

    def add_fault(self, error: RecordError) -> None:
        """One record, or one file, that could not be read."""
        self._row("fault", error.path, error.offset, error.reason)

    def add_late(self, error: RecordError) -> None:
        """One revisit whose original may be in another file."""
        self._row("late", error.path, error.offset, error.reason)

    def _row(self, *values: Any) -> None:
        _write(self._rows, orjson.dumps(_printable(values)) + b"\n")

    def close(self) -> StagedUnit:
        """The part, on the disk."""
        for file in (self._lines, self._rows, self._rejected):
            if file is not None:
                try:
                    file.flush()
                    os.fsync(file.fileno())
                    file.close()
                except OSError as error:
                    raise OutputError(f"{file.name}: {error}") from error
        return StagedUnit(self._part.lines, self._part.rows, self._part.rejected, self.count)

    def abandon(self) -> None:
        """Close and delete."""
        for file in (self._lines, self._rows, self._rejected):
            if file is not None:
                with suppress(OSError):  # closing flushes; what cannot be written is deleted anyway
                    file.close()
        self._part.remove()


def rows_of(part: StagedUnit) -> Iterator[list[Any]]:
    """``["line", id, rank]``, ``["fault", path, offset, reason]``, ``["late", path, offset, reason]``, in order."""
    with part.rows.open("rb") as rows:
        yield from map(orjson.loads, rows)


def _created(path: Path) -> BinaryIO:
    try:
        return path.open("xb", buffering=_BUFFER)
    except OSError as error:
        raise OutputError(f"{path}: {error}") from error


def _write(file: BinaryIO, data: bytes) -> None:
    try:
        file.write(data)
    except OSError as error:
        raise OutputError(f"{file.name}: {error}") from error


def _printable(values: tuple[Any, ...]) -> list[Any]:
    """Values that JSON can hold: paths may come from file names that are no UTF-8."""
    return [value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value for value in values]
