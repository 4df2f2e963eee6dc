"""The SQLite file of an output folder: opened by one replay at a time, together with the work folder around it."""

from __future__ import annotations

import errno
import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Self

from newscrawl.errors import OutputError, UsageError

FOLDER = ".replay"
"""Within the output folder: the database, and the staged files of a replay that is running."""
VERSION = 2
"""Of the tables below."""

_LOCKED_HERE: set[Path] = set()

_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS units (
    number INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, stem TEXT UNIQUE NOT NULL, stamp TEXT NOT NULL,
    state TEXT NOT NULL, counts TEXT NOT NULL DEFAULT '{}', is_doubtful INTEGER NOT NULL DEFAULT 0,
    lines_file TEXT, rows_file TEXT, rejected_file TEXT, line_count INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS lines (
    unit INTEGER, line INTEGER, id BLOB NOT NULL, rank TEXT NOT NULL, is_kept INTEGER NOT NULL DEFAULT 0,
    url TEXT, signature BLOB, PRIMARY KEY (unit, line)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lines_by_id ON lines (id, rank);
CREATE TABLE IF NOT EXISTS duplicates (id BLOB PRIMARY KEY, kept_id BLOB, kept_url TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS faults (unit INTEGER, path TEXT, offset INTEGER, reason TEXT);
CREATE INDEX IF NOT EXISTS faults_by_unit ON faults (unit);
CREATE TABLE IF NOT EXISTS deferred (unit INTEGER, path TEXT, offset INTEGER, reason TEXT);
CREATE INDEX IF NOT EXISTS deferred_by_unit ON deferred (unit);
CREATE TABLE IF NOT EXISTS outputs (unit INTEGER, path TEXT, PRIMARY KEY (unit, path)) WITHOUT ROWID;
"""


class Database:
    """The tables of a replay; locked while the object is open."""

    def __init__(self, output: Path) -> None:
        """Open or create the file.

        Raises:
            OutputError: the folder cannot be written, or another replay is using it.
            UsageError: the file is of another version of newscrawl.
        """
        self.folder = output / FOLDER
        path = self.folder / "manifest.sqlite"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._locked()
        except BlockingIOError as error:
            raise OutputError(f"{output}: another replay is writing there; wait until it ends") from error
        except OSError as error:
            raise OutputError(f"cannot write to {output}: {error}") from error
        try:
            self.connection = sqlite3.connect(path, isolation_level=None)
            self._prepare(path)
        except (sqlite3.Error, UsageError) as error:
            _LOCKED_HERE.discard(Path(self._lock.name))
            self._lock.close()
            raise error if isinstance(error, UsageError) else OutputError(f"cannot open {path}: {error}") from error
        self.connection.row_factory = sqlite3.Row
        self.execute = self.connection.execute
        self.executemany = self.connection.executemany

    def _prepare(self, path: Path) -> None:
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        (tables,) = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and version != VERSION:
            self.connection.close()
            raise UsageError(
                f"{path} was written by another version of newscrawl: name another --output, or delete the folder"
            )
        self.connection.executescript(
            f"PRAGMA user_version = {VERSION}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {_SCHEMA}"
        )

    def _locked(self) -> BinaryIO:
        """Return the open lock file.

        A POSIX lock belongs to this process alone: the processes of a pool do not inherit it, so a killed replay leaves
        no lock behind. It excludes nothing within one process, so that is checked here too.
        """
        path = (self.folder / "lock").resolve()
        if path in _LOCKED_HERE:
            raise BlockingIOError
        lock = path.open("wb")
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            if error.errno in (errno.EACCES, errno.EAGAIN):
                raise BlockingIOError from error
            raise
        _LOCKED_HERE.add(path)
        return lock

    def close(self) -> None:
        """Release the folder."""
        self.connection.close()
        _LOCKED_HERE.discard(Path(self._lock.name))
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything that is done within, or nothing."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    def fact(self, name: str) -> str | None:
        """Return a fact about the whole replay, such as the options it was made with."""
        row = self.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else None

    def set_facts(self, **facts: str) -> None:
        """Store facts."""
        self.executemany("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", facts.items())
