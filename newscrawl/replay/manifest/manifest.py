"""What a replay has done, in one SQLite file of the output folder: units, their lines by revision, faults, outputs.

A unit is *extracted* when its part is on disk and its rows are here, in one transaction. It is *settled* when its
output files are in place. Which of several lines of one revision is kept is decided here, over all units, by rank.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Self

import orjson

from newscrawl.errors import OutputError, RecordError, UsageError
from newscrawl.replay.extraction.staged import StagedUnit, rows_of
from newscrawl.replay.manifest.database import WORK_FILES, Database

PENDING, EXTRACTED, SETTLED = "pending", "extracted", "settled"

_IS_EARLIEST = """NOT EXISTS (
    SELECT 1 FROM lines AS other WHERE other.id = mine.id AND
    (other.rank < mine.rank OR (other.rank = mine.rank AND (other.unit, other.line) < (mine.unit, mine.line))))"""
"""Copies of one record in two files have the same rank and the same line: which of them is kept makes no difference."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit as the manifest knows it."""

    number: int
    name: str
    stem: str
    state: str


class Manifest:
    """The manifest of one output folder; locked while it is open."""

    def __init__(self, output: Path) -> None:
        """Open or begin it.

        Raises:
            OutputError: the folder cannot be written, or another replay is using it.
        """
        self.output = output
        self.database = Database(output)
        self.folder = self.database.folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self.database.close()
        if isinstance(error, sqlite3.Error):
            raise OutputError(f"{self.folder}: {error}") from error

    def start_over(self) -> None:
        """Forget everything, and remove the outputs that were made."""
        for (path,) in self.database.execute("SELECT path FROM outputs").fetchall():
            (self.output / path).unlink(missing_ok=True)
        with self.database.transaction():
            for table in ("facts", "units", "lines", "faults", "late", "outputs"):
                self.database.execute(f"DELETE FROM {table}")  # noqa: S608 - names from this line
        self.remove_strays()

    def remove_strays(self) -> None:
        """Delete files in the work folder that belong to no extracted unit: what a kill left."""
        known = {
            name
            for row in self.database.execute("SELECT lines, rows, rejected FROM units WHERE state = ?", (EXTRACTED,))
            for name in row
        }
        for path in self.folder.iterdir():
            if path.suffix in WORK_FILES and path.name not in known:
                path.unlink(missing_ok=True)

    # ── Units ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def entry(self, name: str, stem: str, stamp: str) -> Entry:
        """The unit called ``name``; new, changed since its stamp was noted, or without stamp: pending."""
        found = self.database.execute("SELECT number, stamp FROM units WHERE name = ?", (name,)).fetchone()
        if found is None:
            self.database.execute(
                "INSERT INTO units (name, stem, stamp, state) VALUES (?, ?, ?, ?)",
                (name, self._free_stem(stem), stamp, PENDING),
            )
        elif not stamp or found[1] != stamp:
            with self.database.transaction():
                self._forget(found[0])
                self.database.execute("UPDATE units SET stamp = ? WHERE number = ?", (stamp, found[0]))
        row = self.database.execute("SELECT number, name, stem, state FROM units WHERE name = ?", (name,)).fetchone()
        return Entry(*row)

    def has(self, name: str) -> bool:
        """Whether there is a unit called ``name``."""
        return self.database.execute("SELECT 1 FROM units WHERE name = ?", (name,)).fetchone() is not None

    def _free_stem(self, stem: str) -> str:
        taken = "SELECT 1 FROM units WHERE stem = ?"
        for candidate in chain([stem], (f"{stem}-{number}" for number in range(2, 100_000))):
            if self.database.execute(taken, (candidate,)).fetchone() is None:
                return candidate
        raise UsageError(f"too many sources are called {stem}")

    def units(self, state: str) -> list[Entry]:
        """All units in ``state``."""
        rows = self.database.execute(
            "SELECT number, name, stem, state FROM units WHERE state = ? ORDER BY number", (state,)
        )
        return [Entry(*row) for row in rows]

    def forget(self, number: int) -> None:
        """The unit is pending again."""
        with self.database.transaction():
            self._forget(number)

    def _forget(self, number: int) -> None:
        self._doubt_partners(number)
        for table in ("lines", "faults", "late"):
            self.database.execute(f"DELETE FROM {table} WHERE unit = ?", (number,))  # noqa: S608 - names from above
        self.database.execute("UPDATE units SET state = ?, doubtful = 0 WHERE number = ?", (PENDING, number))

    def _doubt_partners(self, number: int) -> None:
        """Settled units that share a revision with this one: which line is kept may change with it."""
        self.database.execute(
            "UPDATE units SET doubtful = 1 WHERE state = ? AND number != ? AND number IN (SELECT other.unit FROM lines "
            "AS mine JOIN lines AS other ON other.id = mine.id WHERE mine.unit = ?)",
            (SETTLED, number, number),
        )

    def add_extraction(self, number: int, part: StagedUnit, counts: dict[str, int], *, complete: bool) -> None:
        """The unit is extracted: its rows and its part, at once. Not ``complete``: a rerun tries it again."""
        with self.database.transaction():
            self._forget(number)
            self._add_rows(number, part)
            self._doubt_partners(number)
            self.database.execute(
                "UPDATE units SET state = ?, counts = ?, lines = ?, rows = ?, rejected = ?, count = ? WHERE number = ?",
                (
                    EXTRACTED,
                    orjson.dumps(counts).decode(),
                    part.lines.name,
                    part.rows.name,
                    part.rejected.name,
                    part.count,
                    number,
                ),
            )
            if not complete:
                self.database.execute("UPDATE units SET stamp = '' WHERE number = ?", (number,))

    def _add_rows(self, number: int, part: StagedUnit) -> None:
        line = 0
        for kind, *values in rows_of(part):
            if kind == "line":
                self.database.execute(
                    "INSERT INTO lines (unit, line, id, rank) VALUES (?, ?, ?, ?)",
                    (number, line, bytes.fromhex(values[0]), values[1]),
                )
                line += 1
            else:
                table = "faults" if kind == "fault" else "late"
                self.database.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", (number, *values))  # noqa: S608

    def add_fault(self, number: int, error: RecordError) -> None:
        """A unit that could not be extracted at all: it stays pending."""
        with self.database.transaction():
            self._forget(number)
            values = (number, error.path, error.offset, error.reason)
            self.database.execute("INSERT INTO faults VALUES (?, ?, ?, ?)", values)

    # ── Settling ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def reopen_doubtful(self) -> list[Entry]:
        """Settled units of which other lines are to be kept than were: they are pending again."""
        reopened = []
        for (number,) in self.database.execute("SELECT number FROM units WHERE doubtful = 1").fetchall():
            changed = self.database.execute(
                f"SELECT 1 FROM lines AS mine WHERE unit = ? AND kept != ({_IS_EARLIEST}) LIMIT 1",  # noqa: S608
                (number,),
            ).fetchone()
            if changed:
                reopened.append(number)
            self.database.execute("UPDATE units SET doubtful = 0 WHERE number = ?", (number,))
        for number in reopened:
            self.forget(number)
        return [entry for entry in self.units(PENDING) if entry.number in set(reopened)]

    def part_of(self, number: int) -> StagedUnit:
        """The part of an extracted unit."""
        lines, rows, rejected, count = self.database.execute(
            "SELECT lines, rows, rejected, count FROM units WHERE number = ?", (number,)
        ).fetchone()
        return StagedUnit(self.folder / lines, self.folder / rows, self.folder / rejected, count)

    def kept_lines(self, number: int) -> list[int]:
        """The numbers of the lines of this unit that stand for their revision."""
        rows = self.database.execute(
            f"SELECT line FROM lines AS mine WHERE unit = ? AND {_IS_EARLIEST} ORDER BY line",  # noqa: S608
            (number,),
        )
        return [line for (line,) in rows]

    def add_outputs(self, number: int, kept: Iterable[int], paths: Iterable[str]) -> list[str]:
        """The unit is settled, its output files ``paths`` are in place; returns former ones that are no more."""
        paths = list(paths)
        with self.database.transaction():
            former = [path for (path,) in self.database.execute("SELECT path FROM outputs WHERE unit = ?", (number,))]
            self.database.execute("DELETE FROM outputs WHERE unit = ?", (number,))
            self.database.executemany("INSERT INTO outputs VALUES (?, ?)", ((number, path) for path in paths))
            self.database.execute("UPDATE lines SET kept = 0 WHERE unit = ?", (number,))
            self.database.executemany(
                "UPDATE lines SET kept = 1 WHERE unit = ? AND line = ?", ((number, line) for line in kept)
            )
            self.database.execute("UPDATE units SET state = ?, doubtful = 0 WHERE number = ?", (SETTLED, number))
        return [path for path in former if path not in set(paths)]

    # ── What came of it ──────────────────────────────────────────────────────────────────────────────────────────────

    def late(self, numbers: Iterable[int]) -> Iterator[tuple[str, int]]:
        """Path and offset of the revisits in the units ``numbers`` whose originals were not found in their file."""
        for number in numbers:
            yield from self.database.execute("SELECT path, offset FROM late WHERE unit = ?", (number,))

    def faults(self, numbers: Iterable[int]) -> Iterator[RecordError]:
        """The faults found in the units ``numbers``."""
        for number in numbers:
            rows = self.database.execute("SELECT path, offset, reason FROM faults WHERE unit = ?", (number,))
            yield from (RecordError(*row) for row in rows)

    def counts(self, number: int) -> dict[str, int]:
        """What the extraction of a unit counted."""
        (text,) = self.database.execute("SELECT counts FROM units WHERE number = ?", (number,)).fetchone()
        counts: dict[str, Any] = orjson.loads(text)
        return counts

    def kept_count(self, numbers: Iterable[int]) -> int:
        """How many lines the outputs of the units ``numbers`` hold."""
        query = "SELECT count(*) FROM lines WHERE unit = ? AND kept"
        return sum(self.database.execute(query, (number,)).fetchone()[0] for number in numbers)

    def outputs(self, number: int) -> list[str]:
        """The output files of a unit, relative to the output folder."""
        return [path for (path,) in self.database.execute("SELECT path FROM outputs WHERE unit = ?", (number,))]
