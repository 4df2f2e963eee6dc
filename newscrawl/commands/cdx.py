"""``newscrawl cdx SOURCE…``: one index of any archives, for pywb, OpenWayback and wget."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.archive.index_files import FORMATS, write_index
from newscrawl.command_line.command import BaseCommand
from newscrawl.display import counted, printable
from newscrawl.errors import ArchiveError, RecordError, UsageError
from newscrawl.files.atomic import whole_file


class Command(BaseCommand):
    """Index archives."""

    def syntax(self) -> str:
        """Return what follows ``newscrawl cdx``."""
        return "[--format cdxj|cdx11|wget] [-o FILE] SOURCE…"

    def short_desc(self) -> str:
        """Return one line for ``scrapy --help``."""
        return "Write one sorted index (CDXJ or CDX) of archives (WARC, ARC, WACZ, folders, addresses)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--format`` and ``--output``."""
        super().add_options(parser)
        parser.add_argument(
            "--format",
            choices=sorted(FORMATS),
            default="cdxj",
            help="cdxj for pywb and ReplayWeb.page (default), cdx11 for OpenWayback and pywb, wget for --warc-dedup",
        )
        parser.add_argument("-o", "--output", metavar="FILE", help="the index to write; it must not exist")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the index; the exit status is 1 if records were left out."""
        if not args:
            raise ScrapyUsageError("name at least one file, folder, pattern or address")
        if opts.output is None:
            write_index(args, sys.stdout.buffer, format_name=opts.format, on_skip=self._skipped)
            return
        path = Path(opts.output)
        try:
            with whole_file(path) as file:
                count = write_index(args, file, format_name=opts.format, folder=path.parent, on_skip=self._skipped)
        except FileExistsError as error:
            raise UsageError(f"{path} exists; name another file, or remove it") from error
        except OSError as error:
            raise ArchiveError(f"{path} cannot be written: {error}") from error
        print(f"{printable(path)}: {counted(count, 'capture')}")

    def _skipped(self, error: RecordError) -> None:
        self.exitcode = 1
        print(f"not in the index: {printable(error)}", file=sys.stderr)
