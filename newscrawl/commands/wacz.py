"""``newscrawl wacz SOURCE… -o FILE.wacz``: pack WARC files with their index and lists of pages."""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
from datetime import UTC, datetime

from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.archive.wacz.package import Packed, write_wacz
from newscrawl.capture import Capture
from newscrawl.command_line.command import BaseCommand
from newscrawl.display import counted, printable
from newscrawl.errors import RecordError
from newscrawl.extract.html.encoding import decoded

_TITLE = re.compile(r"<title\b[^>]{0,500}>([^<]{0,2000})", re.IGNORECASE)
_SEARCHED = 64 * 1024
"""Bytes of a page in which its title is searched."""


class Command(BaseCommand):
    """Pack archives for ReplayWeb.page and other players."""

    def syntax(self) -> str:
        """Return what follows ``newscrawl wacz``."""
        return "-o FILE.wacz [--title TITLE] [--with-originals] [--json] SOURCE…"

    def short_desc(self) -> str:
        """Return one line for ``scrapy --help``."""
        return "Pack WARC files with their index and lists of pages into one WACZ package"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--output``, ``--title`` and ``--with-originals``."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FILE.wacz", help="the package to write; it must not exist")
        parser.add_argument("--title", metavar="TITLE", help="title of the package (default: its file name)")
        parser.add_argument(
            "--with-originals",
            action="store_true",
            help="add the pages that revisits refer to from other crawls in the same folders",
        )
        parser.add_argument("--json", action="store_true", help="print the result as a JSON object")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Pack and report; the exit status is 1 if records were left out of the index."""
        if not args:
            raise ScrapyUsageError("name at least one file, folder, pattern or address")
        if not opts.output or not opts.output.endswith(".wacz"):
            raise ScrapyUsageError("name the package with -o FILE.wacz")
        packed = write_wacz(
            args,
            opts.output,
            title=opts.title,
            created=datetime.now(UTC),
            title_of=title_of,
            with_originals=opts.with_originals,
            on_skip=self._skipped,
        )
        _report(packed, as_json=opts.json)

    def _skipped(self, error: RecordError) -> None:
        self.exitcode = 1
        print(f"not in the index: {printable(error)}", file=sys.stderr)


def _report(packed: Packed, *, as_json: bool) -> None:
    counts = [
        counted(packed.files, "file"),
        counted(packed.captures, "capture"),
        counted(packed.articles, "page"),
        *([counted(packed.other_pages, "extra page")] if packed.other_pages else []),
        *([counted(packed.missing.added, "original") + " added"] if packed.missing.added else []),
    ]
    if as_json:
        values = {"files": packed.files, "captures": packed.captures, "pages": packed.articles}
        extra = {"extraPages": packed.other_pages, "addedOriginals": packed.missing.added}
        print(json.dumps({"path": str(packed.path), **values, **extra}))
    else:
        print(printable(f"{packed.path}: {', '.join(counts)}"))
    for name in packed.still_open:
        print(f"left out, because a crawl is writing it: {printable(name)}", file=sys.stderr)
    if packed.missing.revisits:
        hint = " (--with-originals adds them)" if packed.missing.crawls else ""
        print(printable(f"{packed.missing}{hint}"), file=sys.stderr)


def title_of(capture: Capture) -> str | None:
    """Return the ``<title>`` of an HTML page, found at its beginning; None without one."""
    match = _TITLE.search(decoded(capture.payload[:_SEARCHED], capture.header("content-type")))
    return " ".join(html.unescape(match[1]).split()) or None if match else None
