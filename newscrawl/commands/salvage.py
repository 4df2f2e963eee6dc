"""``newscrawl salvage [FOLDER…]``: close the archive files that a killed crawl left open."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from newscrawl.archive.salvage import EXISTS, UNCUT, salvage
from newscrawl.command_line.command import BaseCommand
from newscrawl.display import printable
from newscrawl.errors import UsageError


class Command(BaseCommand):
    """Cut torn records off, close files, report what was found."""

    def syntax(self) -> str:
        """Return what follows ``newscrawl salvage``."""
        return "[--json] [FOLDER…]"

    def short_desc(self) -> str:
        """Return one line for ``scrapy --help``."""
        return "Close the archive files that a killed crawl left open (default: those in WARC_DIRECTORY)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--json``."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write one JSON object per file")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Salvage each folder; the exit status is 1 if a file had to be skipped."""
        assert self.settings is not None
        folders = args or [self.settings.get("WARC_DIRECTORY") or "."]
        for folder in folders:
            if not Path(folder).is_dir():
                raise UsageError(f"{folder} is not a folder")
        found = [result for folder in folders for result in salvage(folder)]
        for result in found:
            if opts.json:
                faults = [str(fault) for fault in result.faults]
                print(json.dumps({"path": str(result.path), "outcome": result.outcome, "faults": faults}))
                continue
            print(result)
            for fault in result.faults:
                print(f"    {printable(fault)}")
        if not found and not opts.json:
            print(f"no files were left open in {printable(', '.join(folders))}")
        self.exitcode = int(any(result.outcome in (UNCUT, EXISTS) for result in found))
