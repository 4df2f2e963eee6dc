"""``newscrawl schema``: print the schema of the articles."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import UsageError
from newscrawl.schema.features import features_of
from newscrawl.schema.json_schema import json_schema, markdown


class Command(BaseCommand):
    """Print the schema of the articles."""

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--json | --features] [--output FILE]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Print the schema of the articles: Markdown, JSON Schema (--json), types for datasets (--features)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON Schema (draft 2020-12) instead of Markdown")
        parser.add_argument(
            "--features", action="store_true", help="print the types for Hugging Face datasets (Features.from_dict)"
        )
        parser.add_argument("--output", metavar="FILE", help="write to FILE instead of the terminal")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the schema or write it to a file.

        Raises:
            UsageError: There are names, or the file cannot be written.
        """
        if args:
            raise UsageError(f"{args[0]!r}: this command takes no names")
        if opts.json and opts.features:
            raise UsageError("--json and --features exclude each other")
        if opts.json or opts.features:
            content = json_schema() if opts.json else features_of()
            text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        else:
            text = markdown()
        if not opts.output:
            print(text, end="")
            return
        try:
            Path(opts.output).write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"cannot write {opts.output}: {error.strerror}") from error
