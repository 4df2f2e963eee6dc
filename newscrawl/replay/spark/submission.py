"""What a replay on Spark is asked to do: its arguments, and the units of its sources."""

from __future__ import annotations

import argparse
import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, BinaryIO, NoReturn, cast

import msgspec

from newscrawl.account import Outcome, in_words
from newscrawl.display import counted
from newscrawl.errors import ArchiveError, UsageError
from newscrawl.files.names import names_archive
from newscrawl.files.sources import STDIN, Source, opened
from newscrawl.inputs import about
from newscrawl.replay.options import OutputOptions, Work, add_declared, from_options
from newscrawl.replay.output.forms import FORMS
from newscrawl.replay.reading.units import Unit, units_of
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.selection.filters import Filters

SPARK_FORMS = tuple(name for name, form in FORMS.items() if form.spark)
MAX_LINE = 64 * 1024
"""Bytes of a line of a list of sources."""


class SparkOptions(msgspec.Struct, frozen=True):
    """The options that only Spark has."""

    table: Annotated[
        str | None,
        about(
            "An index in columns, such as Common Crawl's: the records to read. The option may be repeated.",
            "a Parquet file or folder",
        ),
    ] = None
    where: Annotated[str | None, about("Which rows of the table.", "a condition in SQL")] = None
    outcomes: Annotated[
        str | None,
        about("List the outcome of every capture that was read.", "a folder to create, .parquet or .jsonl by its name"),
    ] = None
    report: Annotated[
        str | None, about("Write the counts and the first faults as JSON.", "a file on the driver's machine")
    ] = None


@dataclass(frozen=True, slots=True)
class Table:
    """An index in columns, one row a record.

    It is Parquet with ``url``, ``warc_filename``, ``warc_record_offset``, ``warc_record_length``; ``fetch_time``,
    ``fetch_status``, ``content_mime_type`` and ``content_digest`` where it has them. That is the table of Common Crawl:
    https://commoncrawl.org/columnar-index
    """

    path: str
    base: str
    """The folder or address that ``warc_filename`` is relative to."""
    where: str | None = None
    """A condition in SQL on the columns of the table."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One replay on Spark."""

    output: str
    """A folder that does not exist yet, as Spark names it: local, ``hdfs://``, ``s3a://``."""
    recipe: Recipe
    sources: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    base: str | None = None
    overwrite: bool = False
    report: str | None = None
    """A local file for the report as JSON."""
    outcomes: str | None = None
    """A folder for the account, as Spark names it."""

    def units(self) -> list[Unit]:
        """Return the units of the sources, each once, in order.

        Raises:
            ArchiveError: a source does not exist.
            UsageError: Spark's workers cannot read a source.
        """
        return units_of_sources(self.sources, self.base)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a replay on Spark."""

    counts: dict[str, int]
    """``files``, ``bad_files`` (with faults), ``captures``, ``articles`` (repeats included), ``lines`` (written)."""
    outcomes: dict[str, int] = field(default_factory=dict)
    """The account: captures by :class:`newscrawl.account.Outcome`."""
    faults: list[dict[str, Any]] = field(default_factory=list)
    """The first ones: path, offset, reason."""

    @property
    def fault_count(self) -> int:
        """How many captures and files could not be read or made a pipeline fail."""
        return self.outcomes.get(Outcome.FAULT, 0) + self.outcomes.get(Outcome.FAILED, 0)

    @property
    def clean(self) -> bool:
        """Whether everything could be read."""
        return not self.fault_count

    def __str__(self) -> str:
        counts = self.counts
        lines = [
            f"{counted(counts['files'], 'piece')}, {counted(counts['captures'], 'page')}: "
            f"{counted(counts['articles'], 'article')}, {counted(counts['lines'], 'line')} written",
            f"captures   {sum(self.outcomes.values())}: {in_words(self.outcomes)}",
            *(f"{fault['path']}, offset {fault['offset']}: {fault['reason']}" for fault in self.faults),
        ]
        if not self.clean:
            lines.append(f"{counted(self.fault_count, 'fault')} in {counted(counts['bad_files'], 'piece')}")
        return "\n".join(lines)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def submission_of(arguments: list[str], pipelines: Iterable[str]) -> Submission:
    """Return the submission that the command line asks for.

    Args:
        arguments: the command line.
        pipelines: the setting ``ARTICLE_PIPELINES``.

    Raises:
        UsageError: an argument does not exist or is not of its form.
    """
    options = parser().parse_args(arguments)
    if not (options.sources or options.table):
        raise UsageError("name at least one source, or a table with --table")
    output = from_options(OutputOptions, options)
    work = from_options(Work, options)
    spark = from_options(SparkOptions, options)
    if not output.output:
        raise UsageError("--output is missing: name a folder to create")
    if (output.format or "jsonl") not in SPARK_FORMS:
        raise UsageError(f"format={output.format!r}: on Spark choose from {', '.join(SPARK_FORMS)}")
    if work.limit is not None:
        raise UsageError("--limit: which articles are the first has no meaning on Spark; use --sample")
    recipe = Recipe(
        pipelines=tuple(pipelines),
        filters=from_options(Filters, options),
        duplicates=work.duplicates,
        form=output.format or "jsonl",
        partition=output.partition,
        index=tuple(map(_absolute, work.index)),
    )
    recipe.signature()
    return Submission(
        output=output.output.rstrip("/") or "/",
        recipe=recipe,
        sources=tuple(map(_absolute, options.sources)),
        tables=tuple(
            Table(path, _absolute(work.base or path.rstrip("/").rpartition("/")[0] or "."), spark.where)
            for path in options.table or ()
        ),
        base=_absolute(work.base) if work.base else None,
        overwrite=options.overwrite,
        report=spark.report,
        outcomes=spark.outcomes,
    )


def _absolute(source: str) -> str:
    """Return the source as workers find it, which run in other folders."""
    if "://" in source or source == STDIN:
        return source
    mark = "@" if source.startswith("@") else ""
    return mark + os.path.abspath(source.removeprefix(mark))  # noqa: PTH100 - Path.absolute keeps `..`


def units_of_sources(sources: Iterable[str], base: str | None = None) -> list[Unit]:
    """Return the units of ``sources``; ``@FILE`` is a list of sources, one a line, relative to ``base``.

    Addresses in a list are not checked here: a list of Common Crawl names 90,000 files, and a request for each takes
    50 ms. A missing file is a fault of its task.

    Raises:
        ArchiveError: a source does not exist, or a list cannot be read.
        UsageError: standard input, which no worker can read.
    """
    units: dict[str, Unit] = {}
    for source in sources:
        if source == STDIN:
            raise UsageError("-: Spark's workers cannot read standard input; name files")
        for unit in _listed_units(source[1:], base) if source.startswith("@") else units_of([source], base=base):
            units.setdefault(unit.name, unit)
    return list(units.values())


def _listed_units(path: str, base: str | None) -> Iterator[Unit]:
    for line in _lines(path):
        name = line if base is None or "://" in line or line.startswith("/") else f"{base.rstrip('/')}/{line}"
        if "://" in name and names_archive(name):
            yield Unit(name, Source(name).filename, None, source=Source(name))
        else:
            yield from units_of([_absolute(name)], base=base)


def _lines(path: str) -> Iterator[str]:
    try:
        with opened(path) as stream:
            compressed = stream.read(2) == b"\x1f\x8b"
            stream.seek(0)
            lines = cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if compressed else stream
            while line := lines.readline(MAX_LINE):
                if name := line.decode("utf-8", "surrogateescape").strip():
                    yield name
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise ArchiveError(f"cannot read the list {path}: {error}") from error


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, made from the declared options."""
    made = _Parser(
        prog="spark-submit … newscrawl/replay/spark/main.py",
        description="Replay archives on Spark. Exit status 0: everything was read; 1: something could not be read, the "
        "rest was written; 2: the replay could not begin.",
    )
    made.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="Files, folders, patterns, WACZ, CDXJ, or addresses of these. @FILE is a list of sources, one a line, "
        "plain or gzip.",
    )
    for heading, struct in (("Output", OutputOptions), ("Filters", Filters), ("Work", Work), ("Spark", SparkOptions)):
        add_declared(made.add_argument_group(heading), struct)
    made.add_argument("--overwrite", action="store_true", help="Remove what an earlier run left in the output folder.")
    return made
