"""``newscrawl clean-text FILE…``: text-only copies of pages without boilerplate and without captions.

Scrapy names a command by its module, and no module's name has a hyphen: the entry point ``scrapy.commands`` in
pyproject.toml gives this one its name.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING

import fsspec
import orjson
from scrapy.exceptions import UsageError

from newscrawl.command_line.command import BaseCommand
from newscrawl.corpora.clean_field import Fields, Figures
from newscrawl.corpora.json_lines import clean_json_lines
from newscrawl.corpora.parquet import clean_parquet
from newscrawl.corpora.recognise import HEAD, is_parquet, recognised
from newscrawl.display import counted, printable
from newscrawl.errors import NotAnArticle, OutputError
from newscrawl.exit_statuses import ExitStatus
from newscrawl.extract.html.encoding import decoded
from newscrawl.extract.plaintext.article import OTHER_STORY
from newscrawl.files.atomic import whole_file
from newscrawl.items import Article
from newscrawl.sites.text_copies import article_of_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of one text that are accepted; a larger file is no page."""

NO_ARTICLE = ExitStatus.FAULTS
UNREADABLE = ExitStatus.USAGE

SHOWN_LINES = 5
"""Numbers of broken lines that the summary of a corpus shows."""

PROGRESS_SECONDS = 1.0


class _NoText(Exception):  # noqa: N818 - a state of the input
    """The file holds something other than text; the message says what and which command reads it."""


class Command(BaseCommand):
    """Clean text-only copies of pages."""

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options] FILE… (- for standard input)"

    def short_desc(self) -> str:
        """Return one line for ``scrapy --help``."""
        return "Clean text-only copies of articles: no boilerplate, no captions"

    def long_desc(self) -> str:
        """Return what ``newscrawl clean-text --help`` says."""
        return (
            "Print the body of text-only copies of articles, below the name of each file if there are several, or with "
            "--json all fields as one JSON line per file. With --jsonl clean a field of each record of JSON Lines or "
            "Parquet files on all cores. Exit status 1: a file holds no article, or a line is no JSON object; 2: a "
            "file cannot be read or is no text."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of the command."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write one JSON line per file: all fields")
        parser.add_argument("--language", metavar="TAG", help="language of the texts (BCP 47), if it is known")
        parser.add_argument("--url", help="address of the page; without it the file's own address is used")
        corpora = parser.add_argument_group("corpora")
        corpora.add_argument("--jsonl", action="store_true", help="clean a field of JSON Lines or Parquet files")
        corpora.add_argument("--field", default="text", metavar="NAME", help='the field to clean (default: "text")')
        corpora.add_argument("--language-field", metavar="NAME", help="a field with the language of each text")
        corpora.add_argument("--headline-field", metavar="NAME", help="write the headline to this field")
        corpora.add_argument(
            "--removed-field", metavar="NAME", help="write the removed pieces with reasons to this field"
        )
        corpora.add_argument("-o", "--output", metavar="PATH", help="the file to write; without it standard output")
        corpora.add_argument("--processes", type=int, metavar="N", help="worker processes (default: all cores)")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Clean each file; name those that cannot be cleaned and go on with the others.

        Raises:
            UsageError: the options contradict each other.
            OutputError: the output cannot be written.
        """
        if not args:
            raise UsageError("name at least one file, or - for standard input")
        if opts.jsonl:
            self._clean_corpora(args, opts)
            return
        if opts.output or opts.headline_field or opts.removed_field or opts.language_field:
            raise UsageError("--output and the options for fields need --jsonl")
        shows_names = len(args) > 1 and not opts.json
        is_first = True
        for name in args:
            try:
                article = article_of_copy(_text(name), opts.url or _url(name), language=opts.language)
            except (OSError, ValueError, _NoText) as error:
                self._complain(name, getattr(error, "strerror", None) or str(error), UNREADABLE)
            except NotAnArticle as error:
                self._complain(name, str(error), NO_ARTICLE)
            else:
                self._report_cut(name, article)
                _write(article, name if shows_names else None, as_json=opts.json, is_first=is_first)
                is_first = False

    def _report_cut(self, name: str, article: Article) -> None:
        """Say on standard error that a second story was cut off; the exit status stays."""
        cut = [removed.text for removed in article.removed if removed.reason == OTHER_STORY]
        if cut:
            size = counted(sum(map(len, cut)), "character")
            first = printable(cut[0][:60])
            self._say(name, f'another story follows the credits and was cut off ({size} from "{first}" on)')

    def _clean_corpora(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.output and len(args) > 1:
            raise UsageError("--output needs exactly one input file")
        if opts.json or opts.url:
            raise UsageError("--jsonl cannot be combined with --json or --url")
        if opts.processes is not None and opts.processes < 1:
            raise UsageError("--processes must be at least 1")
        fields = Fields(opts.field, opts.language, opts.language_field, opts.headline_field, opts.removed_field)
        processes = opts.processes or len(os.sched_getaffinity(0))
        for name in args:
            started = monotonic()
            try:
                figures = asyncio.run(_clean_corpus(name, opts.output, fields, processes))
            except (OSError, ValueError, EOFError, _NoText) as error:
                self._complain(name, getattr(error, "strerror", None) or str(error), UNREADABLE)
                continue
            self._say(name, _summary(figures, monotonic() - started))
            if figures.broken or (not figures.texts and figures.without_field):
                self.exitcode = max(self.exitcode, NO_ARTICLE)

    def _complain(self, name: str, reason: str, status: int) -> None:
        self._say(name, reason)
        self.exitcode = max(self.exitcode, status)

    def _say(self, name: str, what: str) -> None:
        print(f"newscrawl clean-text: {printable(name)}: {printable(what)}", file=sys.stderr)


async def _clean_corpus(name: str, output: str | None, fields: Fields, processes: int) -> Figures:
    """Clean one JSON Lines or Parquet file; return what was done.

    Raises:
        UsageError: a Parquet file without ``--output``, or one that cannot be read.
        OutputError: the output exists or cannot be written.
        OSError: the input cannot be read.
    """
    with _opened(name) as source:
        head = source.peek(HEAD)[:HEAD]  # type: ignore[attr-defined]
        if is_parquet(head):
            if output is None:
                raise UsageError("a Parquet file needs --output PATH")
            with _output(Path(output)) as sink:
                return await _watched(clean_parquet(name, sink, fields, processes))
        found = recognised(head)
        if found is not None and "JSON Lines" not in found.what:
            raise _NoText(f"{found.what}, not a JSON Lines or Parquet file")
        if output is None:
            figures = await _watched(clean_json_lines(source, sys.stdout.buffer.write, fields, processes))
            sys.stdout.buffer.flush()
            return figures
        with _output(Path(output)) as sink:
            return await _watched(clean_json_lines(source, sink.write, fields, processes))


async def _watched(parts: AsyncIterator[Figures]) -> Figures:
    """Show the progress on a terminal; return the last figures."""
    figures = Figures()
    started = shown = monotonic()
    is_terminal = sys.stderr.isatty()
    async with aclosing(parts):  # type: ignore[type-var]
        async for figures in parts:
            if is_terminal and monotonic() - shown >= PROGRESS_SECONDS:
                shown = monotonic()
                rate = figures.texts / (shown - started)
                print(f"\r{figures.texts:,} texts, {rate:,.0f}/s\x1b[K", end="", file=sys.stderr, flush=True)
    if is_terminal and shown > started:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return figures


def _summary(figures: Figures, seconds: float) -> str:
    """Return what was done with a corpus, in one line."""
    parts = [f"{counted(figures.texts, 'text')}, {figures.changed} changed, {figures.empty} empty"]
    if figures.without_field:
        parts.append(f"{counted(figures.without_field, 'record')} without a text in the field")
    if figures.broken:
        lines = sorted(set(figures.broken))
        shown = ", ".join(map(str, lines[:SHOWN_LINES])) + (", …" if len(lines) > SHOWN_LINES else "")
        parts.append(f"{counted(len(lines), 'line')} left as found because no JSON object (line {shown})")
    if figures.removed:
        pieces = ", ".join(f"{reason} {number}" for reason, number in figures.removed.most_common())
        parts.append(f"removed: {pieces}")
    return "; ".join(parts) + f"; {figures.texts / max(seconds, 1e-9):,.0f} texts/s"


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    """Yield a file to read, unpacked if its name says that it is packed.

    Raises:
        OSError: it cannot be opened.
    """
    if name == "-":
        yield sys.stdin.buffer
        return
    with fsspec.open(name, "rb", compression=_packing(name)) as file:
        import io

        yield io.BufferedReader(file, HEAD) if not hasattr(file, "peek") else file


def _packing(name: str) -> str | None:
    """Return fsspec's name for how a file is packed: by its first bytes if it is local and gzip, else by its name."""
    path = Path(name)
    if path.is_file():
        with path.open("rb") as file:
            return {b"\x1f\x8b": "gzip", b"BZ": "bz2", b"\xfd7": "xz", b"\x28\xb5": "zstd"}.get(file.read(2))
    return "infer"


@contextmanager
def _output(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write that appears whole or not at all.

    Raises:
        OutputError: it exists already or cannot be written.
    """
    if path.exists():
        raise OutputError(f"{path} exists already; name another output or remove it")
    try:
        with whole_file(path) as file:
            yield file
    except OSError as error:
        if error.filename is not None and Path(error.filename).parent != path.parent:
            raise
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def _text(name: str) -> str:
    """Return the text of a file; bytes that are no UTF-8 are read as what they most likely are.

    Raises:
        OSError: it cannot be read.
        ValueError: it is too large, or its name holds a null byte.
        _NoText: it holds something other than text.
    """
    if name == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    found = recognised(data[:HEAD])
    if found is not None:
        raise _NoText(f"this is {found.what}; {found.advice.format(name=name)}")
    if len(data) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES // 2**20} MiB")
    return decoded(data, None)


def _url(name: str) -> str:
    return "about:blank" if name == "-" else Path(name).resolve().as_uri()


def _write(article: Article, name: str | None, *, as_json: bool, is_first: bool) -> None:
    """Write an article to standard output, below the name of its file unless ``name`` is None."""
    out = sys.stdout.buffer
    if name is not None:
        out.write((b"" if is_first else b"\n") + f"==> {printable(name)} <==\n".encode())
    out.write((orjson.dumps(article) if as_json else (article.articleBody or "").encode()) + b"\n")
    out.flush()
