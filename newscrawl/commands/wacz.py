"""``scrapy wacz SOURCE… -o FILE.wacz``: WARC files with index and list of pages in one package."""

from __future__ import annotations

import argparse
import html
import re
import sys
from datetime import UTC, datetime

from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.archive.wacz.package import write_wacz
from newscrawl.capture import Capture
from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import ArchiveError, RecordError, UsageError
from newscrawl.extract.html.encoding import decoded

_TITLE = re.compile(r"<title\b[^>]{0,500}>([^<]{0,2000})", re.IGNORECASE)
_LOOKED_AT = 64 * 1024
"""Bytes of a page in which its title is searched."""


class Command(BaseCommand):
    """Pack archives for ReplayWeb.page and others."""

    def syntax(self) -> str:
        """What follows ``scrapy wacz``."""
        return "-o FILE.wacz [--title TITLE] SOURCE…"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Pack WARC files with their index and list of pages into one WACZ package"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds ``--output`` and ``--title``."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FILE.wacz", help="the package to write; it must not exist")
        parser.add_argument("--title", metavar="TITLE", help="title of the package")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Pack; records that the index leaves out are named, and make the exit status 1."""
        if not args:
            raise ScrapyUsageError("name at least one file, folder, pattern or address")
        if not opts.output or not opts.output.endswith(".wacz"):
            raise ScrapyUsageError("name the package with -o FILE.wacz")
        try:
            packed = write_wacz(
                args,
                opts.output,
                title=opts.title,
                created=datetime.now(UTC),
                title_of=title_of,
                on_skip=self._skipped,
            )
        except (ArchiveError, UsageError) as error:
            raise ScrapyUsageError(str(error), print_help=False) from error
        print(f"{packed.path}: {packed.files} files, {packed.captures} captures, {packed.pages} pages")

    def _skipped(self, error: RecordError) -> None:
        self.exitcode = 1
        print(f"not in the index: {error}", file=sys.stderr)


def title_of(capture: Capture) -> str | None:
    """The ``<title>`` of an HTML page, by a light look at its beginning; None without one."""
    match = _TITLE.search(decoded(capture.payload[:_LOOKED_AT], capture.header("content-type")))
    return " ".join(html.unescape(match[1]).split()) or None if match else None
