"""The second job of a replay on Spark: choose the lines that are kept, write them, and write the account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from newscrawl.account import Outcome
from newscrawl.items import Article
from newscrawl.replay.extraction.staged import DEFERRED
from newscrawl.replay.output.forms import FORMS
from newscrawl.replay.output.parquet import TIMESTAMPS, schema_of
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.selection.duplicates import Candidate, duplicates_of
from newscrawl.replay.spark.staging import REJECTED_LINE

BROADCAST_ROWS = 5_000_000
"""Rows of keys (some 20 bytes each) that are sent to every executor instead of shuffling the lines."""
FIRST, DUPLICATES = "first", "duplicates"
"""Folders in the staging folder: the line that stands for each revision; the revisions that are duplicates."""
_SCHEMA_FIRST = "id binary, first_rank string, first_unit long, first_number long"
_SCHEMA_DUPLICATES = "id binary, kept_id binary, kept_url string"


class ChosenLines:
    """Decides over all rows which line stands for each revision, as every runner does."""

    def __init__(
        self, session: SparkSession, rows: DataFrame, recipe: Recipe, staging: str, counts: Mapping[str, int]
    ) -> None:
        """Find the first capture of each revision, then the duplicates.

        Args:
            session: of Spark.
            rows: the rows of the staging folder (:mod:`.staging`).
            recipe: how captures become lines.
            staging: the staging folder, for what is found.
            counts: captures by outcome, as the extraction counted them.
        """
        self._session = session
        self._rows = rows
        self._recipe = recipe
        self._staging = staging
        self._counts = Counter(counts)
        self._first = self._found_first()
        self._duplicates = self._found_duplicates() if recipe.duplicates != "no" else None
        self._written = 0

    def write(self, output: str) -> int:
        """Write the lines; return how many there are."""
        columns = {"site": "site", "date": "day"}
        names = [columns[name] for name in self._recipe.partition]
        written = Observation()
        lines = self._lines().observe(written, sql.count(sql.lit(1)).alias("lines"))
        if names:
            lines = lines.hint("rebalance", *names)  # few files in each folder
            lines = lines.sortWithinPartitions(*names, "unit", "number")
        folders = [sql.col(columns[name]).alias(name) for name in self._recipe.partition]
        _write(lines.select("line", *folders), self._recipe, output)
        self._written = int(written.get["lines"])
        return self._written

    def _lines(self) -> DataFrame:
        """Return the rows of the kept lines. Lines are not shuffled where the keys of the others are few."""
        lines = self._rows.where("line IS NOT NULL")
        keys = lines.select("unit", "number")
        kept = self._first
        if self._duplicates is not None:
            kept = kept.join(self._duplicates, "id", "left_anti")
        is_kept = (keys["unit"] == kept["first_unit"]) & (keys["number"] == kept["first_number"])
        dropped = keys.join(kept, is_kept, "left_anti")
        if self._counts[Outcome.ARTICLE] <= BROADCAST_ROWS:
            dropped = sql.broadcast(dropped)
        return lines.join(dropped, ["unit", "number"], "left_anti")

    def totals(self) -> Counter[str]:
        """Return how many captures ended in each outcome, after :meth:`write`."""
        found = Counter({str(outcome): self._counts[outcome] for outcome in Outcome})
        duplicates = 0
        if self._duplicates is not None:
            duplicates = self._rows.where("line IS NOT NULL").join(self._duplicates, "id", "left_semi").count()
        found[Outcome.REPEAT] += found[Outcome.ARTICLE] - self._written - duplicates
        found.update({Outcome.ARTICLE: self._written - found[Outcome.ARTICLE], Outcome.DUPLICATE: duplicates})
        return +found

    def outcomes(self) -> DataFrame:
        """Return the account: the outcome of every capture, with its reason."""
        rows = self._rows.where(~sql.col("outcome").isin(DEFERRED, REJECTED_LINE))
        joined = rows.join(self._first, "id", "left")
        if self._duplicates is not None:
            joined = joined.join(self._duplicates.select("id", "kept_url"), "id", "left")
        else:
            joined = joined.withColumn("kept_url", sql.lit(None).cast("string"))
        is_first = (sql.col("unit") == sql.col("first_unit")) & (sql.col("number") == sql.col("first_number"))
        has_line = sql.col("line").isNotNull()
        parts = sql.split("first_rank", " ", 4)
        place = sql.concat(parts[2], sql.lit(", offset "), parts[3].cast("long").cast("string"))
        repeat, duplicate = Outcome.REPEAT.value, Outcome.DUPLICATE.value
        outcome = (
            sql.when(has_line & sql.col("kept_url").isNotNull(), duplicate)
            .when(has_line & ~is_first, repeat)
            .otherwise(sql.col("outcome"))
        )
        marked = joined.withColumn("ended", outcome)
        reason = (
            sql.when(sql.col("ended") == duplicate, sql.col("kept_url"))
            .when(sql.col("ended") == repeat, sql.when(parts[1] != "", parts[1]).otherwise(place))
            .otherwise(sql.col("reason"))
        )
        columns = ("unit", "number", "url", "date", "record", "file", "offset")
        return marked.select(*columns, sql.col("ended").alias("outcome"), reason.alias("reason"))

    def _found_first(self) -> DataFrame:
        keys = self._rows.where("line IS NOT NULL").select("id", "rank", "unit", "number")
        first = keys.groupBy("id").agg(sql.min(sql.struct("rank", "unit", "number")).alias("first"))
        return self._stored(
            FIRST,
            _SCHEMA_FIRST,
            first.select(
                "id",
                sql.col("first.rank").alias("first_rank"),
                sql.col("first.unit").alias("first_unit"),
                sql.col("first.number").alias("first_number"),
            ),
        )

    def _found_duplicates(self) -> DataFrame:
        """Find duplicates on the driver, from the signatures alone (0.5 kB a text)."""
        rows = self._rows.where("signature IS NOT NULL").select("unit", "number", "url", "signature")
        first = self._first
        found = first.join(rows, (rows["unit"] == first["first_unit"]) & (rows["number"] == first["first_number"]))
        candidates = (
            Candidate(bytes(row["id"]), row["url"], bytes(row["signature"]))
            for row in found.orderBy("first_rank", "id").toLocalIterator()
        )
        duplicates = [tuple(each) for each in duplicates_of(candidates)]
        return self._stored(
            DUPLICATES, _SCHEMA_DUPLICATES, self._session.createDataFrame(duplicates, _SCHEMA_DUPLICATES)
        )

    def _stored(self, name: str, schema: str, frame: DataFrame) -> DataFrame:
        """Write ``frame`` and read it again, so that it is computed once and its size is known when it is joined."""
        path = f"{self._staging}/{name}"
        frame.write.parquet(path)
        return self._session.read.schema(schema).parquet(path)


def write_outcomes(outcomes: DataFrame, path: str) -> None:
    """Write the account to a folder: Parquet if its name ends so, else JSON Lines."""
    columns = outcomes.orderBy("unit", "number").drop("unit", "number")
    if path.endswith(".parquet"):
        columns.write.parquet(path, compression="zstd")
    else:
        columns.write.json(path, ignoreNullFields=False)


def _write(lines: DataFrame, recipe: Recipe, output: str) -> None:
    partition = recipe.partition
    codec = FORMS[recipe.form].spark
    if recipe.form == "parquet":
        schema = from_arrow_schema(schema_of(Article))
        columns = lines.select(sql.from_json("line", schema).alias("article"), *partition)
        columns = columns.select("article.*", *partition)
        for name, place in TIMESTAMPS.items():
            columns = columns.withColumn(name, sql.to_timestamp(".".join(place)))
        columns.write.mode("append").partitionBy(*partition).parquet(output, compression=codec)
    else:
        text = lines.select("line", *partition)
        text.write.mode("append").partitionBy(*partition).text(output, compression=codec)
