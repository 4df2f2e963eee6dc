"""``scrapy salvage [FOLDER…]``: close what a killed crawl left open."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.archive.salvage import EXISTS, UNCUT, salvage
from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import ArchiveError


class Command(BaseCommand):
    """Cut torn tails, close files, say what was found."""

    def syntax(self) -> str:
        """What follows ``scrapy salvage``."""
        return "[FOLDER…]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Close the archive files that a killed crawl left open (default: those in WARC_DIRECTORY)"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        """Salvage each folder; exit status 1 when a file had to be left as it is."""
        assert self.settings is not None
        folders = args or [self.settings.get("WARC_DIRECTORY") or "."]
        for folder in folders:
            if not Path(folder).is_dir():
                raise ScrapyUsageError(f"{folder} is no folder", print_help=False)
        try:
            found = [result for folder in folders for result in salvage(folder)]
        except ArchiveError as error:
            raise ScrapyUsageError(str(error), print_help=False) from error
        for result in found:
            print(result)
            for fault in result.faults:
                print(f"    {fault}")
        if not found:
            print(f"nothing was left open in {', '.join(folders)}")
        self.exitcode = int(any(result.outcome in (UNCUT, EXISTS) for result in found))
