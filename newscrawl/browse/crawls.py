"""What the history, the reports, the state files and the rejected articles say of past crawls."""

from __future__ import annotations

import logging
import re
import sqlite3
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from newscrawl.errors import StateError
from newscrawl.reporting.history import History
from newscrawl.state.reading import StateReader
from newscrawl.state.records import Status
from newscrawl.state.schema import connection_to

logger = logging.getLogger(__name__)

SHOWN_CRAWLS = 200
SHOWN_PAGES = 200
SHOWN_REJECTED = 200
"""Rows of each list; the command line lists all of them (``state --status``, ``data/rejected``)."""
MAX_REPORT = 16 * 1024 * 1024
_SAFE = re.compile(r"[\w.-]+")


class Crawls:
    """Read what the folders of history, reports, state and rejected articles hold; each may be absent."""

    def __init__(self, *, history: Path, reports: Path, state: Path, rejected: Path) -> None:
        self._history = history
        self._reports = reports
        self._state = state
        self._rejected = rejected

    def rows(self) -> list[dict[str, Any]]:
        """Return the crawls of all sites, the newest first."""
        rows: list[dict[str, Any]] = []
        for path in sorted(self._history.glob("*.sqlite")):
            try:
                records = History(path).since(datetime(1970, 1, 1, tzinfo=UTC))
            except (sqlite3.Error, ValueError, KeyError) as error:
                logger.warning("the history %s cannot be read: %s", path, error)
                continue
            for record in records[:SHOWN_CRAWLS]:
                data = asdict(record)
                coverage = data.pop("coverage")
                rows.append(
                    {"site": path.stem, **data, "finished": record.finished.isoformat(), "pages": coverage["pages"]}
                )
        return sorted(rows, key=lambda row: str(row["finished"]), reverse=True)[:SHOWN_CRAWLS]

    def reports(self) -> list[dict[str, str]]:
        """Return site and name of each crawl report, the newest first."""
        paths = sorted(self._reports.glob("*/*.html"), key=lambda path: path.name, reverse=True)
        return [{"site": path.parent.name, "name": path.stem} for path in paths[:SHOWN_CRAWLS]]

    def report(self, site: str, name: str) -> str | None:
        """Return the page of one report, or None."""
        if not (_SAFE.fullmatch(site) and _SAFE.fullmatch(name)) or site.startswith(".") or name.startswith("."):
            return None
        path = self._reports / site / f"{name}.html"
        return path.read_bytes()[:MAX_REPORT].decode("utf-8", "replace") if path.is_file() else None

    def sites(self) -> list[str]:
        """Return the sites that have a state."""
        return [path.stem for path in sorted(self._state.glob("*.sqlite"))]

    def statuses(self) -> list[str]:
        """Return what can become of an article."""
        return [status.label for status in Status]

    def pages(self, site: str, status: str) -> list[dict[str, Any]]:
        """Return the articles of a site with a status, and the reason."""
        wanted = next((each for each in Status if each.label == status), None)
        if wanted is None or site not in self.sites():
            return []
        try:
            with closing(connection_to(self._state / f"{site}.sqlite", writable=False)) as connection:
                articles = list(StateReader(connection).with_status(wanted, SHOWN_PAGES))
        except StateError as error:
            logger.warning("%s", error)
            return []
        return [
            {
                "url": one.url,
                "reason": one.reason,
                "httpStatus": one.http_status,
                "fetched": one.fetched,
                "failures": one.failures,
            }
            for one in articles
        ]

    def rejected(self) -> list[dict[str, Any]]:
        """Return the newest rejected articles with their messages."""
        found: list[dict[str, Any]] = []
        for path in sorted(self._rejected.rglob("*.jsonl"), reverse=True):
            for line in reversed(path.read_bytes()[-MAX_REPORT:].splitlines()):
                try:
                    document = orjson.loads(line)
                    found.append({"url": document["url"], "messages": document["messages"], "file": path.name})
                except (ValueError, KeyError, TypeError) as error:
                    logger.warning("%s has a line that is no rejected article: %s", path, error)
                if len(found) >= SHOWN_REJECTED:
                    return found
        return found
