"""What the state is told, in one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from newscrawl.archive.records.exchange import Reference
from newscrawl.state.keys import hash63, packed_payload
from newscrawl.state.recheck_schedule import RecheckRule
from newscrawl.state.records import STATUS_AFTER, Announcement, Fetch, Outcome, Status, from_seconds, micros, seconds
from newscrawl.state.schema import path_of, state_errors

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
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ON CONFLICT (key) DO UPDATE SET
    url = excluded.url, asked = excluded.asked, status = excluded.status, published = excluded.published,
    fetched_lastmod = coalesce(excluded.fetched_lastmod, fetched_lastmod), fetched = excluded.fetched,
    http_status = excluded.http_status, etag = excluded.etag, last_modified = excluded.last_modified,
    payload = excluded.payload, reason = excluded.reason, failures = excluded.failures, due = excluded.due
"""
_TRIED = """
UPDATE article SET status = ?4, http_status = ?10, reason = ?14, failures = ?15, due = ?16,
    fetched = coalesce(?9, fetched), fetched_lastmod = coalesce(?8, fetched_lastmod)
WHERE key = ?1
"""
_AT_ONCE = 500
"""Keys of one query; SQLite takes 32,766."""


class _Known(NamedTuple):
    """What of an article bears on what its next fetch changes; dates as they are stored."""

    status: int
    published: int | None
    found: int | None
    failures: int


class StateWriter:
    """Writes; every method but :meth:`transaction` wants to be called within one."""

    def __init__(self, connection: sqlite3.Connection, rule: RecheckRule) -> None:
        self._connection = connection
        self._path = path_of(connection)
        self._rule = rule
        self._numbers: dict[tuple[str, str], int] = {}
        """Of the files that were asked for."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written in the block, or nothing of it; other crawls of the site wait at the door.

        Raises:
            StateError: it cannot be written: the disk is full, or another crawl does not end its transaction.
        """
        with state_errors(self._path, "write"):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._numbers.clear()  # some may be taken back
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

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

    def add_fetches(self, fetches: Sequence[Fetch]) -> None:
        """Fetches that were dealt with, in this order: articles and their histories."""
        known = self._known(fetches)
        rows: list[tuple[str, tuple[Any, ...]]] = []
        for fetch in fetches:
            before = known.get(fetch.key)
            row = self._row(fetch, before)
            # A failure and a 304 bring no new validators: those of the last whole page still hold.
            keeps = fetch.outcome in (Outcome.FAILED, Outcome.NOT_MODIFIED) and before is not None
            rows.append((_TRIED if keeps else _FETCHED, row))
            known[fetch.key] = _after(row, before, keeps=keeps)
        for statement, group in groupby(rows, itemgetter(0)):
            self._connection.executemany(statement, [row for _, row in group])
        self._connection.executemany(
            "INSERT OR REPLACE INTO fetch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [self._history(each) for each in fetches]
        )

    def _known(self, fetches: Sequence[Fetch]) -> dict[int, _Known]:
        keys = list({fetch.key for fetch in fetches})
        known: dict[int, _Known] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, status, published, found, failures FROM article WHERE key IN ({marks})"  # noqa: S608
            known.update((row[0], _Known(*row[1:])) for row in self._connection.execute(query, some))
        return known

    def _row(self, fetch: Fetch, known: _Known | None) -> tuple[Any, ...]:
        """The article after ``fetch``, as both statements number what they take."""
        status, published, found, failures = known or _Known(int(Status.FOUND), None, None, 0)
        failed = fetch.outcome is Outcome.FAILED
        failures = failures + 1 if failed else 0
        after = STATUS_AFTER[fetch.outcome]
        born = fetch.published or from_seconds(published) or from_seconds(found) or fetch.date
        return (
            fetch.key,
            _storable(fetch.url),
            _storable(fetch.asked) if fetch.asked != fetch.url else None,
            status if after is None else int(after),
            fetch.source,
            seconds(fetch.date),
            seconds(fetch.published) if fetch.published else published,
            None if failed else seconds(fetch.lastmod),
            None if failed else micros(fetch.date),
            fetch.http_status,
            _storable(fetch.etag),
            _storable(fetch.last_modified),
            packed_payload(fetch.payload_digest),
            _storable(fetch.reason),
            failures,
            seconds(self._rule.due(fetch.outcome, fetch.date, born, failures)),
        )

    def _history(self, fetch: Fetch) -> tuple[Any, ...]:
        return (
            fetch.key,
            micros(fetch.date),
            int(fetch.outcome),
            fetch.http_status,
            packed_payload(fetch.payload_digest),
            fetch.record_id,
            self._file_number("warc", fetch.warc_filename) if fetch.warc_filename else None,
            fetch.warc_offset,
            _storable(fetch.reason),
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
        some = [(hash63(url), packed_payload(digest), first) for url, digest, first in captures]
        self._connection.executemany(
            "INSERT OR IGNORE INTO original VALUES (?, ?, ?, ?)",
            [(payload, _storable(first.url), micros(first.date), first.record_id) for _, payload, first in some],
        )
        self._connection.executemany(
            "INSERT INTO capture VALUES (?1, ?2) ON CONFLICT (url) DO UPDATE SET payload = excluded.payload",
            [(url, payload) for url, payload, _ in some],
        )

    def _file_number(self, kind: str, name: str) -> int:
        number = self._numbers.get((kind, name))
        if number is None:
            self._connection.execute("INSERT OR IGNORE INTO file (kind, name, size) VALUES (?, ?, 0)", (kind, name))
            query = "SELECT number FROM file WHERE kind = ? AND name = ?"
            (number,) = self._connection.execute(query, (kind, name)).fetchone()
            self._numbers[kind, name] = number
        return number


def _after(row: tuple[Any, ...], before: _Known | None, *, keeps: bool) -> _Known:
    """What is known of an article once ``row`` is written."""
    _, _, _, status, _, date, published, *_, failures, _ = row
    return _Known(
        status, before.published if keeps and before else published, before.found if before else date, failures
    )


def _storable(text: str | None) -> str | None:
    """What servers send may hold lone surrogates, which SQLite does not take."""
    return text if text is None or text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
