"""Read the state: articles, their histories, revisions, payloads and files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from newscrawl.archive.records.exchange import Reference
from newscrawl.state.keys import hash63, unpacked_payload
from newscrawl.state.records import (
    ArticleState,
    Outcome,
    Status,
    Validators,
    from_micros,
    from_seconds,
    micros,
    seconds,
)

_KEYS_IN_QUERY = 500
"""Keys of one query; SQLite takes 32,766."""


@dataclass(frozen=True, slots=True)
class PastFetch:
    """One entry of an article's history."""

    date: datetime
    outcome: Outcome
    http_status: int | None
    payload_digest: str | None
    record_id: str | None
    warc_filename: str | None
    warc_offset: int | None
    reason: str | None


class StateReader:
    """Reads what was committed before each call."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.row_factory = sqlite3.Row

    def validators(self, url: str) -> Validators:
        """Return the validators that the file at ``url`` had when it was last captured, as far as they are known."""
        row = self._connection.execute("SELECT * FROM requisite WHERE url = ?", (hash63(url),)).fetchone()
        return Validators(row["etag"], row["last_modified"]) if row else Validators()

    def articles(self, keys: Sequence[int]) -> dict[int, ArticleState]:
        """Return those of the articles that are known, by key."""
        known: dict[int, ArticleState] = {}
        for start in range(0, len(keys), _KEYS_IN_QUERY):
            some = keys[start : start + _KEYS_IN_QUERY]
            marks = ",".join("?" * len(some))
            rows = self._connection.execute(f"SELECT * FROM article WHERE key IN ({marks})", some)  # noqa: S608
            known.update((row["key"], _article(row)) for row in rows)
        return known

    def article(self, key: int) -> ArticleState | None:
        """Return what is known of one article."""
        return self.articles([key]).get(key)

    def is_written(self, key: int, digest: bytes) -> bool:
        """Return whether the article has a revision with this digest."""
        query = "SELECT 1 FROM revision WHERE article = ? AND digest = ?"
        return self._connection.execute(query, (key, digest)).fetchone() is not None

    def revisions(self, key: int) -> int:
        """Return the number of revisions of an article."""
        return self._number("SELECT count(*) FROM revision WHERE article = ?", key)

    def due(self, now: datetime) -> Iterator[ArticleState]:
        """Yield the articles that are due by ``now``, the most overdue first."""
        query = "SELECT * FROM article WHERE due <= ? AND (due, key) > (?, ?) ORDER BY due, key LIMIT ?"
        last = (-(1 << 62), -(1 << 62))
        # Page by page: a long read would keep SQLite from emptying the write-ahead log.
        while rows := self._connection.execute(query, (seconds(now), *last, _KEYS_IN_QUERY)).fetchall():
            for row in rows:
                yield _article(row)
            last = (rows[-1]["due"], rows[-1]["key"])

    def due_count(self, now: datetime) -> int:
        """Return the number of articles that are due by ``now``."""
        return self._number("SELECT count(*) FROM article WHERE due <= ?", seconds(now))

    def count(self) -> int:
        """Return the number of known articles."""
        return self._number("SELECT count(*) FROM article")

    def counts(self) -> dict[Status, int]:
        """Return the number of articles of each status."""
        total = self.count()
        rows = self._connection.execute("SELECT status, count(*) FROM article WHERE status <> 1 GROUP BY status")
        counts = {Status(status): int(number) for status, number in rows}
        return {status: counts.get(status, 0) for status in Status} | {Status.WRITTEN: total - sum(counts.values())}

    def revision_count(self) -> int:
        """Return the number of revisions of all articles."""
        return self._number("SELECT count(*) FROM revision")

    def with_status(self, status: Status, limit: int) -> Iterator[ArticleState]:
        """Yield at most ``limit`` articles of one status, the highest key first."""
        # The number is part of the text, so that SQLite sees that the partial index applies.
        query = f"SELECT * FROM article WHERE status = {int(status)} ORDER BY key DESC LIMIT ?"  # noqa: S608
        return (_article(row) for row in self._connection.execute(query, (limit,)))

    def history(self, key: int) -> list[PastFetch]:
        """Return all fetches of an article, the earliest first."""
        query = (
            "SELECT date, outcome, http_status, payload, record, file.name AS filename, offset, reason FROM fetch"
            " LEFT JOIN file ON file.number = fetch.file WHERE article = ? ORDER BY date"
        )
        return [_past_fetch(row) for row in self._connection.execute(query, (key,))]

    def outcomes_since(self, start: datetime, examples: int) -> list[tuple[Outcome, str | None, int, list[str]]]:
        """Return outcome, reason, number of pages and their first URLs for fetches since ``start`` without a line.

        Fetches that gave a new line, or found what was known, are left out.
        """
        query = (
            "SELECT outcome, fetch.reason AS why, count(*) AS pages FROM fetch WHERE date >= ? AND outcome > ?"
            " GROUP BY outcome, why ORDER BY pages DESC, outcome, why"
        )
        first = (
            "SELECT url FROM fetch JOIN article ON article.key = fetch.article"
            " WHERE date >= ? AND outcome = ? AND fetch.reason IS ? ORDER BY date LIMIT ?"
        )
        moment = micros(start)
        groups = []
        for outcome, reason, pages in self._connection.execute(query, (moment, Outcome.NOT_MODIFIED)).fetchall():
            urls = [url for (url,) in self._connection.execute(first, (moment, outcome, reason, examples))]
            groups.append((Outcome(outcome), reason, int(pages), urls))
        return groups

    def announced_since(self, start: datetime) -> Iterator[tuple[str | None, datetime, datetime | None]]:
        """Yield source, time of discovery and time of publication of the articles first announced since ``start``."""
        query = "SELECT source, found, published FROM article WHERE found >= ?"
        for source, found, published in self._connection.execute(query, (seconds(start),)):
            moment = from_seconds(found)
            assert moment is not None
            yield source, moment, from_seconds(published)

    def newest_article(self) -> datetime | None:
        """Return when the newest written article was published, or None where that is not known."""
        query = "SELECT max(published) FROM article WHERE status = ?"
        return from_seconds(self._connection.execute(query, (Status.WRITTEN,)).fetchone()[0])

    def written_since(self, start: datetime) -> int:
        """Return how many fetches since ``start`` gave a new line."""
        query = "SELECT count(*) FROM fetch WHERE date >= ? AND outcome = ?"
        return int(self._connection.execute(query, (micros(start), Outcome.NEW)).fetchone()[0])

    def files(self, kind: str) -> dict[str, int]:
        """Return the known files of a kind: by name, the size in bytes up to which the state knows them."""
        rows = self._connection.execute("SELECT name, size FROM file WHERE kind = ?", (kind,))
        return {row["name"]: row["size"] for row in rows}

    def original(self, payload: bytes | str | None) -> Reference | None:
        """Return the first capture with this payload, by its packed digest."""
        query = "SELECT url, date, record FROM original WHERE payload = ?"
        row = self._connection.execute(query, (payload,)).fetchone()
        return _reference(row) if row else None

    def original_payloads(self) -> Iterator[bytes | str]:
        """Yield the packed digests of all originals."""
        return (payload for (payload,) in self._connection.execute("SELECT payload FROM original"))

    def revision_digests(self) -> Iterator[bytes]:
        """Yield the digests of all revisions, of whichever article."""
        return (digest for (digest,) in self._connection.execute("SELECT digest FROM revision"))

    def size(self) -> int:
        """Return the size of the file in bytes."""
        return self._number("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")

    def captured(self, url: str) -> Reference | None:
        """Return the first capture of the payload that ``url`` had when it was last captured whole."""
        query = (
            "SELECT original.url AS url, date, record FROM capture JOIN original USING (payload) WHERE capture.url = ?"
        )
        row = self._connection.execute(query, (hash63(url),)).fetchone()
        return _reference(row) if row else None

    def _number(self, query: str, *parameters: int | None) -> int:
        (number,) = self._connection.execute(query, parameters).fetchone()
        return int(number)


def _article(row: sqlite3.Row) -> ArticleState:
    found = from_seconds(row["found"])
    assert found is not None
    return ArticleState(
        key=row["key"],
        url=row["url"],
        asked=row["asked"],
        status=Status(row["status"]),
        source=row["source"],
        found=found,
        published=from_seconds(row["published"]),
        lastmod=from_seconds(row["lastmod"]),
        fetched_lastmod=from_seconds(row["fetched_lastmod"]),
        fetched=from_micros(row["fetched"]),
        http_status=row["http_status"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        payload_digest=unpacked_payload(row["payload"]),
        reason=row["reason"],
        failures=row["failures"],
        due=from_seconds(row["due"]),
    )


def _past_fetch(row: sqlite3.Row) -> PastFetch:
    date = from_micros(row["date"])
    assert date is not None
    return PastFetch(
        date=date,
        outcome=Outcome(row["outcome"]),
        http_status=row["http_status"],
        payload_digest=unpacked_payload(row["payload"]),
        record_id=row["record"],
        warc_filename=row["filename"],
        warc_offset=row["offset"],
        reason=row["reason"],
    )


def _reference(row: sqlite3.Row) -> Reference:
    date = from_micros(row["date"])
    assert date is not None
    return Reference(row["url"], date, row["record"])
