"""The SQLite file of an output folder: opened by one replay at a time, with the work folder that lies around it."""

from __future__ import annotations

import errno
import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Self

from newscrawl.errors import OutputError

FOLDER = ".replay"
"""Within the output folder: the database, and the parts of a replay that is running."""
WORK_FILES = (".lines", ".rows", ".rejected", ".new")
"""The endings of files that a task leaves in the work folder."""

_LOCKED_HERE: set[Path] = set()

_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS units (
    number INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, stem TEXT UNIQUE NOT NULL, stamp TEXT NOT NULL,
    state TEXT NOT NULL, counts TEXT NOT NULL DEFAULT '{}', doubtful INTEGER NOT NULL DEFAULT 0,
    lines TEXT, rows TEXT, rejected TEXT, count INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS lines (
    unit INTEGER, line INTEGER, id BLOB NOT NULL, rank TEXT NOT NULL, kept INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (unit, line)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lines_by_id ON lines (id, rank);
CREATE TABLE IF NOT EXISTS faults (unit INTEGER, path TEXT, offset INTEGER, reason TEXT);
CREATE INDEX IF NOT EXISTS faults_by_unit ON faults (unit);
CREATE TABLE IF NOT EXISTS late (unit INTEGER, path TEXT, offset INTEGER, reason TEXT);
CREATE INDEX IF NOT EXISTS late_by_unit ON late (unit);
CREATE TABLE IF NOT EXISTS outputs (unit INTEGER, path TEXT, PRIMARY KEY (unit, path)) WITHOUT ROWID;
"""


class Database:
    """Holds the lock while it is open."""

    def __init__(self, output: Path) -> None:
        """Open or begin it.

        Raises:
            OutputError: the folder cannot be written, or another replay is using it.
        """
        self.folder = output / FOLDER
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._locked()
        except BlockingIOError as error:
            raise OutputError(f"{output}: another replay writes there") from error
        except OSError as error:
            raise OutputError(f"{output} cannot be written: {error}") from error
        try:
            self.connection = sqlite3.connect(self.folder / "manifest.sqlite", isolation_level=None)
            self.connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {_SCHEMA}")
        except sqlite3.Error as error:
            raise OutputError(f"{self.folder / 'manifest.sqlite'}: {error}") from error
        self.execute = self.connection.execute
        self.executemany = self.connection.executemany

    def _locked(self) -> BinaryIO:
        """The open lock file. A lock of POSIX is this process's alone: those of a pool do not inherit it, so that a
        killed replay leaves no lock behind. But within one process it excludes nobody, so that is done beside it.
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
        """All of what is done within, or nothing."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    def fact(self, name: str) -> str | None:
        """A fact about the whole replay, such as the options it was made with."""
        row = self.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def set_facts(self, **facts: str) -> None:
        """Note facts."""
        self.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())
