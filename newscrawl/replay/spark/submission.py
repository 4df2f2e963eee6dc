"""What a replay on Spark is asked to do: its arguments, and the units of its sources."""

from __future__ import annotations

import argparse
import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn, cast

from newscrawl.errors import ArchiveError, UsageError
from newscrawl.files.names import names_archive
from newscrawl.files.sources import STDIN, Source, opened
from newscrawl.replay.options import FILTERS, index_files
from newscrawl.replay.output.outputs import check_partition
from newscrawl.replay.reading.units import Unit, units_of
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.selection.filters import Filters

FORMS = ("jsonl", "jsonl.gz", "parquet")
MAX_LINE = 64 * 1024
"""Bytes of a line of a list of sources."""


@dataclass(frozen=True, slots=True)
class Table:
    """An index in columns, one row a record: Parquet with ``url``, ``warc_filename``, ``warc_record_offset``,
    ``warc_record_length``; ``fetch_time``, ``fetch_status``, ``content_mime_type`` and ``content_digest`` where it has
    them. That is the table of Common Crawl: https://commoncrawl.org/columnar-index
    """

    path: str
    base: str
    """The folder or address that ``warc_filename`` is relative to."""
    where: str | None = None
    """A condition of SQL on the columns of the table."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One replay on Spark."""

    output: str
    """A folder that is not there yet, as Spark names it: local, ``hdfs://``, ``s3a://``."""
    recipe: Recipe
    sources: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    base: str | None = None
    overwrite: bool = False
    report: str | None = None
    """A local file for the report as JSON."""

    def units(self) -> list[Unit]:
        """The units of the sources, each once, in order.

        Raises:
            ArchiveError: a source that is not there.
            UsageError: a source that Spark's workers cannot read.
        """
        return units_of_sources(self.sources, self.base)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a replay on Spark."""

    counts: dict[str, int]
    """``files``, ``bad_files`` (with faults), ``lines`` (written), and those of a replay's extraction."""
    faults: list[dict[str, Any]]
    """The first ones: path, offset, reason."""

    @property
    def clean(self) -> bool:
        """Whether everything could be read."""
        return not (self.counts["faults"] or self.counts["failed"])

    def __str__(self) -> str:
        counts = self.counts
        lines = [
            f"{counts['files']} pieces, {counts['captures']} captures: {counts['articles']} articles, "
            f"{counts['lines']} lines written, {counts['rejected']} articles rejected",
            *(f"{fault['path']}, offset {fault['offset']}: {fault['reason']}" for fault in self.faults),
        ]
        if not self.clean:
            lines.append(f"{counts['faults'] + counts['failed']} faults in {counts['bad_files']} pieces")
        return "\n".join(lines)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def submission_of(arguments: list[str], pipelines: Iterable[str]) -> Submission:
    """The submission that the command line asks for; ``pipelines``: where it names none.

    Raises:
        UsageError: arguments that cannot be.
    """
    options = _parser().parse_args(arguments)
    filters = Filters.from_strings(**{name: getattr(options, name) for name in FILTERS})
    if not (options.sources or options.table):
        raise UsageError("name at least one source, or a table with --table")
    partition = tuple(part.strip() for part in options.partition.split(",") if part.strip())
    check_partition(partition)
    recipe = Recipe(
        pipelines=tuple(pipelines),
        filters=filters,
        form=options.format,
        partition=partition,
        index=tuple(map(_absolute, index_files(options.index))),
    )
    return Submission(
        output=options.output.rstrip("/") or "/",
        recipe=recipe,
        sources=tuple(map(_absolute, options.sources)),
        tables=tuple(
            Table(path, _absolute(options.base or path.rstrip("/").rpartition("/")[0] or "."), options.where)
            for path in options.table
        ),
        base=_absolute(options.base) if options.base else None,
        overwrite=options.overwrite,
        report=options.report,
    )


def _absolute(source: str) -> str:
    """The same for workers, which run in folders of their own."""
    if "://" in source or source == STDIN:
        return source
    mark = "@" if source.startswith("@") else ""
    return mark + os.path.abspath(source.removeprefix(mark))  # noqa: PTH100 - Path.absolute keeps `..`


def units_of_sources(sources: Iterable[str], base: str | None = None) -> list[Unit]:
    """The units of ``sources``; ``@FILE`` is a list of sources, one a line, relative to ``base``.

    What a list names at an address is not looked for here: a list of Common Crawl names 90,000 files, and asking for
    each takes 50 ms. A file that is missing is a fault of its task.

    Raises:
        ArchiveError: a source that is not there, a list that cannot be read.
        UsageError: standard input, which no worker can read.
    """
    units: dict[str, Unit] = {}
    for source in sources:
        if source == STDIN:
            raise UsageError("- : Spark's workers cannot read standard input")
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
        raise ArchiveError(f"the list {path} cannot be read: {error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="spark-submit … newscrawl/replay/spark/main.py",
        description="Reprocess archives on Spark. Exit status 0: all was read; 1: something could not be read, the "
        "rest was written; 2: it could not begin.",
    )
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="files, folders, patterns, WACZ, CDXJ, addresses "
        "of these; @FILE: a list of sources, one a line, plain or gzip",
    )
    parser.add_argument("--output", "-o", required=True, help="folder to make: local, hdfs://, s3a://")
    parser.add_argument("--format", choices=FORMS, default="jsonl", help="of the output (default: jsonl)")
    parser.add_argument("--partition", default="", metavar="site,date", help="folders by site, day of publication")
    parser.add_argument(
        "--table",
        action="append",
        default=[],
        metavar="PARQUET",
        help="an index in columns, such as Common Crawl's: the records to read",
    )
    parser.add_argument("--where", metavar="SQL", help="which rows of the table")
    parser.add_argument(
        "--base", metavar="FOLDER", help="what the file names in lists, CDXJ and tables are relative to"
    )
    parser.add_argument("--index", action="append", default=[], metavar="CDXJ", help="knows the originals of revisits")
    for name, (option, value, text) in FILTERS.items():
        parser.add_argument(option, dest=name, metavar=value, default="", help=text)
    parser.add_argument("--overwrite", action="store_true", help="remove what an earlier run left in the output folder")
    parser.add_argument("--report", metavar="FILE", help="write the counts and the first faults there, as JSON")
    return parser
