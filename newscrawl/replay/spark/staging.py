"""What a Spark task gives: rows. Nothing here knows of Spark.

A task extracts one unit with the same :class:`~newscrawl.replay.extraction.extractor.Extractor` as a process of the
pool, into files of its own on the worker's disk, and hands the lines of these on.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import orjson

from newscrawl.archive.cdxj.index import REVISIT, IndexEntry
from newscrawl.replay.extraction.extractor import Extractor, Task
from newscrawl.replay.extraction.progress_counter import ProgressCounter
from newscrawl.replay.extraction.staged import StagedUnit, rows_of
from newscrawl.replay.output.outputs import partition_values
from newscrawl.replay.reading.units import Unit
from newscrawl.replay.recipe import Recipe

LINE, REJECTED, FAULT, LATE = "line", "rejected", "fault", "late"
"""The kinds of rows: an article; one that breaks the schema; a record or file that cannot be read; a revisit whose
original is not in the same file."""
_INDEX_NAME = "records.cdxj"
_UNKNOWN_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""Of a record whose table tells none; the filters by date are then refused (see :mod:`.submission`)."""


class Row(NamedTuple):
    """A row of the staging table; all runners decide by ``id`` and ``rank`` which line stands for a revision."""

    kind: str
    unit: int
    """Number of the unit in the order of the sources."""
    number: int
    """Number of the row among those of its kind in the unit."""
    id: bytes | None
    rank: str | None
    text: str
    """The line of JSON, without its end; of a fault or a late revisit ``{"path", "offset", "reason"}``."""
    site: str | None
    date: str | None
    """Where the output is partitioned: the day of publication."""


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """A row of an index table, such as Common Crawl's: where one record lies, and what is known of it."""

    url: str
    filename: str
    offset: int
    length: int
    date: datetime | None = None
    status: int | None = None
    mime: str | None = None
    digest: str | None = None


class UnitRows:
    """Makes the rows of units; one in each task of Spark."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._meter = ProgressCounter(multiprocessing.get_context("spawn"))
        self.counts: Counter[str] = Counter()
        """What the extraction counted, and ``bad_files``: units with faults."""

    def of(self, task: Task) -> Iterator[Row]:
        """The rows of one unit.

        Raises:
            OutputError: the worker's disk cannot be written.
        """
        with TemporaryDirectory(prefix="newscrawl-") as folder:
            extraction = Extractor(self._recipe, Path(folder), self._meter)(task)
            assert extraction is not None  # nobody asks this meter to stop
            self.counts.update(extraction.counts)
            self.counts["bad_files"] += bool(extraction.counts.get("faults") or extraction.counts.get("failed"))
            yield from _part_rows(task.number, extraction.part, self._recipe.partition)

    def given_up(self, task: Task, reason: str) -> Row:
        """The row of a unit that is not read at all."""
        self.counts.update(("faults", "bad_files"))
        return fault_row(task.number, task.unit.name, reason)

    def of_places(self, number: int, places: Iterable[RecordPlace], table: str, base: str) -> Iterator[Row]:
        """The rows of records that an index table names, by way of an index file of their own."""
        with TemporaryDirectory(prefix="newscrawl-") as folder:
            index = Path(folder) / _INDEX_NAME
            with index.open("wb") as lines:
                lines.writelines(entry_of(place).line() for place in places)
            if index.stat().st_size == 0:
                return
            unit = Unit(table, "", None, index=str(index), start=0, end=index.stat().st_size, base=base)
            for row in self.of(Task(number, unit)):
                yield row._replace(text=row.text.replace(str(index), table)) if row.kind == FAULT else row


def fault_row(unit: int, path: str, reason: str) -> Row:
    """The row of a fault of a whole file."""
    return Row(FAULT, unit, 0, None, None, _fault_text(path, 0, reason), None, None)


def entry_of(place: RecordPlace) -> IndexEntry:
    """The line of CDXJ for a row of an index table."""
    return IndexEntry(
        url=place.url,
        date=place.date or _UNKNOWN_DATE,
        mime=REVISIT if place.mime == REVISIT else place.mime or "",
        status=place.status,
        digest=place.digest,
        length=place.length,
        offset=place.offset,
        filename=place.filename,
    )


def _part_rows(unit: int, part: StagedUnit, partition: tuple[str, ...]) -> Iterator[Row]:
    numbers: Counter[str] = Counter()
    with part.lines.open("rb") as lines:
        for kind, *values in rows_of(part):
            if kind == LINE:
                line = next(lines)
                place = partition_values(orjson.loads(line)) if partition else {"site": None, "date": None}
                yield Row(LINE, unit, numbers[LINE], bytes.fromhex(values[0]), values[1], _text(line), **place)
            else:
                yield Row(kind, unit, numbers[kind], None, None, _fault_text(*values), None, None)
            numbers[kind] += 1
    if part.rejected.exists():
        with part.rejected.open("rb") as rejected:
            for number, line in enumerate(rejected):
                yield Row(REJECTED, unit, number, None, None, _text(line), None, None)


def _text(line: bytes) -> str:
    return line.decode().removesuffix("\n")


def _fault_text(path: str, offset: int, reason: str) -> str:
    return _text(orjson.dumps({"path": path, "offset": offset, "reason": reason}))
