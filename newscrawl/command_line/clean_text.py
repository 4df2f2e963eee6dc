"""``scrapy clean-text FILE…``: text-only copies of pages without boilerplate and doubled captions.

Scrapy names a command by its module, and no module's name has a hyphen: the entry point ``scrapy.commands`` in
pyproject.toml gives this one its name.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import orjson
from scrapy.exceptions import UsageError

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import NotAnArticle
from newscrawl.extract.html.encoding import decoded
from newscrawl.extract.plaintext.article import article_from_text
from newscrawl.items import Article

MAX_BYTES = 64 * 1024 * 1024
"""Of one file; a larger one is no page."""

NO_ARTICLE = 1
UNREADABLE = 2


class Command(BaseCommand):
    """Clean text-only copies of pages."""

    def syntax(self) -> str:
        """The arguments."""
        return "[options] FILE… (- for standard input)"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Clean text-only copies of articles: no boilerplate, each caption once"

    def long_desc(self) -> str:
        """What `scrapy clean-text --help` says."""
        return (
            "Print the body text of text-only copies of articles (WET records, text corpora), or with --json all that "
            "can be told of them, a JSON line each. Exit status 1: a file holds no article; 2: it cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds ``--json``, ``--language`` and ``--url``."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write one JSON line per file: all fields")
        parser.add_argument("--language", metavar="TAG", help="the text's language (BCP 47), where it is known")
        parser.add_argument("--url", help="where the page was; without it the file's own address stands for it")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Cleans each file; those that cannot be are named, the others go on."""
        if not args:
            raise UsageError("name at least one file, or - for standard input")
        for name in args:
            try:
                article = article_from_text(_text(name), language=opts.language, url=opts.url or _url(name))
            except (OSError, ValueError) as error:
                self._complain(name, getattr(error, "strerror", None) or str(error), UNREADABLE)
            except NotAnArticle as error:
                self._complain(name, str(error), NO_ARTICLE)
            else:
                _write(article, as_json=opts.json)

    def _complain(self, name: str, reason: str, status: int) -> None:
        print(f"scrapy clean-text: {name}: {reason}", file=sys.stderr)
        self.exitcode = max(self.exitcode, status)


def _text(name: str) -> str:
    """The text of a file; bytes that are no UTF-8 are read as what they most likely are.

    Raises:
        OSError: it cannot be read.
        ValueError: it is too large, or its name holds a null byte.
    """
    if name == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES // 2**20} MiB")
    return decoded(data, None)


def _url(name: str) -> str:
    return "about:blank" if name == "-" else Path(name).resolve().as_uri()


def _write(article: Article, *, as_json: bool) -> None:
    line = orjson.dumps(article) if as_json else (article.articleBody or "").encode()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
