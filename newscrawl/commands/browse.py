"""``newscrawl browse [FOLDER]``: an archive, its articles and its crawls in the web browser."""

from __future__ import annotations

import argparse
from pathlib import Path

from newscrawl.command_line.command import BaseCommand
from newscrawl.display import install_hint
from newscrawl.errors import UsageError

PORT = 8600


class Command(BaseCommand):
    """Serve the archive as pages on this machine, read-only, until Ctrl-C."""

    requires_project = True

    def syntax(self) -> str:
        """Return what follows ``newscrawl browse``."""
        return "[--port N] [--articles FOLDER] [--archive FOLDER] [--allow-scripts] [FOLDER]"

    def short_desc(self) -> str:
        """Return one line for ``scrapy --help``."""
        return (
            "Browse articles beside their archived pages: search, revisions, captures, crawls, why a URL has no article"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add where the data is and how it is shown."""
        super().add_options(parser)
        parser.add_argument(
            "--port", type=int, default=PORT, help=f"port on 127.0.0.1; 0: a free one (default: {PORT})"
        )
        parser.add_argument(
            "--articles", action="append", default=[], metavar="FOLDER", help="folder of JSON Lines; may be repeated"
        )
        parser.add_argument(
            "--archive",
            action="append",
            default=[],
            metavar="FOLDER",
            help="folder of WARC files with CDXJ; may be repeated",
        )
        parser.add_argument(
            "--allow-scripts",
            action="store_true",
            help="run the scripts of archived pages, in a sandbox without network",
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve until the process is interrupted.

        Raises:
            UsageError: there is no such folder, the port is taken, or the extra ``browse`` is not installed.
        """
        if len(args) > 1:
            raise UsageError("name one data folder at most")
        try:
            from newscrawl.browse.server import Folders, serve
        except ImportError as error:
            raise UsageError(f"browsing needs more packages ({error}): {install_hint('browse')}") from error
        assert self.settings is not None
        settings = self.settings
        data = Path(args[0]) if args else Path(settings["DATA_DIRECTORY"])
        if not data.is_dir():
            raise UsageError(f"there is no folder {data}")

        def folder(setting: str, name: str) -> Path:
            return data / name if args else Path(settings[setting] or data / name)

        folders = Folders(
            articles=tuple(map(Path, opts.articles)) or (folder("ARTICLES_DIRECTORY", "articles"),),
            archives=tuple(map(Path, opts.archive)) or (folder("WARC_DIRECTORY", "warc"),),
            state=folder("STATE_DIRECTORY", "state"),
            history=folder("MONITORS_DIRECTORY", "monitors"),
            reports=folder("REPORT_DIRECTORY", "reports"),
            rejected=folder("REJECTED_DIRECTORY", "rejected"),
            index=data / "browse" / "index.sqlite",
        )
        serve(
            folders,
            port=opts.port,
            pipelines=settings.getlist("ARTICLE_PIPELINES"),
            scripts=opts.allow_scripts,
            announce=lambda address: print(f"{data} at {address} (Ctrl-C ends it)", flush=True),
        )
