"""Compare two outputs of articles: ``newscrawl diff OLD NEW``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import msgspec
import orjson
from rich.console import Console

from newscrawl.command_line.command import BaseCommand
from newscrawl.comparison.page import page_of
from newscrawl.comparison.pairing import pairs_of
from newscrawl.comparison.report import EXAMPLES, Report, report_of
from newscrawl.comparison.table import table_of
from newscrawl.comparison.verdict import Verdict, limits_from, verdict_on
from newscrawl.errors import OutputError, UsageError
from newscrawl.files.atomic import write_whole
from newscrawl.inputs import about
from newscrawl.replay.options import add_declared, from_options

SAME, DIFFERENT = 0, 1
"""Exit statuses; 2 is a usage error, as for `diff` itself."""
WIDTH = 160
"""Columns of a table that is written to a file."""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


class DiffOptions(msgspec.Struct, frozen=True):
    """The options of ``newscrawl diff``."""

    html: Annotated[str | None, about("Write the report as one HTML page that needs nothing beside it.", "a file")] = (
        None
    )
    verdict: Annotated[
        str | None, about("Write a verdict for CI as JSON: same, accepted, too many changes or unsure.", "a file")
    ] = None
    allow: Annotated[
        str | None,
        about(
            "Which share of the articles may change before the exit status is 1, in any field or in one (default: 0).",
            "a share such as 0.01, or shares of fields such as 0.05,headline=0,keywords=0.2",
        ),
    ] = None
    sample: Annotated[
        Annotated[float, msgspec.Meta(gt=0, le=1)],
        about(
            "Compare only this share of the articles, chosen as newscrawl replay --sample does; shares get confidence "
            "intervals.",
            "a number above 0 and up to 1",
        ),
    ] = 1.0
    examples: Annotated[
        Annotated[int, msgspec.Meta(ge=0, le=1_000)],
        about(f"How many examples of each difference (default: {EXAMPLES}).", "a whole number up to 1000"),
    ] = EXAMPLES
    ignore: Annotated[
        tuple[str, ...],
        about("Fields that are not compared.", "names such as keywords,metadata.layout", _listed),
    ] = ()


class Command(BaseCommand):
    """Compare two outputs."""

    def syntax(self) -> str:
        """Return what follows ``newscrawl diff``."""
        return "[OPTIONS] OLD NEW"

    def short_desc(self) -> str:
        """Return one line for ``newscrawl --help``."""
        return "Compare two outputs, article by article and field by field"

    def long_desc(self) -> str:
        """Return the text of ``newscrawl diff --help``."""
        return (
            "OLD and NEW are files or folders of JSON Lines (plain, gzip, zstd) or Parquet. Exit status 0: the same "
            "articles, whatever their provenance, or no more changes than --allow says; 1: more differences, or a "
            "sample that is too small to decide; 2: something cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of the comparison."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="Write the report as JSON instead of a table.")
        add_declared(parser, DiffOptions)

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Compare, report, decide.

        Raises:
            UsageError: an output cannot be read, or an option is wrong.
            OutputError: a file cannot be written.
        """
        if len(args) != 2:
            raise UsageError("name two outputs: OLD and NEW")
        options = from_options(DiffOptions, opts)
        limits = limits_from(options.allow or "")
        old, new = args
        pairs = pairs_of(old, new, sample=options.sample)
        report = report_of(old, new, pairs, examples=options.examples, ignored=options.ignore, sample=options.sample)
        verdict = verdict_on(report, limits)
        _write(report, verdict, options, as_json=opts.json)
        self.exitcode = SAME if verdict.passes else DIFFERENT


def _write(report: Report, verdict: Verdict, options: DiffOptions, *, as_json: bool) -> None:
    if options.html:
        _write_file(options.html, page_of(report, verdict).encode())
    if options.verdict:
        _write_file(options.verdict, orjson.dumps(verdict, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    if as_json:
        form = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        sys.stdout.buffer.write(orjson.dumps(_with_named_pieces(asdict(report)), option=form))
        sys.stdout.buffer.flush()
    elif not options.html:
        terminal = sys.stdout.isatty()
        console = Console(highlight=False, soft_wrap=False, width=None if terminal else WIDTH)
        console.print(table_of(report, colour=terminal))


def _with_named_pieces(value: Any) -> Any:
    """Return named tuples as lists (``[["old", "text"], …]``), which JSON has."""
    if isinstance(value, dict):
        return {name: _with_named_pieces(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_with_named_pieces(each) for each in value]
    return value


def _write_file(path: str, data: bytes) -> None:
    try:
        write_whole(Path(path), data)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error}") from error
