"""What the state is told, in one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from newscrawl.archive.exchange import Reference
from newscrawl.errors import StateError
from newscrawl.state.keys import hash63, packed_payload
from newscrawl.state.recheck import RecheckRule
from newscrawl.state.records import STATUS_AFTER, Announcement, Fetch, Outcome, Status, from_seconds, micros, seconds

_ANNOUNCE = """
INSERT INTO article (key, url, status, source, found, published, lastmod) VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6)
ON CONFLICT (key) DO UPDATE SET
    published = coalesce(published, excluded.published),
    lastmod = max(coalesce(lastmod, excluded.lastmod), coalesce(excluded.lastmod, lastmod)),
    fetched_lastmod = coalesce(max(fetched_lastmod, ?7), ?7, fetched_lastmod)
"""
_FETCHED = """
INSERT INTO article (key, url, asked, status, source, found, published, lastmod, fetched_lastmod, fetched, http_status,
    etag, last_modified, payload, reason, failures, due)
VALUES (:key, :url, :asked, :status, :source, :found, :published, :lastmod, :lastmod, :fetched, :http_status,
    :etag, :last_modified, :payload, :reason, :failures, :due)
ON CONFLICT (key) DO UPDATE SET
    url = excluded.url, asked = excluded.asked, status = excluded.status, published = excluded.published,
    fetched_lastmod = coalesce(excluded.fetched_lastmod, fetched_lastmod), fetched = excluded.fetched,
    http_status = excluded.http_status, etag = excluded.etag, last_modified = excluded.last_modified,
    payload = excluded.payload, reason = excluded.reason, failures = excluded.failures, due = excluded.due
"""
_TRIED = """
UPDATE article SET status = :status, http_status = :http_status, reason = :reason, failures = :failures, due = :due,
    fetched = coalesce(:fetched, fetched), fetched_lastmod = coalesce(:lastmod, fetched_lastmod)
WHERE key = :key
"""


class StateWriter:
    """Writes; every method but :meth:`transaction` wants to be called within one."""

    def __init__(self, connection: sqlite3.Connection, rule: RecheckRule) -> None:
        self._connection = connection
        self._rule = rule

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written in the block, or nothing of it; other crawls of the site wait at the door.

        Raises:
            StateError: it cannot be written: the disk is full, or another crawl does not end its transaction.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise StateError(f"cannot write the state: {error}") from error

    def announce(self, announcements: Iterable[Announcement]) -> None:
        """Articles that were found, known ones too."""
        self._connection.executemany(
            _ANNOUNCE,
            [
                (
                    each.key,
                    _storable(each.url),
                    each.source,
                    seconds(each.found),
                    seconds(each.published),
                    seconds(each.lastmod),
                    seconds(each.fetched_lastmod),
                )
                for each in announcements
            ],
        )

    def add_revision(self, key: int, digest: bytes) -> bool:
        """The article says this now; False: a line says so already."""
        inserted = self._connection.execute("INSERT OR IGNORE INTO revision VALUES (?, ?)", (key, digest))
        return inserted.rowcount > 0

    def add_fetch(self, fetch: Fetch) -> None:
        """A fetch that was dealt with: article and history."""
        known = self._connection.execute(
            "SELECT status, published, found, failures FROM article WHERE key = ?", (fetch.key,)
        ).fetchone()
        status, published, found, failures = known or (Status.FOUND, None, None, 0)
        failures = failures + 1 if fetch.outcome is Outcome.FAILED else 0
        born = fetch.published or from_seconds(published) or from_seconds(found) or fetch.date
        after = STATUS_AFTER[fetch.outcome]
        values = {
            "key": fetch.key,
            "url": _storable(fetch.url),
            "asked": _storable(fetch.asked) if fetch.asked != fetch.url else None,
            "status": int(status if after is None else after),
            "source": fetch.source,
            "found": seconds(fetch.date),
            "published": seconds(fetch.published) if fetch.published else published,
            "lastmod": seconds(fetch.lastmod) if fetch.outcome is not Outcome.FAILED else None,
            "fetched": micros(fetch.date) if fetch.outcome is not Outcome.FAILED else None,
            "http_status": fetch.http_status,
            "etag": _storable(fetch.etag),
            "last_modified": _storable(fetch.last_modified),
            "payload": packed_payload(fetch.payload_digest),
            "reason": _storable(fetch.reason),
            "failures": failures,
            "due": seconds(self._rule.due(fetch.outcome, fetch.date, born, failures)),
        }
        # A failure and a 304 bring no new validators: those of the last whole page still hold.
        keeps = fetch.outcome in (Outcome.FAILED, Outcome.NOT_MODIFIED) and known is not None
        self._connection.execute(_TRIED if keeps else _FETCHED, values)
        self._add_history(fetch)

    def _add_history(self, fetch: Fetch) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO fetch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                fetch.key,
                micros(fetch.date),
                int(fetch.outcome),
                fetch.http_status,
                packed_payload(fetch.payload_digest),
                fetch.record_id,
                self._file_number("warc", fetch.warc_filename) if fetch.warc_filename else None,
                fetch.warc_offset,
                _storable(fetch.reason),
            ),
        )

    def set_file(self, kind: str, name: str, size: int) -> None:
        """Up to ``size`` the file is known."""
        self._connection.execute(
            "INSERT INTO file (kind, name, size) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (kind, name) DO UPDATE SET size = excluded.size WHERE size <> excluded.size",
            (kind, name, size),
        )

    def remember_captures(self, captures: Iterable[tuple[str, str, Reference]]) -> None:
        """Whole captures: URL, payload digest, and the first capture of that payload."""
        some = list(captures)
        self._connection.executemany(
            "INSERT OR IGNORE INTO original VALUES (?, ?, ?, ?)",
            [
                (packed_payload(digest), _storable(first.url), micros(first.date), first.record_id)
                for _, digest, first in some
            ],
        )
        self._connection.executemany(
            "INSERT INTO capture VALUES (?1, ?2) ON CONFLICT (url) DO UPDATE SET payload = excluded.payload",
            [(hash63(url), packed_payload(digest)) for url, digest, _ in some],
        )

    def _file_number(self, kind: str, name: str) -> int:
        row = self._connection.execute("SELECT number FROM file WHERE kind = ? AND name = ?", (kind, name)).fetchone()
        if row is None:
            self.set_file(kind, name, 0)
            return self._file_number(kind, name)
        return int(row[0])


def _storable(text: str | None) -> str | None:
    """What servers send may hold lone surrogates, which SQLite does not take."""
    return text if text is None or text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
