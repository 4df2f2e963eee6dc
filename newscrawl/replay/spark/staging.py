"""What a Spark task returns: rows. Nothing here imports Spark.

A task extracts one unit with the same :class:`~newscrawl.replay.extraction.extractor.Extractor` as a process of the
pool, into files of its own on the worker's disk, and returns the lines of these.
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

from newscrawl.account import Outcome
from newscrawl.archive.cdxj.index import REVISIT, IndexEntry
from newscrawl.replay.extraction.extractor import Extractor, Task
from newscrawl.replay.extraction.progress_counter import ProgressCounter
from newscrawl.replay.extraction.staged import StagedUnit
from newscrawl.replay.output.files import kept_lines_of
from newscrawl.replay.output.partitions import partition_values
from newscrawl.replay.reading.units import Unit
from newscrawl.replay.recipe import Recipe

REJECTED_LINE = "rejected-line"
"""The row of the line of a rejected article, beside the row of its outcome."""
_INDEX_NAME = "records.cdxj"
_UNKNOWN_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""Of a record whose table has no date; filters by date are then refused (see :mod:`.submission`)."""


class Row(NamedTuple):
    """A row of the staging table: what became of one capture, and its line if it gave one.

    All runners decide by ``id`` and ``rank`` which line stands for a revision.
    """

    outcome: str
    """A value of :class:`newscrawl.account.Outcome`, ``deferred``, or :data:`REJECTED_LINE`."""
    unit: int
    """Number of the unit in the order of the sources."""
    number: int
    """Number of the row in the unit."""
    id: bytes | None = None
    rank: str | None = None
    line: str | None = None
    """The line of JSON, without its line end."""
    url: str | None = None
    date: str | None = None
    record: str | None = None
    file: str | None = None
    offset: int | None = None
    reason: str | None = None
    site: str | None = None
    day: str | None = None
    """Of publication, with ``site``: where the output is partitioned."""
    signature: bytes | None = None
    """For finding duplicates."""


SCHEMA = (
    "outcome string, unit long, number long, id binary, rank string, line string, url string, date string, "
    "record string, file string, offset long, reason string, site string, day string, signature binary"
)
"""Of a table of rows, as Spark writes it."""


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """A row of an index table, such as Common Crawl's: where one record is, and what is known of it."""

    url: str
    filename: str
    offset: int
    length: int
    date: datetime | None = None
    status: int | None = None
    mime: str | None = None
    digest: str | None = None


class UnitRows:
    """Make the rows of units; there is one in each Spark task."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._progress = ProgressCounter(multiprocessing.get_context("spawn"))
        self.counts: Counter[str] = Counter()
        """What the extraction counted, and ``bad_files``: units with faults."""

    def of(self, task: Task) -> Iterator[Row]:
        """Yield the rows of one unit.

        Raises:
            OutputError: the worker's disk cannot be written.
        """
        with TemporaryDirectory(prefix="newscrawl-") as folder:
            extraction = Extractor(self._recipe, Path(folder), self._progress)(task)
            assert extraction is not None  # nobody asks this extractor to stop
            counts = Counter(extraction.counts)
            self.counts.update(counts)
            self.counts["articles"] += counts[Outcome.ARTICLE] + counts[Outcome.REPEAT]
            self.counts["bad_files"] += bool(counts[Outcome.FAULT] or counts[Outcome.FAILED])
            yield from _unit_rows(task.number, extraction.staged, self._recipe)

    def given_up(self, task: Task, reason: str) -> Row:
        """Return the row of a unit that is not read at all."""
        self.counts.update((Outcome.FAULT, "bad_files"))
        return fault_row(task.number, task.unit.name, reason)

    def of_places(self, number: int, places: Iterable[RecordPlace], table: str, base: str) -> Iterator[Row]:
        """Yield the rows of records that an index table names, through a temporary index file."""
        with TemporaryDirectory(prefix="newscrawl-") as folder:
            index = Path(folder) / _INDEX_NAME
            with index.open("wb") as lines:
                lines.writelines(entry_of(place).line() for place in places)
            if index.stat().st_size == 0:
                return
            unit = Unit(table, "", None, index=str(index), start=0, end=index.stat().st_size, base=base)
            for row in self.of(Task(number, unit)):
                yield row._replace(file=table) if row.file == str(index) else row


def fault_row(unit: int, path: str, reason: str) -> Row:
    """Return the row of a fault of a whole file."""
    return Row(Outcome.FAULT.value, unit, 0, file=path, offset=0, reason=reason)


def entry_of(place: RecordPlace) -> IndexEntry:
    """Return the line of CDXJ for a row of an index table."""
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


def _unit_rows(unit: int, staged: StagedUnit, recipe: Recipe) -> Iterator[Row]:
    lines = kept_lines_of(staged, range(staged.count), recipe.form)
    number = -1
    for number, row in enumerate(staged.all_rows()):
        line = next(lines) if row.has_line else None
        values = partition_values(orjson.loads(line)) if line and recipe.partition else {"site": None, "date": None}
        yield Row(
            row.outcome,
            unit,
            number,
            row.id,
            row.rank,
            line.decode().removesuffix("\n") if line else None,
            row.url,
            row.date,
            row.record,
            row.file,
            row.offset,
            row.reason,
            values["site"],
            values["date"],
            row.signature,
        )
    if staged.rejected.exists():
        with staged.rejected.open("rb") as rejected:
            for place, line in enumerate(rejected, start=number + 1):
                yield Row(REJECTED_LINE, unit, place, line=line.decode().removesuffix("\n"))
