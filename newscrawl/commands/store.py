"""``newscrawl store [FOLDER…]``: upload finished archive files to the store, also those from earlier crawls."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from newscrawl.command_line.command import BaseCommand
from newscrawl.display import counted, printable, readable_bytes
from newscrawl.errors import ArchiveError, UsageError
from newscrawl.exit_statuses import ExitStatus
from newscrawl.files.names import INDEX, UNSTORED, is_open, names_archive
from newscrawl.files.store import Store


class Command(BaseCommand):
    """Upload finished archive files and their indexes."""

    requires_project = True

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--to URL] [--json] [FOLDER…]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Upload finished archive files to the store (default: those in WARC_DIRECTORY, to WARC_STORE)"

    def long_desc(self) -> str:
        """Return the text of ``--help``."""
        return (
            "Upload every finished archive file and its index, and compare each with what was sent. Files that are in "
            "the store already are only compared. With WARC_STORE_DELETE_LOCAL=1, a file is deleted here after it was "
            "compared. Exit status 0; 1 if a file could not be stored; 2 if there is no store."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--to`` and ``--json``."""
        super().add_options(parser)
        parser.add_argument("--to", metavar="URL", help="the store (default: the setting WARC_STORE)")
        parser.add_argument("--json", action="store_true", help="write one JSON object per file")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Upload the files of each folder.

        Raises:
            UsageError: There is no store, or a folder does not exist.
            ArchiveError: The store's file system is not available.
        """
        assert self.settings is not None
        url = opts.to or self.settings.get("WARC_STORE")
        if not url:
            raise UsageError("name the store with --to URL or the setting WARC_STORE, such as s3://bucket/folder")
        folders = [Path(name) for name in args or [self.settings.get("WARC_DIRECTORY") or "."]]
        for folder in folders:
            if not folder.is_dir():
                raise UsageError(f"{folder} is not a folder")
        store = Store(url, delete_local=self.settings.getbool("WARC_STORE_DELETE_LOCAL"))
        stored, size = 0, 0
        for path in (path for folder in folders for path in finished_files(folder)):
            try:
                file = store.put(path)
            except ArchiveError as error:
                self.exitcode = ExitStatus.FAULTS
                print(f"not stored: {printable(error)}", file=sys.stderr)
                continue
            path.with_name(path.name + UNSTORED).unlink(missing_ok=True)
            stored, size = stored + 1, size + file.size
            if opts.json:
                print(json.dumps({"path": str(path), "url": file.url, "size": file.size, "sha256": file.sha256}))
        if not opts.json:
            print(f"{counted(stored, 'file')} in {printable(url)}, {readable_bytes(size)}")


def finished_files(folder: Path) -> list[Path]:
    """Return the archive files and indexes in ``folder`` that no crawl is writing, sorted by name."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and not is_open(path.name) and (names_archive(path.name) or path.name.endswith(INDEX))
    )
