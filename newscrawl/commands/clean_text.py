"""``scrapy clean-text FILE…``: text-only copies of pages without boilerplate and doubled captions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import orjson
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.errors import NotAnArticle
from newscrawl.extract.plaintext import article_from_text

MAX_BYTES = 64 * 1024 * 1024


class Command(ScrapyCommand):
    """Clean text-only copies of pages."""

    requires_project = False
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - as Scrapy declares it

    def syntax(self) -> str:
        """The arguments."""
        return "[options] FILE… (- for standard input)"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Clean text-only copies of articles: no boilerplate, each caption once"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds ``--json`` and ``--language``."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write one JSON line per file: all fields")
        parser.add_argument("--language", metavar="TAG", help="the text's language (BCP 47), where it is known")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Cleans each file; those that cannot be are named, the others go on."""
        if not args:
            raise UsageError("name at least one file")
        for name in args:
            try:
                article = article_from_text(_text(name), language=opts.language, url=_url(name))
            except (OSError, NotAnArticle) as error:
                print(f"{name}: {error}", file=sys.stderr)
                self.exitcode = 2 if isinstance(error, OSError) else 1
                continue
            if opts.json:
                sys.stdout.buffer.write(orjson.dumps(article) + b"\n")
            else:
                head = [article.headline] if article.headline else []
                sys.stdout.buffer.write(("\n\n".join([*head, *article.paragraphs]) + "\n").encode())


def _text(name: str) -> str:
    if name == "-":
        data = sys.stdin.buffer.read(MAX_BYTES)
    else:
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES)
    return data.decode("utf-8-sig", "replace")


def _url(name: str) -> str:
    return "about:stdin" if name == "-" else Path(name).resolve().as_uri()
