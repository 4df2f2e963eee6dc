"""What can be asked of the state."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawl.archive.records.exchange import Reference
from newscrawl.state.keys import hash63, unpacked_payload
from newscrawl.state.records import ArticleState, Outcome, Status, from_micros, from_seconds, seconds

_AT_ONCE = 500
"""Keys of one query; SQLite takes 32,766."""
_COLUMNS = (
    "key, url, asked, status, source, found, published, lastmod, fetched_lastmod, fetched, http_status, etag,"
    " last_modified, payload, reason, failures, due"
)


@dataclass(frozen=True, slots=True)
class PastFetch:
    """One line of an article's history."""

    date: datetime
    outcome: Outcome
    http_status: int | None
    payload_digest: str | None
    record_id: str | None
    warc_filename: str | None
    warc_offset: int | None
    reason: str | None


class StateReader:
    """Reads what was committed; each answer is of that moment."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def articles(self, keys: Sequence[int]) -> dict[int, ArticleState]:
        """What is known of those of the articles that are known."""
        known: dict[int, ArticleState] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM article WHERE key IN ({marks})", some)  # noqa: S608
            known.update((row[0], _article(row)) for row in rows)
        return known

    def article(self, key: int) -> ArticleState | None:
        """What is known of one article."""
        return self.articles([key]).get(key)

    def is_written(self, key: int, digest: bytes) -> bool:
        """Whether there is a line of the article that says this."""
        query = "SELECT 1 FROM revision WHERE article = ? AND digest = ?"
        return self._connection.execute(query, (key, digest)).fetchone() is not None

    def revisions(self, key: int) -> int:
        """How many lines an article has."""
        query = "SELECT count(*) FROM revision WHERE article = ?"
        return int(self._connection.execute(query, (key,)).fetchone()[0])

    def due(self, now: datetime) -> Iterator[ArticleState]:
        """The articles that are due by ``now``, the most overdue first."""
        query = f"SELECT {_COLUMNS} FROM article WHERE due <= ? AND (due, key) > (?, ?) ORDER BY due, key LIMIT ?"  # noqa: S608
        last = (-(1 << 62), -(1 << 62))
        # By pages, so that no long read keeps the write-ahead log from being emptied.
        while rows := self._connection.execute(query, (seconds(now), *last, _AT_ONCE)).fetchall():
            for row in rows:
                yield _article(row)
            last = (rows[-1][-1], rows[-1][0])

    def due_count(self, now: datetime) -> int:
        """How many articles are due by ``now``."""
        return int(
            self._connection.execute("SELECT count(*) FROM article WHERE due <= ?", (seconds(now),)).fetchone()[0]
        )

    def count(self) -> int:
        """How many articles are known."""
        return int(self._connection.execute("SELECT count(*) FROM article").fetchone()[0])

    def counts(self) -> dict[Status, int]:
        """How many articles there are of each status."""
        (total,) = self._connection.execute("SELECT count(*) FROM article").fetchone()
        rows = self._connection.execute("SELECT status, count(*) FROM article WHERE status <> 1 GROUP BY status")
        counts = {Status(status): int(number) for status, number in rows}
        return {status: counts.get(status, 0) for status in Status} | {Status.WRITTEN: total - sum(counts.values())}

    def revision_count(self) -> int:
        """How many lines are known."""
        return int(self._connection.execute("SELECT count(*) FROM revision").fetchone()[0])

    def with_status(self, status: Status, limit: int) -> Iterator[ArticleState]:
        """Articles of one status, by key."""
        # The number in the text, so that the partial index is seen to apply.
        query = f"SELECT {_COLUMNS} FROM article WHERE status = {int(status)} ORDER BY key DESC LIMIT ?"  # noqa: S608
        return (_article(row) for row in self._connection.execute(query, (limit,)))

    def history(self, key: int) -> list[PastFetch]:
        """All fetches of an article, the first one first."""
        query = (
            "SELECT date, outcome, http_status, payload, record, file.name, offset, reason FROM fetch"
            " LEFT JOIN file ON file.number = fetch.file WHERE article = ? ORDER BY date"
        )
        return [_fetch(row) for row in self._connection.execute(query, (key,))]

    def files(self, kind: str) -> dict[str, int]:
        """The known files of a kind, by name: up to which size."""
        return dict(self._connection.execute("SELECT name, size FROM file WHERE kind = ?", (kind,)).fetchall())

    def original(self, payload: bytes | str | None) -> Reference | None:
        """The first capture with this payload, by its packed digest."""
        query = "SELECT url, date, record FROM original WHERE payload = ?"
        row = self._connection.execute(query, (payload,)).fetchone()
        return _reference(row) if row else None

    def original_payloads(self) -> Iterator[bytes | str]:
        """The packed digests of all originals."""
        return (payload for (payload,) in self._connection.execute("SELECT payload FROM original"))

    def revision_digests(self) -> Iterator[bytes]:
        """What was ever written, of whichever article."""
        return (digest for (digest,) in self._connection.execute("SELECT digest FROM revision"))

    def size(self) -> int:
        """Bytes of the file."""
        query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        return int(self._connection.execute(query).fetchone()[0])

    def captured(self, url: str) -> Reference | None:
        """The first capture of the payload that ``url`` had when it was last captured whole."""
        query = "SELECT original.url, date, record FROM capture JOIN original USING (payload) WHERE capture.url = ?"
        row = self._connection.execute(query, (hash63(url),)).fetchone()
        return _reference(row) if row else None


def _article(row: Sequence[Any]) -> ArticleState:
    (key, url, asked, status, source, found, published, lastmod, fetched_lastmod, fetched) = row[:10]
    (http_status, etag, last_modified, payload, reason, failures, due) = row[10:]
    found_date = from_seconds(found)
    assert found_date is not None
    return ArticleState(
        key=key,
        url=url,
        asked=asked,
        status=Status(status),
        source=source,
        found=found_date,
        published=from_seconds(published),
        lastmod=from_seconds(lastmod),
        fetched_lastmod=from_seconds(fetched_lastmod),
        fetched=from_micros(fetched),
        http_status=http_status,
        etag=etag,
        last_modified=last_modified,
        payload_digest=unpacked_payload(payload),
        reason=reason,
        failures=failures,
        due=from_seconds(due),
    )


def _fetch(row: Sequence[Any]) -> PastFetch:
    date, outcome, http_status, payload, record, name, offset, reason = row
    instant = from_micros(date)
    assert instant is not None
    return PastFetch(instant, Outcome(outcome), http_status, unpacked_payload(payload), record, name, offset, reason)


def _reference(row: Iterable[Any]) -> Reference:
    url, date, record = row
    instant = from_micros(date)
    assert instant is not None
    return Reference(url, instant, record)
