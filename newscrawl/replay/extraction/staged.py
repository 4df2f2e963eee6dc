"""The files of an extracted unit, before it is decided which of its lines are kept.

A staged unit holds its lines (in the form of the output where a file can be used as it is), one row for each capture,
and the rejected articles. It is complete only when :meth:`StagedUnitWriter.close` has returned. Its files lie in the
work folder. Each attempt has its own file names, so a task that is killed or runs twice does no harm.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec
import zstandard

from newscrawl.errors import OutputError
from newscrawl.items import Article
from newscrawl.replay.output.forms import FORMS, STAGED_AS, LineWriter

DEFERRED = "deferred"
"""Stands for an outcome while the original of a revisit may be in another file."""
WORK_FILES = (".lines", ".rows", ".rejected", ".new")
"""The extensions of the files in the work folder."""

_ATTEMPTS = count()
_BUFFER = 1024 * 1024
_ENCODER = msgspec.json.Encoder()


class StagedRow(msgspec.Struct, frozen=True, array_like=True):
    """What became of one capture, as far as its own unit tells."""

    outcome: str
    """A value of :class:`newscrawl.account.Outcome`, or :data:`DEFERRED`."""
    url: str | None
    date: str | None
    record: str | None
    """WARC-Record-ID."""
    file: str
    """Base name of the WARC file; of a fault or a deferred revisit, its path."""
    offset: int | None
    reason: str | None = None
    id: bytes | None = None
    """Of an article: which revision it is (:mod:`newscrawl.replay.extraction.revisions`)."""
    rank: str | None = None
    """Of an article: which of the captures of its revision comes first."""
    has_line: bool = False
    """Whether the next line of the staged unit is of this capture."""
    signature: bytes | None = None
    """Of an article: for finding duplicates, if these are asked for."""


_DECODER = msgspec.json.Decoder(StagedRow)


@dataclass(frozen=True, slots=True)
class StagedUnit:
    """The finished files of one unit; paths are within the work folder."""

    lines: Path
    rows: Path
    rejected: Path
    count: int
    """Number of lines."""

    def remove_lines(self) -> None:
        """Delete all but the rows, which the account is made of."""
        for path in (self.lines, self.rejected):
            path.unlink(missing_ok=True)

    def all_rows(self) -> Iterator[StagedRow]:
        """Yield the rows in the order of reading."""
        with self.rows.open("rb") as packed:
            frames = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True, closefd=False)
            for line in io.BufferedReader(cast("io.RawIOBase", frames), _BUFFER):
                yield _DECODER.decode(line)


class StagedUnitWriter:
    """Write a staged unit.

    :class:`newscrawl.errors.OutputError` means that nothing more can be written: the disk is full or gone.
    """

    def __init__(self, folder: Path, number: int, form: str) -> None:
        """Create the files.

        Args:
            folder: the work folder.
            number: of the unit in the manifest.
            form: of the output, one of :data:`newscrawl.replay.output.forms.FORMS`.

        Raises:
            OutputError: they cannot be created.
        """
        stem = f"{number}-{os.getpid()}-{next(_ATTEMPTS)}"
        self._unit = StagedUnit(folder / f"{stem}.lines", folder / f"{stem}.rows", folder / f"{stem}.rejected", 0)
        self._lines_file = _created(self._unit.lines)
        self._lines: LineWriter = FORMS[STAGED_AS[form]].writer(self._lines_file, Article)
        self._rows_file = _created(self._unit.rows)
        self._rows: Any = zstandard.ZstdCompressor(level=1).stream_writer(self._rows_file, closefd=False)
        self._rejected: BinaryIO | None = None
        self._count = 0

    def add_line(self, line: bytes) -> None:
        """Write the line of one article; its row follows."""
        _write(self._lines, line, self._unit.lines)
        self._count += 1

    def add_row(self, row: StagedRow) -> None:
        """Write what became of one capture."""
        try:
            data = _ENCODER.encode(row)
        except UnicodeEncodeError:  # file names and URLs that are not UTF-8
            data = _ENCODER.encode(_printable(row))
        _write(self._rows, data + b"\n", self._unit.rows)

    def add_rejected(self, line: bytes) -> None:
        """Write the line of one article that breaks the schema."""
        if self._rejected is None:
            self._rejected = _created(self._unit.rejected)
        _write(self._rejected, line, self._unit.rejected)

    def close(self) -> StagedUnit:
        """Finish all files and sync them; return the staged unit.

        Raises:
            OutputError: they cannot be written.
        """
        try:
            self._lines.close()
            self._rows.close()
            for file in self._files():
                file.flush()
                os.fsync(file.fileno())
                file.close()
        except OSError as error:
            raise OutputError(f"cannot write {self._unit.lines}: {error}") from error
        return StagedUnit(self._unit.lines, self._unit.rows, self._unit.rejected, self._count)

    def abandon(self) -> None:
        """Close and delete all files."""
        for file in self._files():
            with suppress(OSError):  # closing flushes; what cannot be written is deleted anyway
                file.close()
        self._unit.remove_lines()
        self._unit.rows.unlink(missing_ok=True)

    def _files(self) -> list[BinaryIO]:
        return [file for file in (self._lines_file, self._rows_file, self._rejected) if file is not None]


def _created(path: Path) -> BinaryIO:
    try:
        return path.open("xb", buffering=_BUFFER)
    except OSError as error:
        raise OutputError(f"cannot create {path}: {error}") from error


def _write(file: Any, data: bytes, path: Path) -> None:
    try:
        file.write(data)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error}") from error


def _printable(row: StagedRow) -> StagedRow:
    """Return the row with everything escaped that UTF-8 cannot hold."""
    changes = {
        name: value.encode("utf-8", "backslashreplace").decode()
        for name in row.__struct_fields__
        if isinstance(value := getattr(row, name), str)
    }
    return msgspec.structs.replace(row, **changes)
