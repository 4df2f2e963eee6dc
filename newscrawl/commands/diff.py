"""``newscrawl diff OLD NEW``: what changed between two outputs of articles."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.command_line.command import BaseCommand
from newscrawl.comparison.page import page_of
from newscrawl.comparison.pairing import pairs_of
from newscrawl.comparison.report import EXAMPLES, Report, report_of
from newscrawl.comparison.table import table_of
from newscrawl.errors import OutputError, UsageError

SAME, DIFFERENT = 0, 1
"""Exit statuses; 2 is a usage error, as for `diff` itself."""
MAX_EXAMPLES = 1_000
WIDTH = 160
"""Columns of a table that goes to a file."""


class Command(BaseCommand):
    """Compare two outputs."""

    def syntax(self) -> str:
        """What follows ``newscrawl diff``."""
        return "[--json | --html FILE] OLD NEW"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Compare two outputs, article by article and field by field"

    def long_desc(self) -> str:
        """What `newscrawl diff --help` says."""
        return (
            "OLD and NEW are files or folders of JSON Lines (plain, gzip, zstd) or Parquet. Exit status 0: the same "
            "articles, whatever their provenance; 1: there are differences; 2: something cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds ``--json``, ``--html``, ``--examples`` and ``--ignore``."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write the report as JSON instead of a table")
        parser.add_argument("--html", metavar="FILE", help="write the report to FILE, a page that needs nothing else")
        parser.add_argument(
            "--examples", metavar="N", default=str(EXAMPLES), help=f"examples of each difference (default: {EXAMPLES})"
        )
        parser.add_argument(
            "--ignore", metavar="FIELD,…", default="", help="fields not to compare, such as keywords,metadata.layout"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Compare and report."""
        if len(args) != 2:
            raise ScrapyUsageError("name two outputs: OLD and NEW")
        try:
            examples = _number(opts.examples)
            ignored = [name.strip() for name in opts.ignore.split(",") if name.strip()]
            old, new = args
            report = report_of(old, new, pairs_of(old, new), examples=examples, ignored=ignored)
            _write(report, opts)
        except (UsageError, OutputError) as error:
            raise ScrapyUsageError(str(error), print_help=False) from error
        self.exitcode = DIFFERENT if report.differs else SAME


def _write(report: Report, opts: argparse.Namespace) -> None:
    if opts.html:
        _write_page(Path(opts.html), page_of(report))
    if opts.json:
        options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        sys.stdout.buffer.write(orjson.dumps(_with_named_pieces(asdict(report)), option=options))
        sys.stdout.buffer.flush()
    elif not opts.html:
        terminal = sys.stdout.isatty()
        console = Console(highlight=False, soft_wrap=False, width=None if terminal else WIDTH)
        console.print(table_of(report, colour=terminal))


def _with_named_pieces(value: Any) -> Any:
    """``[["old", "text"], …]``: named tuples as JSON has them."""
    if isinstance(value, dict):
        return {name: _with_named_pieces(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_with_named_pieces(each) for each in value]
    return value


def _write_page(path: Path, page: str) -> None:
    temporary = path.with_name(path.name + ".tmp")
    try:
        temporary.write_text(page, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error}") from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MAX_EXAMPLES):
        raise UsageError(f"examples={text!r}: a number up to {MAX_EXAMPLES}")
    return int(text)
