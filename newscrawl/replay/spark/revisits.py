"""Find the originals of revisits over all files of a replay on Spark: join the names of revisits and of originals.

An archive of many crawls is mostly revisits of pages that an earlier crawl recorded, in another file. One process goes
through all files for them; a cluster would have to wait for that one task.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import partial
from math import ceil
from typing import Any

from pyspark import Broadcast, TaskContext
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from newscrawl.archive.reading.cross_file_revisits import Revisit, names_in, names_wanted
from newscrawl.archive.reading.revisits import Place
from newscrawl.files.sources import Source

logger = logging.getLogger(__name__)

LAST_ATTEMPT = 3
"""Counted from 0: at its fourth failure a task ends the whole job (``spark.task.maxFailures``), so the fourth attempt
reads nothing; of a file, it names it."""
REVISITS_PER_TASK = 1_000
"""A revisit is two records read where they lie: some 10 ms of a core, or two requests of 50 ms to a remote store."""


def attempt() -> int:
    """Which attempt at its task the worker is making, counted from 0."""
    context = TaskContext.get()
    return context.attemptNumber() if context is not None else 0


def with_originals(session: SparkSession, places: DataFrame, sources: list[Source]) -> DataFrame:
    """Return the revisits at ``places`` (``path``, ``offset``) with ``originals``: their places, the surest first.

    Of several originals of one name, that of the first source is taken, and of its first record.
    """
    known = session.sparkContext.broadcast({source.name: source for source in sources})
    tasks = max(1, ceil(places.count() / REVISITS_PER_TASK))
    spread = places.repartitionByRange(tasks, "path", "offset")
    wanted = session.createDataFrame(
        spread.rdd.mapPartitions(partial(_wanted, known=known)), "path string, offset long, surety int, name string"
    )
    numbered = session.sparkContext.parallelize(list(enumerate(sources)), max(1, len(sources)))
    there = session.createDataFrame(
        numbered.mapPartitions(_there), "name string, number int, at_offset long, at_path string"
    )
    first = there.groupBy("name").agg(sql.min(sql.struct("number", "at_offset", "at_path")).alias("original"))
    found = wanted.join(first, "name").groupBy("path", "offset")
    originals = found.agg(sql.sort_array(sql.collect_list(sql.struct("surety", "original"))).alias("originals"))
    revisits = places.join(originals, ["path", "offset"], "left")
    return revisits.repartitionByRange(tasks, "path", "offset").sortWithinPartitions("path", "offset")


def revisit_of(row: Any, known: dict[str, Source]) -> Revisit:
    """Return the revisit of a row of :func:`with_originals`."""
    originals = [each["original"] for each in row["originals"] or ()]
    places = (Place(known[original["at_path"]], original["at_offset"]) for original in originals)
    return Revisit(_place(row, known), tuple(places))


def _place(row: Any, known: dict[str, Source]) -> Place:
    return Place(known.get(row["path"]) or Source(row["path"]), row["offset"])


def _wanted(rows: Iterable[Any], known: Broadcast[dict[str, Source]]) -> Iterator[tuple[str, int, int, str]]:
    for row in rows:
        try:
            names = names_wanted(_place(row, known.value))
        except Exception:
            # Readers of remote stores raise exceptions of their own. It is told when it is read with its original.
            logger.debug("%s, offset %s", row["path"], row["offset"], exc_info=True)
            continue
        yield from ((row["path"], row["offset"], surety, name) for surety, name in enumerate(names))


def _there(sources: Iterable[tuple[int, Source]]) -> Iterator[tuple[str, int, int, str]]:
    for number, source in sources:
        if attempt() >= LAST_ATTEMPT:
            return
        try:
            for name, offset in names_in(source):
                yield name, number, offset, source.name
        except Exception:
            logger.debug("%s", source.name, exc_info=True)  # told when the file was read for captures
