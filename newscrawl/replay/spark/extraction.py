"""The first job of a replay on Spark: units in, rows of a staging folder out.

There is a task for each unit, and no shuffle after it. As this is an output stage, Spark commits the files of one
attempt of each task and counts its accumulators once, so a task that failed or ran twice leaves no trace. All later
steps read the staging folder, so a page is never extracted twice.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial, reduce
from math import ceil
from typing import Any, cast

import pyarrow as pa
from pyspark import Accumulator, AccumulatorParam, Broadcast, TaskContext
from pyspark.errors import AnalysisException, ParseException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import StructType

from newscrawl.account import Outcome
from newscrawl.errors import UsageError
from newscrawl.files.sources import Source
from newscrawl.replay.extraction.extractor import Task
from newscrawl.replay.extraction.staged import DEFERRED
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.run import DEFERRED_REVISITS
from newscrawl.replay.spark.revisits import LAST_ATTEMPT, attempt, revisit_of, with_originals
from newscrawl.replay.spark.staging import SCHEMA, RecordPlace, Row, UnitRows, fault_row
from newscrawl.replay.spark.submission import Table

RECORDS_PER_TASK = 4_000
"""Rows of an index table that are one task: some ten seconds of a core."""
MAX_TASKS = 100_000
DEFERRED_UNITS = 10**12
"""The numbers of units of deferred revisits begin here: after all others."""
BATCH_ROWS = 500
BATCH_CHARACTERS = 8 * 1024 * 1024
"""Rows and characters of lines that a worker sends to the JVM at once."""

Batches = Iterator[pa.RecordBatch]


class _Counts(AccumulatorParam[Counter[str]]):
    def zero(self, value: Counter[str]) -> Counter[str]:  # noqa: ARG002 - Spark's signature
        return Counter()

    def addInPlace(self, value1: Counter[str], value2: Counter[str]) -> Counter[str]:
        value1.update(value2)
        return value1


class StagedExtraction:
    """The first job: from units to rows of the staging folder."""

    def __init__(self, session: SparkSession, recipe: Recipe, staging: str) -> None:
        self._session = session
        self._recipe = recipe
        self._staging = staging
        self._folders: list[str] = []
        self.counts: Accumulator[Counter[str]] = session.sparkContext.accumulator(Counter(), _Counts())

    def stage_units(self, tasks: list[Task]) -> None:
        """Extract units, each in a Spark task; the largest begin first, so that none ends long after the others."""
        if tasks:
            ordered = sorted(tasks, key=lambda task: -(task.unit.size or 0))
            pickled = [(bytearray(pickle.dumps(task)),) for task in ordered]
            spread = self._session.sparkContext.parallelize(pickled, min(len(pickled), MAX_TASKS))
            frame = self._session.createDataFrame(spread, "task binary", verifySchema=False)
            self._write("units", frame, partial(_unit_rows, recipe=self._recipe, counts=self.counts))

    def stage_records(self, table: Table, records: DataFrame, first: int) -> None:
        """Extract the records that a table names, in the order of their files; units are numbered after ``first``."""
        complete = records.where("url IS NOT NULL AND filename IS NOT NULL AND offset >= 0")
        number = complete.count()
        if incomplete := records.count() - number:
            reason = f"{incomplete} rows without URL, file name or offset"
            self.counts.add(Counter({Outcome.FAULT.value: 1, "bad_files": 1}))
            path = f"{self._staging}/{len(self._folders)}-table-{first}"
            self._session.createDataFrame([fault_row(first, table.path, reason)], SCHEMA).write.parquet(path)
            self._folders.append(path)
        spread = complete.repartitionByRange(_tasks_for(number), "filename", "offset")
        work = partial(_record_rows, table=table, first=first, recipe=self._recipe, counts=self.counts)
        self._write(f"records-{first}", spread.sortWithinPartitions("filename", "offset"), work)

    def stage_deferred(self, tasks: list[Task]) -> None:
        """Extract the revisits whose originals are not in their own file."""
        if self.counts.value[DEFERRED]:
            sources = [task.unit.source for task in tasks if task.unit.source is not None]
            places = (
                self.rows()
                .where(sql.col("outcome") == DEFERRED)
                .select(sql.col("file").alias("path"), sql.col("offset"))
            )
            revisits = with_originals(self._session, places, sources)
            known = self._session.sparkContext.broadcast({source.name: source for source in sources})
            work = partial(_deferred_rows, known=known, recipe=self._recipe, counts=self.counts)
            self._write("deferred", revisits, work)

    def rows(self) -> DataFrame:
        """Return all rows so far."""
        return reduce(DataFrame.union, (self._session.read.schema(SCHEMA).parquet(path) for path in self._folders))

    def _write(self, name: str, frame: DataFrame, work: Callable[[Batches], Iterator[Row]]) -> None:
        """Write what ``work`` makes of each partition of ``frame``."""
        path = f"{self._staging}/{len(self._folders)}-{name}"
        frame.mapInArrow(_InArrow(work), SCHEMA).write.parquet(path, compression="zstd")
        self._folders.append(path)


class _InArrow:
    """Send the rows of a worker to the JVM in Arrow batches: an eighth of the time that pickled rows take."""

    def __init__(self, work: Callable[[Batches], Iterator[Row]]) -> None:
        self._work = work
        self._schema = to_arrow_schema(cast(StructType, StructType.fromDDL(SCHEMA)))

    def __call__(self, batches: Batches) -> Batches:
        rows: list[Row] = []
        size = 0
        for row in self._work(batches):
            rows.append(row)
            size += len(row.line or "")
            if len(rows) >= BATCH_ROWS or size >= BATCH_CHARACTERS:
                yield self._batch(rows)
                rows, size = [], 0
        if rows:
            yield self._batch(rows)

    def _batch(self, rows: list[Row]) -> pa.RecordBatch:
        columns = zip(*rows, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=self._schema)


def _unit_rows(batches: Batches, recipe: Recipe, counts: Accumulator[Counter[str]]) -> Iterator[Row]:
    """Run on a worker."""
    unit_rows = UnitRows(recipe)
    for row in _rows_of(batches):
        task = pickle.loads(row["task"])  # noqa: S301 - from our own driver
        if attempt() >= LAST_ATTEMPT:
            yield unit_rows.given_up(task, "the process that read it died three times (out of memory?)")
        else:
            yield from unit_rows.of(task)
        unit_rows.counts["files"] += 1
    counts.add(unit_rows.counts)


def _record_rows(
    batches: Batches, table: Table, first: int, recipe: Recipe, counts: Accumulator[Counter[str]]
) -> Iterator[Row]:
    """Run on a worker for a stretch of a table."""
    unit_rows = UnitRows(recipe)
    places = (_place_of(row) for row in _rows_of(batches))
    yield from unit_rows.of_places(first + 1 + _partition(), places, table.path, table.base)
    unit_rows.counts["files"] += 1
    counts.add(unit_rows.counts)


def _deferred_rows(
    batches: Batches, known: Broadcast[dict[str, Source]], recipe: Recipe, counts: Accumulator[Counter[str]]
) -> Iterator[Row]:
    """Run on a worker for some of the deferred revisits."""
    unit_rows = UnitRows(recipe)
    revisits = tuple(revisit_of(row, known.value) for row in _rows_of(batches))
    if revisits:
        yield from unit_rows.of(Task(DEFERRED_UNITS + _partition(), DEFERRED_REVISITS, revisits=revisits))
    unit_rows.counts["bad_files"] = 0  # the same files were counted when they were read
    counts.add(unit_rows.counts)


def _rows_of(batches: Batches) -> Iterator[dict[str, Any]]:
    for batch in batches:
        yield from batch.to_pylist()


def _partition() -> int:
    context = TaskContext.get()
    return context.partitionId() if context is not None else 0


def records_of(session: SparkSession, table: Table, recipe: Recipe) -> DataFrame:
    """Return the rows of an index table that are wanted.

    Raises:
        UsageError: there is no such table, it lacks columns, or the condition is not SQL.
    """
    try:
        frame = session.read.parquet(table.path)
        frame = frame.where(table.where) if table.where else frame
        missing = {column for column in ("warc_filename", "url") if column not in frame.columns}
        if "fetch_time" not in frame.columns and (recipe.filters.since or recipe.filters.until):
            missing.add("fetch_time")
        if missing:
            raise UsageError(f"{table.path}: the table has no column {', '.join(sorted(missing))}")
        return frame.select(
            sql.col("url").cast("string"),
            sql.col("warc_filename").cast("string").alias("filename"),
            sql.col("warc_record_offset").cast("long").alias("offset"),
            sql.col("warc_record_length").cast("long").alias("length"),
            _column(frame, "fetch_time").cast("timestamp").cast("long").alias("date"),
            _column(frame, "fetch_status").cast("int").alias("status"),
            _column(frame, "content_mime_type").cast("string").alias("mime"),
            _column(frame, "content_digest").cast("string").alias("digest"),
        )
    except (AnalysisException, ParseException) as error:
        raise UsageError(f"{table.path}: {error}") from error


def _column(frame: DataFrame, name: str) -> Column:
    return sql.col(name) if name in frame.columns else sql.lit(None)


def _place_of(row: dict[str, Any]) -> RecordPlace:
    date, digest = row["date"], row["digest"]
    return RecordPlace(
        url=row["url"],
        filename=row["filename"],
        offset=row["offset"],
        length=row["length"] or 0,
        date=None if date is None else datetime.fromtimestamp(date, UTC),
        status=row["status"],
        mime=row["mime"],
        # The table of Common Crawl has the bare digest; its records and its CDXJ name the algorithm.
        digest=digest if digest is None or ":" in digest else f"sha1:{digest}",
    )


def _tasks_for(records: int) -> int:
    return min(max(1, ceil(records / RECORDS_PER_TASK)), MAX_TASKS - 1)
