"""``newscrawl init DIR``: create a folder to crawl from."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import UsageError
from newscrawl.operations.instance import create_instance


class Command(BaseCommand):
    """Create a folder to crawl from."""

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--contact ADDRESS] DIR"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Create a folder to crawl from: settings, schedule, systemd units, crontab"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--contact``."""
        super().add_options(parser)
        parser.add_argument(
            "--contact",
            metavar="ADDRESS",
            default="",
            help="a mail address or URL where the operators of the sites reach you",
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the files and say what to do next.

        Raises:
            UsageError: No folder is named, it has such files already, or the contact is malformed.
            OutputError: A file cannot be written.
        """
        if len(args) != 1:
            raise UsageError("name one folder")
        program = shutil.which("newscrawl", path=str(Path(sys.executable).parent)) or shutil.which("newscrawl")
        folder = Path(args[0])
        for path in create_instance(folder, opts.contact, Path(program or sys.argv[0]).absolute()):
            print(path)
        print(f"\nNext:\n  cd {folder}")
        if not opts.contact:
            print("  set NEWSCRAWL_CONTACT in the file environment")
        print("  newscrawl crawl sample\n  newscrawl schedule --dry-run")
