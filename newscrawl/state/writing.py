"""Write the state, one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from newscrawl.archive.records.exchange import Reference
from newscrawl.state.keys import hash63, packed_payload
from newscrawl.state.recheck_schedule import RecheckRule
from newscrawl.state.records import (
    STATUS_AFTER,
    Announcement,
    Fetch,
    Outcome,
    Status,
    Validators,
    from_seconds,
    micros,
    seconds,
)
from newscrawl.state.schema import path_of, state_errors

_ANNOUNCE = """
INSERT INTO article (key, url, status, source, found, published, lastmod)
VALUES (:key, :url, 0, :source, :found, :published, :lastmod)
ON CONFLICT (key) DO UPDATE SET
    published = coalesce(published, excluded.published),
    lastmod = max(coalesce(lastmod, excluded.lastmod), coalesce(excluded.lastmod, lastmod)),
    fetched_lastmod = coalesce(max(fetched_lastmod, :fetched_lastmod), :fetched_lastmod, fetched_lastmod)
"""
_BROUGHT = """
INSERT INTO article (key, url, asked, status, source, found, published, lastmod, fetched_lastmod, fetched, http_status,
    etag, last_modified, payload, reason, failures, due)
VALUES (:key, :url, :asked, :status, :source, :date, :published, :lastmod, :lastmod, :fetched, :http_status,
    :etag, :last_modified, :payload, :reason, :failures, :due)
ON CONFLICT (key) DO UPDATE SET
    url = excluded.url, asked = excluded.asked, status = excluded.status, published = excluded.published,
    fetched_lastmod = coalesce(excluded.fetched_lastmod, fetched_lastmod), fetched = excluded.fetched,
    http_status = excluded.http_status, etag = excluded.etag, last_modified = excluded.last_modified,
    payload = excluded.payload, reason = excluded.reason, failures = excluded.failures, due = excluded.due
"""
"""After a fetch that brought a page."""
_KEPT = """
UPDATE article SET status = :status, http_status = :http_status, reason = :reason, failures = :failures, due = :due,
    fetched = coalesce(:fetched, fetched), fetched_lastmod = coalesce(:lastmod, fetched_lastmod)
WHERE key = :key
"""
"""After a failure or a 304: the validators of the last whole page still hold."""
_HISTORY = """
INSERT OR REPLACE INTO fetch (article, date, outcome, http_status, payload, record, file, offset, reason)
VALUES (:article, :date, :outcome, :http_status, :payload, :record, :file, :offset, :reason)
"""
_FILE = """
INSERT INTO file (kind, name, size) VALUES (:kind, :name, :size)
ON CONFLICT (kind, name) DO UPDATE SET size = excluded.size WHERE size <> excluded.size
"""
_ORIGINAL = "INSERT OR IGNORE INTO original (payload, url, date, record) VALUES (:payload, :url, :date, :record)"
_CAPTURE = """
INSERT INTO capture (url, payload) VALUES (:url, :payload)
ON CONFLICT (url) DO UPDATE SET payload = excluded.payload
"""
_REQUISITE = """
INSERT INTO requisite (url, etag, last_modified) VALUES (:url, :etag, :last_modified)
ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified
"""
_KEYS_IN_QUERY = 500
"""Keys of one query; SQLite takes 32,766."""


class _Known(NamedTuple):
    """The columns of an article that decide what its next fetch changes; dates in seconds."""

    status: int = int(Status.FOUND)
    published: int | None = None
    found: int | None = None
    failures: int = 0


class StateWriter:
    """Writes the state. Call every method within :meth:`transaction`."""

    def __init__(self, connection: sqlite3.Connection, rule: RecheckRule) -> None:
        self._connection = connection
        self._path = path_of(connection)
        self._rule = rule
        self._file_numbers: dict[tuple[str, str], int] = {}
        """By kind and name."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of the block or nothing, and block concurrent crawls of the same site meanwhile.

        Raises:
            StateError: the state cannot be written: the disk is full, or another crawl does not end its transaction.
        """
        with state_errors(self._path, "write"):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._file_numbers.clear()  # the rollback takes new ones back
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def announce(self, announcements: Iterable[Announcement]) -> None:
        """Store articles that discovery found; for known ones, the dates that are new."""
        self._connection.executemany(_ANNOUNCE, [_announcement_row(each) for each in announcements])

    def add_revision(self, key: int, digest: bytes) -> bool:
        """Store a revision of the article ``key``, and return whether it is new."""
        statement = "INSERT OR IGNORE INTO revision (article, digest) VALUES (?, ?)"
        return self._connection.execute(statement, (key, digest)).rowcount > 0

    def add_fetches(self, fetches: Sequence[Fetch]) -> None:
        """Store fetches with their outcomes, in this order, in their articles and in the histories of these."""
        known = self._known(fetches)
        rows: list[tuple[str, dict[str, Any]]] = []
        for fetch in fetches:
            before = known.get(fetch.key)
            row = self._article_row(fetch, before or _Known())
            keeps = fetch.outcome in (Outcome.FAILED, Outcome.NOT_MODIFIED) and before is not None
            rows.append((_KEPT if keeps else _BROUGHT, row))
            known[fetch.key] = _Known(
                row["status"],
                before.published if keeps and before else row["published"],
                before.found if before else row["date"],
                row["failures"],
            )
        for statement, group in groupby(rows, itemgetter(0)):
            self._connection.executemany(statement, [row for _, row in group])
        self._connection.executemany(_HISTORY, [self._history_row(each) for each in fetches])

    def set_file(self, kind: str, name: str, size: int) -> None:
        """Store that the file is known up to ``size`` bytes."""
        self._connection.execute(_FILE, {"kind": kind, "name": name, "size": size})

    def remember_captures(self, captures: Iterable[tuple[str, str, Reference]]) -> None:
        """Store whole captures: the URL, the payload digest, and the first capture of that payload."""
        some = [(hash63(url), packed_payload(digest), first) for url, digest, first in captures]
        self._connection.executemany(
            _ORIGINAL,
            [
                {
                    "payload": payload,
                    "url": _storable(first.url),
                    "date": micros(first.date),
                    "record": first.record_id,
                }
                for _, payload, first in some
            ],
        )
        self._connection.executemany(_CAPTURE, [{"url": url, "payload": payload} for url, payload, _ in some])

    def remember_validators(self, validators: Mapping[str, Validators]) -> None:
        """Store the validators of files that were captured whole, by URL."""
        self._connection.executemany(
            _REQUISITE,
            [
                {"url": hash63(url), "etag": _storable(each.etag), "last_modified": _storable(each.last_modified)}
                for url, each in validators.items()
            ],
        )

    def _known(self, fetches: Sequence[Fetch]) -> dict[int, _Known]:
        keys = list({fetch.key for fetch in fetches})
        known: dict[int, _Known] = {}
        for start in range(0, len(keys), _KEYS_IN_QUERY):
            some = keys[start : start + _KEYS_IN_QUERY]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, status, published, found, failures FROM article WHERE key IN ({marks})"  # noqa: S608
            for key, status, published, found, failures in self._connection.execute(query, some):
                known[key] = _Known(status, published, found, failures)
        return known

    def _article_row(self, fetch: Fetch, known: _Known) -> dict[str, Any]:
        """Return the article after ``fetch``, for either statement."""
        failed = fetch.outcome is Outcome.FAILED
        failures = known.failures + 1 if failed else 0
        status = STATUS_AFTER[fetch.outcome]
        published = fetch.published or from_seconds(known.published) or from_seconds(known.found) or fetch.date
        return {
            "key": fetch.key,
            "url": _storable(fetch.url),
            "asked": _storable(fetch.asked) if fetch.asked != fetch.url else None,
            "status": known.status if status is None else int(status),
            "source": fetch.source,
            "date": seconds(fetch.date),
            "published": seconds(fetch.published) if fetch.published else known.published,
            "lastmod": None if failed else seconds(fetch.lastmod),
            "fetched": None if failed else micros(fetch.date),
            "http_status": fetch.http_status,
            "etag": _storable(fetch.etag),
            "last_modified": _storable(fetch.last_modified),
            "payload": packed_payload(fetch.payload_digest),
            "reason": _storable(fetch.reason),
            "failures": failures,
            "due": seconds(self._rule.due(fetch.outcome, fetch.date, published, failures)),
        }

    def _history_row(self, fetch: Fetch) -> dict[str, Any]:
        return {
            "article": fetch.key,
            "date": micros(fetch.date),
            "outcome": int(fetch.outcome),
            "http_status": fetch.http_status,
            "payload": packed_payload(fetch.payload_digest),
            "record": fetch.record_id,
            "file": self._file_number("warc", fetch.warc_filename) if fetch.warc_filename else None,
            "offset": fetch.warc_offset,
            "reason": _storable(fetch.reason),
        }

    def _file_number(self, kind: str, name: str) -> int:
        number = self._file_numbers.get((kind, name))
        if number is None:
            self._connection.execute("INSERT OR IGNORE INTO file (kind, name, size) VALUES (?, ?, 0)", (kind, name))
            query = "SELECT number FROM file WHERE kind = ? AND name = ?"
            (number,) = self._connection.execute(query, (kind, name)).fetchone()
            self._file_numbers[kind, name] = number
        return number


def _announcement_row(announcement: Announcement) -> dict[str, Any]:
    return {
        "key": announcement.key,
        "url": _storable(announcement.url),
        "source": announcement.source,
        "found": seconds(announcement.found),
        "published": seconds(announcement.published),
        "lastmod": seconds(announcement.lastmod),
        "fetched_lastmod": seconds(announcement.fetched_lastmod),
    }


def _storable(text: str | None) -> str | None:
    """Return ``text`` with lone surrogates escaped: servers send them, and SQLite does not take them."""
    return text if text is None or text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
