"""``scrapy schema``: the article's schema, for readers or for programs."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from scrapy.exceptions import UsageError

from newscrawl.command_line.command import BaseCommand
from newscrawl.schema.json_schema import json_schema, markdown


class Command(BaseCommand):
    """Print the schema of the article."""

    def syntax(self) -> str:
        """After the command's name."""
        return "[--json] [--output FILE]"

    def short_desc(self) -> str:
        """One line."""
        return "Print the schema of the articles: Markdown tables, or JSON Schema (--json)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The options of this command."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="JSON Schema (draft 2020-12) instead of Markdown")
        parser.add_argument("--output", metavar="FILE", help="write to FILE instead of the terminal")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print or write it."""
        if args:
            raise UsageError("this command takes no arguments", print_help=False)
        text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n" if opts.json else markdown()
        if not opts.output:
            print(text, end="")
            return
        try:
            Path(opts.output).write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"cannot write {opts.output}: {error.strerror}", print_help=False) from error
