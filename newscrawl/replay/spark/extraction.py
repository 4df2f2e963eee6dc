"""The first job of a replay on Spark: units in, rows of a staging folder out.

A task for each unit, and no shuffle after it: as this is an output stage, Spark commits the files of one attempt of
each task and counts its accumulators once, so a task that failed or ran twice leaves no trace. What comes after reads
the staging folder, so a page is never extracted twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial, reduce
from math import ceil
from typing import Any

from pyspark import RDD, Accumulator, AccumulatorParam, Broadcast
from pyspark.errors import AnalysisException, ParseException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql

from newscrawl.errors import UsageError
from newscrawl.files.sources import Source
from newscrawl.replay.extraction.extractor import Task
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.run import LATE as LATE_REVISITS
from newscrawl.replay.spark.revisits import LAST_ATTEMPT, attempt, revisit_of, with_originals
from newscrawl.replay.spark.staging import LATE, RecordPlace, Row, UnitRows, fault_row
from newscrawl.replay.spark.submission import Table

RECORDS_PER_TASK = 4_000
"""Rows of an index table that are one task: some ten seconds of a core."""
MAX_TASKS = 100_000
LATE_UNITS = 10**12
"""The numbers of units of late revisits begin here: after all others."""

_SCHEMA = "kind string, unit long, number long, id binary, rank string, text string, site string, date string"


class _Counts(AccumulatorParam[Counter[str]]):
    def zero(self, value: Counter[str]) -> Counter[str]:  # noqa: ARG002 - as Spark calls it
        return Counter()

    def addInPlace(self, value1: Counter[str], value2: Counter[str]) -> Counter[str]:
        value1.update(value2)
        return value1


class StagedExtraction:
    """The first job: units to rows of the staging folder."""

    def __init__(self, session: SparkSession, recipe: Recipe, staging: str) -> None:
        self._session = session
        self._recipe = recipe
        self._staging = staging
        self._folders: list[str] = []
        self.counts: Accumulator[Counter[str]] = session.sparkContext.accumulator(Counter(), _Counts())

    def stage_units(self, tasks: list[Task]) -> None:
        """Extract units, each a task of Spark; the large ones begin first, so that none ends long after the others."""
        if tasks:
            ordered = sorted(tasks, key=lambda task: -(task.unit.size or 0))
            spread = self._session.sparkContext.parallelize(ordered, min(len(ordered), MAX_TASKS))
            self._write("units", spread.mapPartitions(partial(_unit_rows, recipe=self._recipe, counts=self.counts)))

    def stage_records(self, table: Table, records: DataFrame, first: int) -> None:
        """Extract the records that a table names, in the order of their files; units are numbered after ``first``."""
        complete = records.where("url IS NOT NULL AND filename IS NOT NULL AND offset >= 0")
        number = complete.count()
        if incomplete := records.count() - number:
            reason = f"{incomplete} rows without URL, file name or offset"
            self.counts.add(Counter(faults=1, bad_files=1))
            self._write(
                f"table-{first}", self._session.sparkContext.parallelize([fault_row(first, table.path, reason)])
            )
        spread = complete.repartitionByRange(_tasks_for(number), "filename", "offset")
        rows = spread.sortWithinPartitions("filename", "offset").rdd.mapPartitionsWithIndex(
            partial(_record_rows, table=table, first=first, recipe=self._recipe, counts=self.counts)
        )
        self._write(f"records-{first}", rows)

    def stage_late(self, tasks: list[Task]) -> None:
        """Extract the revisits whose originals were not in their own file."""
        if self.counts.value["late"]:
            sources = [task.unit.source for task in tasks if task.unit.source is not None]
            places = (
                self.rows()
                .where(sql.col("kind") == LATE)
                .select(
                    sql.get_json_object("text", "$.path").alias("path"),
                    sql.get_json_object("text", "$.offset").cast("long").alias("offset"),
                )
            )
            revisits = with_originals(self._session, places, sources)
            known = self._session.sparkContext.broadcast({source.name: source for source in sources})
            self._write(
                "late",
                revisits.rdd.mapPartitionsWithIndex(
                    partial(_late_rows, known=known, recipe=self._recipe, counts=self.counts)
                ),
            )

    def rows(self) -> DataFrame:
        """All rows so far."""
        return reduce(DataFrame.union, (self._session.read.schema(_SCHEMA).parquet(path) for path in self._folders))

    def _write(self, name: str, rows: RDD[Row]) -> None:
        path = f"{self._staging}/{len(self._folders)}-{name}"
        self._session.createDataFrame(rows, _SCHEMA, verifySchema=False).write.parquet(path)
        self._folders.append(path)


def _unit_rows(tasks: Iterable[Task], recipe: Recipe, counts: Accumulator[Counter[str]]) -> Iterator[Row]:
    """What runs on a worker."""
    unit_rows = UnitRows(recipe)
    for task in tasks:
        if attempt() >= LAST_ATTEMPT:
            yield unit_rows.given_up(task, "the process that read it died three times (out of memory?)")
        else:
            yield from unit_rows.of(task)
        unit_rows.counts["files"] += 1
    counts.add(unit_rows.counts)


def _record_rows(
    partition: int, rows: Iterable[Any], table: Table, first: int, recipe: Recipe, counts: Accumulator[Counter[str]]
) -> Iterator[Row]:
    """What runs on a worker for a stretch of a table."""
    unit_rows = UnitRows(recipe)
    places = (_place_of(row) for row in rows)
    yield from unit_rows.of_places(first + 1 + partition, places, table.path, table.base)
    unit_rows.counts["files"] += 1
    counts.add(unit_rows.counts)


def _late_rows(
    partition: int,
    rows: Iterable[Any],
    known: Broadcast[dict[str, Source]],
    recipe: Recipe,
    counts: Accumulator[Counter[str]],
) -> Iterator[Row]:
    """What runs on a worker for some of the late revisits."""
    unit_rows = UnitRows(recipe)
    revisits = tuple(revisit_of(row, known.value) for row in rows)
    if revisits:
        yield from unit_rows.of(Task(LATE_UNITS + partition, LATE_REVISITS, revisits=revisits))
    unit_rows.counts["bad_files"] = 0  # the same files were counted when they were read
    counts.add(unit_rows.counts)


def records_of(session: SparkSession, table: Table, recipe: Recipe) -> DataFrame:
    """The rows of an index table that are wanted.

    Raises:
        UsageError: no such table, or without the columns; a condition that is none.
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


def _place_of(row: Any) -> RecordPlace:
    return RecordPlace(
        url=row.url,
        filename=row.filename,
        offset=row.offset,
        length=row.length or 0,
        date=None if row.date is None else datetime.fromtimestamp(row.date, UTC),
        status=row.status,
        mime=row.mime,
        # Common Crawl's table has the bare digest, its records and its CDXJ say which algorithm it is.
        digest=row.digest if row.digest is None or ":" in row.digest else f"sha1:{row.digest}",
    )


def _tasks_for(records: int) -> int:
    return min(max(1, ceil(records / RECORDS_PER_TASK)), MAX_TASKS - 1)
