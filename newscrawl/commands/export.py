"""Turn outputs of articles into a corpus: ``newscrawl export OUTPUT… -o FOLDER``."""

from __future__ import annotations

import argparse
from typing import Annotated, Literal

import msgspec

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import UsageError
from newscrawl.export.rows import ROW_KINDS
from newscrawl.export.shards import export
from newscrawl.inputs import about
from newscrawl.replay.options import add_declared, from_options
from newscrawl.replay.output.forms import FORMS, form_of

_MEGABYTE = 1_000_000


class ExportOptions(msgspec.Struct, frozen=True):
    """The options of ``newscrawl export``."""

    output: Annotated[str | None, about("The folder to create.", "a folder that does not exist")] = None
    rows: Annotated[
        Literal["article", "paragraph", "sentence"],
        about("What one row is (default: article).", f"one of {', '.join(ROW_KINDS)}"),
    ] = "article"
    format: Annotated[
        Literal["jsonl", "jsonl.gz", "jsonl.zst", "parquet"] | None,
        about("Form of the files (default: by the folder's name, else jsonl).", f"one of {', '.join(FORMS)}"),
    ] = None
    shard_size: Annotated[
        Annotated[int, msgspec.Meta(gt=0, le=100_000)],
        about("Megabytes of JSON in one file (default: 500).", "a whole number above 0"),
    ] = 500


class Command(BaseCommand):
    """Export outputs as a corpus."""

    def syntax(self) -> str:
        """Return what follows ``newscrawl export``."""
        return "-o FOLDER [OPTIONS] OUTPUT…"

    def short_desc(self) -> str:
        """Return one line for ``newscrawl --help``."""
        return "Turn outputs into a corpus: rows of articles, paragraphs or sentences, with a dataset card"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of the export."""
        super().add_options(parser)
        add_declared(parser, ExportOptions)

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the corpus and print what is in it.

        Raises:
            UsageError: an output cannot be read, or an option is wrong.
            OutputError: the folder cannot be written.
        """
        options = from_options(ExportOptions, opts)
        if not args or not options.output:
            raise UsageError("name at least one output, and the folder to create with -o FOLDER")
        form = options.format or form_of(options.output)
        shard_bytes = options.shard_size * _MEGABYTE
        exported = export(args, options.output, rows=options.rows, form=form, shard_bytes=shard_bytes)
        files = "file" if exported["files"] == 1 else "files"
        counts = f"{exported['articles']} articles, {exported['rows']} rows in {exported['files']} {files}"
        print(f"{counts}: {options.output}/")
