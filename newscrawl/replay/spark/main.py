"""Replay on Spark: the main program for ``spark-submit``, on this machine or a cluster (docs/cluster.md).

There are two jobs. The first extracts into a staging folder (:mod:`.extraction`). The second chooses the line that
stands for each revision, as every runner does, and writes the lines (:mod:`.choosing`). No article passes through the
driver.
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
from pyspark import SparkConf
from pyspark.sql import SparkSession
from pyspark.sql import functions as sql
from scrapy.settings import Settings

from newscrawl.account import Outcome
from newscrawl.errors import ArchiveError, UsageError
from newscrawl.replay.extraction.extractor import Task
from newscrawl.replay.spark.choosing import ChosenLines, write_outcomes
from newscrawl.replay.spark.extraction import MAX_TASKS, StagedExtraction, records_of
from newscrawl.replay.spark.staging import REJECTED_LINE
from newscrawl.replay.spark.submission import Report, Submission, submission_of

STAGING, FAULTS, REJECTS = "_staging", "_faults", "_rejected"
"""Folders in the output that its readers ignore, as they do with all names that begin with ``_``."""
DONE = "_SUCCESS"
"""The file that Spark writes into a complete output."""
COUNTS = ("files", "bad_files", "captures", "articles")
FAULTS_SHOWN = 100
SETTINGS = "newscrawl.settings.replay"


def replay(session: SparkSession, submission: Submission) -> Report:
    """Do what was submitted.

    Raises:
        ArchiveError: a source does not exist.
        UsageError: the output exists already, or a table cannot be read.
    """
    session.conf.set("spark.sql.session.timeZone", "UTC")
    recipe = submission.recipe
    tasks = [Task(number, unit) for number, unit in enumerate(submission.units())]
    tables = [records_of(session, table, recipe) for table in submission.tables]
    folder = _Folder(session, submission.output)
    folder.begin(overwrite=submission.overwrite)
    extraction = StagedExtraction(session, recipe, f"{submission.output}/{STAGING}")
    extraction.stage_units(tasks)
    for number, (table, records) in enumerate(zip(submission.tables, tables, strict=True), 1):
        extraction.stage_records(table, records, number * MAX_TASKS)
    extraction.stage_deferred(tasks)
    rows = extraction.rows()
    counts = {name: extraction.counts.value[name] for name in COUNTS}
    staging = f"{submission.output}/{STAGING}"
    chosen = ChosenLines(session, rows, recipe, staging, extraction.counts.value)
    counts["lines"] = chosen.write(submission.output)
    outcomes = chosen.totals()
    if submission.outcomes:
        write_outcomes(chosen.outcomes(), submission.outcomes)
    shown: list[dict[str, Any]] = []
    if outcomes[Outcome.FAULT] or outcomes[Outcome.FAILED]:
        faults = _faults(rows)
        faults.write.text(f"{submission.output}/{FAULTS}")
        shown = [orjson.loads(row["fault"]) for row in faults.limit(FAULTS_SHOWN).collect()]
    if outcomes[Outcome.REJECTED]:
        rejected = rows.where(sql.col("outcome") == REJECTED_LINE).select("line")
        rejected.write.text(f"{submission.output}/{REJECTS}")
    folder.remove(STAGING)
    return Report(counts, dict(outcomes), shown)


def _faults(rows: Any) -> Any:
    """Return each fault as JSON: path, offset, reason."""
    reason = sql.when(sql.col("outcome") == Outcome.FAILED.value, sql.concat("url", sql.lit(": "), "reason"))
    fault = sql.struct(
        sql.col("file").alias("path"), sql.coalesce("offset", sql.lit(0)).alias("offset"),
        reason.otherwise(sql.col("reason")).alias("reason"),
    )  # fmt: skip
    found = rows.where(sql.col("outcome").isin(Outcome.FAULT.value, Outcome.FAILED.value))
    return found.orderBy("unit", "number").select(sql.to_json(fault).alias("fault"))


class _Folder:
    """The output folder, on whatever file system of Hadoop it is."""

    def __init__(self, session: SparkSession, output: str) -> None:
        context: Any = session.sparkContext
        self._output = output
        self._path = context._jvm.org.apache.hadoop.fs.Path
        try:
            self._files = self._path(output).getFileSystem(context._jsc.hadoopConfiguration())
            self._there = bool(self._files.exists(self._path(output)))
        except Exception as error:
            # What comes through from Java: a line about the call, then the exception, then its stack.
            reason = str(error).partition("\n: ")[2].partition("\n")[0] or str(error)
            raise UsageError(
                f"Spark cannot open the output {output}: {reason}; "
                "s3a:// takes --packages org.apache.hadoop:hadoop-aws:VERSION (docs/cluster.md)"
            ) from error

    def begin(self, *, overwrite: bool) -> None:
        """Make sure that nothing is there; with ``overwrite`` an earlier output is removed, anything else is not.

        Raises:
            UsageError: something is there.
        """
        path = self._path(self._output)
        names = {status.getPath().getName() for status in self._files.listStatus(path)} if self._there else set()
        if not names:
            return
        if not overwrite:
            raise UsageError(f"{self._output} is there already; --overwrite replaces an earlier output")
        if names.isdisjoint((DONE, STAGING)):
            raise UsageError(f"{self._output} is no output of a replay on Spark: it is not removed")
        self._files.delete(path, True)

    def remove(self, name: str) -> None:
        """Delete a folder in it."""
        self._files.delete(self._path(f"{self._output}/{name}"), True)


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line asks for; returns the exit status."""
    try:
        submission = submission_of(sys.argv[1:] if arguments is None else arguments, _pipelines())
        with _session() as session:
            report = replay(session, submission)
    except (UsageError, ArchiveError) as error:
        print(f"newscrawl on Spark: {error}", file=sys.stderr)
        return 2
    print(report)
    if submission.report:
        Path(submission.report).write_bytes(orjson.dumps(asdict(report), option=orjson.OPT_INDENT_2) + b"\n")
    return 0 if report.clean else 1


def _pipelines() -> list[str]:
    settings = Settings()
    settings.setmodule(os.environ.get("SCRAPY_SETTINGS_MODULE", SETTINGS))
    return settings.getlist("ARTICLE_PIPELINES")


def _session() -> SparkSession:
    """Return the session that spark-submit prepared; without it, one on all cores of this machine."""
    configuration = SparkConf()
    if str(configuration.get("spark.master", "local[*]")).startswith("local"):
        configuration.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")
        if not configuration.contains("spark.pyspark.python"):
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return SparkSession.builder.appName("newscrawl replay").config(conf=configuration).getOrCreate()


if __name__ == "__main__":
    # As a script this file is __main__; what workers are sent must be found in the package there.
    from newscrawl.replay.spark.main import main as packaged_main

    sys.exit(packaged_main())
