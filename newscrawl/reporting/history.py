"""Store the figures of each crawl: one small SQLite file per site, one row per crawl."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from newscrawl.reporting.coverage import Coverage

KEPT_DAYS = 400
"""A year and some days, so that a season can be compared with the last one; a row takes about 700 bytes."""
_BUSY_SECONDS = 10.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS crawls (
    finished TEXT NOT NULL,          -- ISO 8601, UTC
    crawl_id TEXT,
    mode TEXT NOT NULL,
    reason TEXT NOT NULL,            -- Scrapy's finish reason
    requested INTEGER NOT NULL,      -- responses received
    failed INTEGER NOT NULL,
    written INTEGER NOT NULL,        -- articles with a new line
    rejected INTEGER NOT NULL,
    drifted INTEGER NOT NULL,        -- 1: its fields differed from those of earlier crawls
    coverage TEXT NOT NULL           -- JSON: pages, articles, with_field
);
CREATE INDEX IF NOT EXISTS crawls_finished ON crawls (finished);
"""


@dataclass(slots=True)
class CrawlRecord:
    """Hold the figures of one crawl that later crawls are compared with."""

    finished: datetime
    """UTC."""
    mode: str
    reason: str
    crawl_id: str | None = None
    requested: int = 0
    failed: int = 0
    written: int = 0
    rejected: int = 0
    drifted: bool = False
    blocked: int = 0
    """Answers for articles that were blocks or walls; not stored."""
    coverage: Coverage = field(default_factory=Coverage)


class History:
    """Read and write the past crawls of one site, in ``path``.

    Raises:
        sqlite3.Error: From every method, if the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def since(self, moment: datetime) -> list[CrawlRecord]:
        """Return the crawls that finished at ``moment`` or later, newest first."""
        if not self._path.exists():
            return []
        with closing(self._connection()) as connection:
            rows = connection.execute(
                "SELECT finished, mode, reason, crawl_id, requested, failed, written, rejected, drifted, coverage"
                " FROM crawls WHERE finished >= ? ORDER BY finished DESC, rowid DESC",
                (moment.isoformat(),),
            ).fetchall()
        return [_record(row) for row in rows]

    def add(self, record: CrawlRecord) -> None:
        """Store ``record`` and delete the crawls that are older than :data:`KEPT_DAYS`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        coverage = record.coverage
        counts = {"pages": coverage.pages, "articles": coverage.articles, "with_field": coverage.with_field}
        values = (
            record.finished.isoformat(),
            record.crawl_id,
            record.mode,
            record.reason,
            record.requested,
            record.failed,
            record.written,
            record.rejected,
            record.drifted,
            json.dumps(counts),
        )
        with closing(self._connection()) as connection, connection:
            connection.execute("INSERT INTO crawls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            oldest = record.finished - timedelta(days=KEPT_DAYS)
            connection.execute("DELETE FROM crawls WHERE finished < ?", (oldest.isoformat(),))

    def _connection(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        connection.executescript(_SCHEMA)
        return connection


def _record(row: tuple[str, str, str, str | None, int, int, int, int, int, str]) -> CrawlRecord:
    finished, mode, reason, crawl_id, requested, failed, written, rejected, drifted, counts = row
    parts = json.loads(counts)
    coverage = Coverage(parts["pages"], parts["articles"], Counter(parts["with_field"]))
    moment = datetime.fromisoformat(finished)
    return CrawlRecord(moment, mode, reason, crawl_id, requested, failed, written, rejected, bool(drifted), 0, coverage)
