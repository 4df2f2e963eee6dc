"""What a replay has done, in one SQLite file of the output folder: units, their lines by revision, faults, outputs.

A unit is *extracted* when its staged files are on disk and its rows are here, in one transaction. It is *complete* when
its output files are in place. Which line of a revision is kept is decided here, over all units, by rank.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Self

import orjson

from newscrawl.account import Outcome
from newscrawl.errors import OutputError, RecordError, UsageError
from newscrawl.replay.extraction.staged import DEFERRED, WORK_FILES, StagedUnit
from newscrawl.replay.manifest.database import Database
from newscrawl.replay.selection.duplicates import Candidate, duplicates_of

PENDING, EXTRACTED, COMPLETE = "pending", "extracted", "complete"

_IS_EARLIEST = """NOT EXISTS (
    SELECT 1 FROM lines AS other WHERE other.id = mine.id AND
    (other.rank < mine.rank OR (other.rank = mine.rank AND (other.unit, other.line) < (mine.unit, mine.line))))"""
"""Copies of one record in two files have the same rank and the same line: which of them is kept makes no difference."""
_IS_CHOSEN = f"({_IS_EARLIEST} AND mine.id NOT IN (SELECT id FROM duplicates))"  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit as the manifest knows it."""

    number: int
    name: str
    stem: str
    state: str
    """``pending``, ``extracted`` or ``complete``."""


class Manifest:
    """The manifest of one output folder; locked while it is open."""

    def __init__(self, output: Path) -> None:
        """Open or create it.

        Raises:
            OutputError: the folder cannot be written, or another replay is using it.
            UsageError: it was written by another version of newscrawl.
        """
        self.output = output
        self.database = Database(output)
        self.folder = self.database.folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self.database.close()
        if isinstance(error, sqlite3.Error):
            raise OutputError(f"cannot write {self.folder}: {error}") from error

    def start_over(self) -> None:
        """Forget everything, and delete the outputs that were made."""
        for row in self.database.execute("SELECT path FROM outputs").fetchall():
            (self.output / row["path"]).unlink(missing_ok=True)
        with self.database.transaction():
            for table in ("facts", "units", "lines", "duplicates", "faults", "deferred", "outputs"):
                self.database.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
        self.remove_strays()

    def remove_strays(self) -> None:
        """Delete the files in the work folder that belong to no unit: what a kill or an earlier extraction left."""
        known: set[str | None] = set()
        for row in self.database.execute("SELECT state, lines_file, rows_file, rejected_file FROM units"):
            if row["state"] != PENDING:
                known.add(row["rows_file"])
            if row["state"] == EXTRACTED:
                known.update((row["lines_file"], row["rejected_file"]))
        for path in self.folder.iterdir():
            if path.suffix in WORK_FILES and path.name not in known:
                path.unlink(missing_ok=True)

    # ── Units ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def unit(self, name: str, stem: str, stamp: str) -> UnitState:
        """Return the unit called ``name``. It is pending if it is new, has no stamp, or its stamp has changed."""
        found = self.database.execute("SELECT number, stamp FROM units WHERE name = ?", (name,)).fetchone()
        if found is None:
            self.database.execute(
                "INSERT INTO units (name, stem, stamp, state) VALUES (?, ?, ?, ?)",
                (name, self._free_stem(stem), stamp, PENDING),
            )
        elif not stamp or found["stamp"] != stamp:
            with self.database.transaction():
                self._forget(found["number"])
                self.database.execute("UPDATE units SET stamp = ? WHERE number = ?", (stamp, found["number"]))
        row = self.database.execute("SELECT number, name, stem, state FROM units WHERE name = ?", (name,)).fetchone()
        return UnitState(**row)

    def has(self, name: str) -> bool:
        """Return whether there is a unit called ``name``."""
        return self.database.execute("SELECT 1 FROM units WHERE name = ?", (name,)).fetchone() is not None

    def _free_stem(self, stem: str) -> str:
        taken = "SELECT 1 FROM units WHERE stem = ?"
        for candidate in chain([stem], (f"{stem}-{number}" for number in range(2, 100_000))):
            if self.database.execute(taken, (candidate,)).fetchone() is None:
                return candidate
        raise UsageError(f"too many sources have the name {stem}: replay them into several folders")

    def units(self, state: str) -> list[UnitState]:
        """Return all units in ``state``."""
        rows = self.database.execute(
            "SELECT number, name, stem, state FROM units WHERE state = ? ORDER BY number", (state,)
        )
        return [UnitState(**row) for row in rows]

    def forget(self, number: int) -> None:
        """Make the unit pending again."""
        with self.database.transaction():
            self._forget(number)

    def _forget(self, number: int) -> None:
        self._doubt_partners(number)
        for table in ("lines", "faults", "deferred"):
            self.database.execute(f"DELETE FROM {table} WHERE unit = ?", (number,))  # noqa: S608 - names from above
        self.database.execute("UPDATE units SET state = ?, is_doubtful = 0 WHERE number = ?", (PENDING, number))

    def _doubt_partners(self, number: int) -> None:
        """Mark complete units that share a revision with this one: which line is kept may change with it."""
        self.database.execute(
            "UPDATE units SET is_doubtful = 1 WHERE state = ? AND number != ? AND number IN (SELECT other.unit FROM "
            "lines AS mine JOIN lines AS other ON other.id = mine.id WHERE mine.unit = ?)",
            (COMPLETE, number, number),
        )

    def add_extraction(self, number: int, staged: StagedUnit, counts: dict[str, int], *, opened: bool) -> None:
        """Store an extracted unit in one transaction. If the file could not be opened, a rerun tries again."""
        with self.database.transaction():
            self._forget(number)
            self._add_rows(number, staged)
            self._doubt_partners(number)
            self.database.execute(
                "UPDATE units SET state = :state, counts = :counts, lines_file = :lines, rows_file = :rows, "
                "rejected_file = :rejected, line_count = :count WHERE number = :number",
                {
                    "state": EXTRACTED,
                    "counts": orjson.dumps(counts).decode(),
                    "lines": staged.lines.name,
                    "rows": staged.rows.name,
                    "rejected": staged.rejected.name,
                    "count": staged.count,
                    "number": number,
                },
            )
            if not opened:
                self.database.execute("UPDATE units SET stamp = '' WHERE number = ?", (number,))

    def _add_rows(self, number: int, staged: StagedUnit) -> None:
        line = 0
        for row in staged.all_rows():
            if row.has_line:
                self.database.execute(
                    "INSERT INTO lines (unit, line, id, rank, url, signature) "
                    "VALUES (:unit, :line, :id, :rank, :url, :signature)",
                    {
                        "unit": number,
                        "line": line,
                        "id": row.id,
                        "rank": row.rank,
                        "url": row.url if row.signature is not None else None,
                        "signature": row.signature,
                    },
                )
                line += 1
            elif row.outcome in (Outcome.FAULT, Outcome.FAILED):
                reason = row.reason if row.outcome == Outcome.FAULT else f"{row.url}: {row.reason}"
                self._add_place("faults", number, row.file, row.offset or 0, reason)
            elif row.outcome == DEFERRED:
                self._add_place("deferred", number, row.file, row.offset or 0, row.reason)

    def _add_place(self, table: str, number: int, path: str, offset: int, reason: str | None) -> None:
        self.database.execute(
            f"INSERT INTO {table} (unit, path, offset, reason) VALUES (?, ?, ?, ?)",  # noqa: S608 - names from above
            (number, path, offset, reason),
        )

    def add_fault(self, number: int, error: RecordError) -> None:
        """Store why a unit could not be extracted at all; it stays pending."""
        with self.database.transaction():
            self._forget(number)
            self._add_place("faults", number, error.path, error.offset, error.reason)
            self.database.execute("UPDATE units SET counts = '{}' WHERE number = ?", (number,))

    # ── Choosing lines ───────────────────────────────────────────────────────────────────────────────────────────────

    def find_duplicates(self) -> None:
        """Decide which revisions are duplicates of others, over all units; mark units whose kept lines may change."""
        candidates = self.database.connection.cursor().execute(
            f"SELECT id, url, signature FROM lines AS mine WHERE {_IS_EARLIEST} ORDER BY rank, id"  # noqa: S608
        )
        found = list(duplicates_of(Candidate(*row) for row in candidates))
        with self.database.transaction():
            self.database.execute("DELETE FROM duplicates")
            self.database.executemany("INSERT INTO duplicates (id, kept_id, kept_url) VALUES (?, ?, ?)", found)
            self.database.execute("UPDATE units SET is_doubtful = 1 WHERE state = ?", (COMPLETE,))

    def reopen_doubtful(self) -> list[UnitState]:
        """Make complete units pending again if other lines of them are to be kept than were; return these."""
        reopened = []
        for row in self.database.execute("SELECT number FROM units WHERE is_doubtful = 1").fetchall():
            changed = self.database.execute(
                f"SELECT 1 FROM lines AS mine WHERE unit = ? AND is_kept != {_IS_CHOSEN} LIMIT 1",  # noqa: S608
                (row["number"],),
            ).fetchone()
            if changed:
                reopened.append(row["number"])
            self.database.execute("UPDATE units SET is_doubtful = 0 WHERE number = ?", (row["number"],))
        for number in reopened:
            self.forget(number)
        return [unit for unit in self.units(PENDING) if unit.number in set(reopened)]

    def staged(self, number: int) -> StagedUnit:
        """Return the staged files of a unit."""
        row = self.database.execute(
            "SELECT lines_file, rows_file, rejected_file, line_count FROM units WHERE number = ?", (number,)
        ).fetchone()
        lines, rows, rejected = (self.folder / row[name] for name in ("lines_file", "rows_file", "rejected_file"))
        return StagedUnit(lines, rows, rejected, row["line_count"])

    def kept_lines(self, number: int) -> list[int]:
        """Return the numbers of the lines of this unit that stand for their revision."""
        rows = self.database.execute(
            f"SELECT line FROM lines AS mine WHERE unit = ? AND {_IS_CHOSEN} ORDER BY line",  # noqa: S608
            (number,),
        )
        return [row["line"] for row in rows]

    def staged_rows(self, number: int) -> StagedUnit | None:
        """Return the staged files of a unit if its rows are there."""
        row = self.database.execute("SELECT state, rows_file FROM units WHERE number = ?", (number,)).fetchone()
        return None if row["state"] == PENDING or row["rows_file"] is None else self.staged(number)

    def has_line(self, number: int, line: int) -> bool:
        """Return whether the line is within the limit of articles."""
        found = self.database.execute("SELECT 1 FROM lines WHERE unit = ? AND line = ?", (number, line))
        return found.fetchone() is not None

    def is_chosen(self, number: int, line: int) -> bool:
        """Return whether the line stands for its revision, which is no duplicate."""
        found = self.database.execute(
            f"SELECT 1 FROM lines AS mine WHERE unit = ? AND line = ? AND {_IS_CHOSEN}",  # noqa: S608
            (number, line),
        )
        return found.fetchone() is not None

    def first_rank(self, id_: bytes) -> str | None:
        """Return the rank of the capture that stands for a revision."""
        row = self.database.execute("SELECT min(rank) AS rank FROM lines WHERE id = ?", (id_,)).fetchone()
        return None if row["rank"] is None else str(row["rank"])

    def duplicate_of(self, id_: bytes) -> str | None:
        """Return the URL of the article that is kept instead of a revision; None if that is no duplicate."""
        row = self.database.execute("SELECT kept_url FROM duplicates WHERE id = ?", (id_,)).fetchone()
        return None if row is None else str(row["kept_url"])

    def complete(self, number: int, kept: Iterable[int], paths: Iterable[str]) -> list[str]:
        """Store that the output files ``paths`` of the unit are in place; return former ones that are no more."""
        paths = list(paths)
        with self.database.transaction():
            former = self.outputs(number)
            self.database.execute("DELETE FROM outputs WHERE unit = ?", (number,))
            self.database.executemany(
                "INSERT INTO outputs (unit, path) VALUES (?, ?)", ((number, path) for path in paths)
            )
            self.database.execute("UPDATE lines SET is_kept = 0 WHERE unit = ?", (number,))
            self.database.executemany(
                "UPDATE lines SET is_kept = 1 WHERE unit = ? AND line = ?", ((number, line) for line in kept)
            )
            self.database.execute("UPDATE units SET state = ?, is_doubtful = 0 WHERE number = ?", (COMPLETE, number))
        return [path for path in former if path not in set(paths)]

    # ── What came of it ──────────────────────────────────────────────────────────────────────────────────────────────

    def deferred(self, numbers: Iterable[int]) -> Iterator[tuple[str, int]]:
        """Yield path and offset of the revisits in the units ``numbers`` whose originals are not in their file."""
        for number in numbers:
            for row in self.database.execute("SELECT path, offset FROM deferred WHERE unit = ?", (number,)):
                yield row["path"], row["offset"]

    def faults(self, numbers: Iterable[int]) -> Iterator[RecordError]:
        """Yield the faults found in the units ``numbers``."""
        for number in numbers:
            for row in self.database.execute("SELECT path, offset, reason FROM faults WHERE unit = ?", (number,)):
                yield RecordError(row["path"], row["offset"], row["reason"])

    def counts(self, number: int) -> Counter[str]:
        """Return what the extraction of a unit counted."""
        row = self.database.execute("SELECT counts FROM units WHERE number = ?", (number,)).fetchone()
        counts: dict[str, Any] = orjson.loads(row["counts"])
        return Counter(counts)

    def kept_count(self, numbers: Iterable[int]) -> int:
        """Return how many lines the outputs of the units ``numbers`` hold."""
        query = "SELECT count(*) AS kept FROM lines WHERE unit = ? AND is_kept"
        return sum(self.database.execute(query, (number,)).fetchone()["kept"] for number in numbers)

    def outputs(self, number: int) -> list[str]:
        """Return the output files of a unit, relative to the output folder."""
        rows = self.database.execute("SELECT path FROM outputs WHERE unit = ?", (number,))
        return [row["path"] for row in rows]
