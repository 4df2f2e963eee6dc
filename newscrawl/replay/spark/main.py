"""Replay on Spark: the main program for ``spark-submit``, on this machine or a cluster (docs/cluster.md).

Two jobs. The first extracts into a staging folder (:mod:`.spark_extraction`). The second decides which line stands for
each revision, as every runner does, and writes the lines. No article passes through the driver.
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
from pyspark import SparkConf
from pyspark.sql import DataFrame, Observation, SparkSession, Window
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema
from scrapy.settings import Settings

from newscrawl.errors import ArchiveError, UsageError
from newscrawl.replay.extraction.extractor import Task
from newscrawl.replay.spark.extraction import MAX_TASKS, StagedExtraction, records_of
from newscrawl.replay.spark.staging import FAULT, LINE, REJECTED
from newscrawl.replay.spark.submission import Report, Submission, submission_of

STAGING, FAULTS, REJECTS = "_staging", "_faults", "_rejected"
"""Folders in the output that its readers pass over, as they do with all names that begin so."""
DONE = "_SUCCESS"
"""The file that Spark puts into an output that is whole."""
COUNTS = ("files", "bad_files", "captures", "passed_over", "articles", "no_article", "rejected", "failed", "faults")
FAULTS_SHOWN = 100
SETTINGS = "newscrawl.settings.replay"
_CODECS = {"jsonl": "none", "jsonl.gz": "gzip", "parquet": "zstd"}


def replay(session: SparkSession, submission: Submission) -> Report:
    """Do what was submitted.

    Raises:
        ArchiveError: a source that is not there.
        UsageError: an output that is there already, a table that is none.
    """
    session.conf.set("spark.sql.session.timeZone", "UTC")
    tasks = [Task(number, unit) for number, unit in enumerate(submission.units())]
    tables = [records_of(session, table, submission.recipe) for table in submission.tables]
    folder = _Folder(session, submission.output)
    folder.begin(overwrite=submission.overwrite)
    extraction = StagedExtraction(session, submission.recipe, f"{submission.output}/{STAGING}")
    extraction.stage_units(tasks)
    for number, (table, records) in enumerate(zip(submission.tables, tables, strict=True), 1):
        extraction.stage_records(table, records, number * MAX_TASKS)
    extraction.stage_late(tasks)
    rows = extraction.rows()
    counts = {name: extraction.counts.value[name] for name in COUNTS}
    counts["lines"] = _write_lines(rows.where(sql.col("kind") == LINE), submission)
    faults = rows.where(sql.col("kind") == FAULT).orderBy("unit", "number").select("text")
    if counts["faults"] or counts["failed"]:
        faults.write.text(f"{submission.output}/{FAULTS}")
    if counts["rejected"]:
        rows.where(sql.col("kind") == REJECTED).select("text").write.text(f"{submission.output}/{REJECTS}")
    report = Report(counts, [orjson.loads(row.text) for row in faults.limit(FAULTS_SHOWN).collect()])
    folder.remove(STAGING)
    return report


def _write_lines(rows: DataFrame, submission: Submission) -> int:
    """Write the line that stands for each revision; returns how many these are."""
    form, partition = submission.recipe.form, submission.recipe.partition
    captures = Window.partitionBy("id").orderBy("rank", "unit", "number")
    written = Observation()
    lines = (
        rows.withColumn("place", sql.row_number().over(captures))
        .where("place = 1")
        .observe(written, sql.count(sql.lit(1)).alias("lines"))
    )
    if partition:
        lines = lines.hint("rebalance", *partition)  # few files in each folder
    lines = lines.sortWithinPartitions(*partition, "unit", "number")
    if form == "parquet":
        schema = from_arrow_schema(_arrow_schema())
        columns = lines.select(sql.from_json("text", schema).alias("article"), *partition).select(
            "article.*", *partition
        )
        columns.write.mode("append").partitionBy(*partition).parquet(submission.output, compression=_CODECS[form])
    else:
        text = lines.select("text", *partition)
        text.write.mode("append").partitionBy(*partition).text(submission.output, compression=_CODECS[form])
    return int(written.get["lines"])


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
    """The session that spark-submit prepared; without spark-submit, one on all cores of this machine."""
    configuration = SparkConf()
    if str(configuration.get("spark.master", "local[*]")).startswith("local"):
        configuration.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")
        if not configuration.contains("spark.pyspark.python"):
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return SparkSession.builder.appName("newscrawl replay").config(conf=configuration).getOrCreate()


def _arrow_schema() -> Any:
    from newscrawl.replay.output.parquet import SCHEMA  # pyarrow is needed for this form alone

    return SCHEMA


if __name__ == "__main__":
    # As a script this file is __main__; what workers are sent must be found in the package there.
    from newscrawl.replay.spark.main import main as packaged_main

    sys.exit(packaged_main())
