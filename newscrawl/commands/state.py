"""``newscrawl state SITE``: show what the crawls of a site know of its articles."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import UsageError
from newscrawl.site import Site
from newscrawl.sites import site_named
from newscrawl.state.keys import id_key
from newscrawl.state.reading import PastFetch, StateReader
from newscrawl.state.records import ArticleState, Status
from newscrawl.state.schema import connection_to, state_file

STATUSES = {status.label: status for status in Status}
LIMIT = 50


class Command(BaseCommand):
    """Show the state of a site; a crawl may be running."""

    requires_project = True

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--status STATUS | --due | --url URL] [--limit N] [--json] SITE"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Show the state of a site's articles: counts, lists by status, the history of a URL"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--status", choices=list(STATUSES), help="list the articles of this status, newest ids first")
        what.add_argument(
            "--due", action="store_true", help="list the articles that are due for a recheck, most overdue first"
        )
        what.add_argument(
            "--url", metavar="URL", help="show the history of one article, given by its id or any of its URLs"
        )
        parser.add_argument("--limit", type=int, default=LIMIT, help=f"lines of a list; 0 for all (default: {LIMIT})")
        parser.add_argument("--json", action="store_true", help="write JSON, one object per line")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the state and show it.

        Raises:
            UsageError: There is no such site, or it has no state here.
            StateError: The state cannot be read.
        """
        if len(args) != 1:
            raise UsageError("name one site; `newscrawl list` lists them")
        site = site_named(args[0])
        reader = StateReader(connection_to(self._path(site), writable=False))
        self._show(site, reader, opts)

    def _path(self, site: Site) -> Path:
        directory = self.settings.get("STATE_DIRECTORY") if self.settings else None
        if not directory:
            raise UsageError("STATE_DIRECTORY is not set, so crawls keep no state")
        path = state_file(directory, site.name)
        if not path.is_file():
            raise UsageError(f"{site.name} was never crawled here: {path} does not exist")
        return path

    def _show(self, site: Site, reader: StateReader, opts: argparse.Namespace) -> None:
        now = datetime.now(UTC)
        if opts.url:
            _write(*_history(site, reader, opts.url), opts.json)
        elif opts.status or opts.due:
            limit = opts.limit if opts.limit > 0 else sys.maxsize
            articles = reader.due(now) if opts.due else reader.with_status(STATUSES[opts.status], limit)
            _write(_LIST, (_as_row(article) for article, _ in zip(articles, range(limit), strict=False)), opts.json)
        else:
            _write(("what", "number"), _counts(reader, now), opts.json)


_LIST = ("id", "url", "status", "fetched", "httpStatus", "failures", "due", "reason")


def _counts(reader: StateReader, now: datetime) -> list[dict[str, Any]]:
    counts = [(status.label, number) for status, number in reader.counts().items()]
    counts += [("articles", reader.count()), ("lines", reader.revision_count()), ("due", reader.due_count(now))]
    return [{"what": what, "number": number} for what, number in counts]


def _as_row(article: ArticleState) -> dict[str, Any]:
    return {
        "id": article.key if article.key > 0 else None,
        "url": article.url,
        "status": article.status.label,
        "fetched": _text(article.fetched),
        "httpStatus": article.http_status,
        "failures": article.failures,
        "due": _text(article.due),
        "reason": article.reason,
    }


def _history(site: Site, reader: StateReader, url: str) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    key = id_key(site.article_id(url) or url)
    article = reader.article(key)
    if article is None:
        raise UsageError(f"{url} is unknown: no crawl found or fetched it")
    first = {
        "date": _text(article.found),
        "outcome": "found",
        "from": article.source,
        "url": article.url,
        "lastmod": _text(article.lastmod),
    }
    last = {"date": _text(article.due), "outcome": "due"} if article.due else None
    rows = [first, *(_as_event(fetch) for fetch in reader.history(key)), *([last] if last else [])]
    return ("date", "outcome", "httpStatus", "from", "payloadDigest", "record", "reason"), rows


def _as_event(fetch: PastFetch) -> dict[str, Any]:
    return {
        "date": _text(fetch.date),
        "outcome": fetch.outcome.label,
        "httpStatus": fetch.http_status,
        "from": f"{fetch.warc_filename}:{fetch.warc_offset}" if fetch.warc_filename else None,
        "payloadDigest": fetch.payload_digest,
        "record": fetch.record_id,
        "reason": fetch.reason,
    }


def _text(date: datetime | None) -> str | None:
    return date.strftime("%Y-%m-%dT%H:%M:%SZ") if date else None


def _write(columns: Iterable[str], rows: Iterable[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    columns = tuple(columns)
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(_cell(row.get(column)) for column in columns))
    # A pipe has no width to wrap to.
    console = Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else 10_000)
    console.print(table, soft_wrap=not sys.stdout.isatty())


def _cell(value: Any) -> str:
    """Return the text of a cell, without the control characters that a server may have sent."""
    return "" if value is None else "".join(each if each.isprintable() else "?" for each in str(value))
