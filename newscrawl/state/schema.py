"""Define the SQLite file of a site (tables, version) and open it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.errors import StateError

APPLICATION_ID = 0x6E657773
"""``news``: distinguishes the file from other SQLite files (PRAGMA application_id)."""
VERSION = 2
BUSY_SECONDS = 60
"""Seconds that a transaction waits for one of another crawler of the same frontier."""
_CACHE_KIB = 16 * 1024
"""Cache of each connection. Pages are not mapped into memory (PRAGMA mmap_size): with 64 MB mapped, look-ups among
100,000 to 10,000,000 articles took as long, the mapping counts as memory of the process, and a disk error in a mapped
page would kill it (SIGBUS)."""

_CHECKED = 16 * 1024 * 1024
"""Bytes of a state up to which it is checked for damage when it is opened, in at most 30 ms. Damage in a larger one is
reported when a crawl reads it."""

_TABLES = """
CREATE TABLE article (          -- one row for each article
    key INTEGER PRIMARY KEY,    -- keys.id_key
    url TEXT NOT NULL,
    asked TEXT,
    status INTEGER NOT NULL,    -- records.Status
    source TEXT,
    found INTEGER NOT NULL,     -- seconds, as all dates but those of fetches
    published INTEGER,
    lastmod INTEGER,
    fetched_lastmod INTEGER,
    fetched INTEGER,            -- microseconds
    http_status INTEGER,
    etag TEXT,
    last_modified TEXT,
    payload BLOB,
    reason TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    due INTEGER
);
CREATE INDEX article_due ON article (due) WHERE due IS NOT NULL;
CREATE INDEX article_status ON article (status) WHERE status <> 1;
CREATE TABLE revision (         -- what was ever written of each article
    article INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (article, digest)
) WITHOUT ROWID;
CREATE TABLE fetch (            -- the history of each article
    article INTEGER NOT NULL,
    date INTEGER NOT NULL,      -- microseconds
    outcome INTEGER NOT NULL,   -- records.Outcome
    http_status INTEGER,
    payload BLOB,
    record TEXT,
    file INTEGER,
    offset INTEGER,
    reason TEXT,
    PRIMARY KEY (article, date)
) WITHOUT ROWID;
CREATE TABLE file (             -- size: bytes of known lines, or of archive whose pages are finished
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    UNIQUE (kind, name)
);
CREATE TABLE original (         -- the first capture of each payload: what revisits refer to
    payload BLOB PRIMARY KEY,
    url TEXT NOT NULL,
    date INTEGER NOT NULL,      -- microseconds
    record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE capture (          -- the payload that each URL had when it was last captured whole
    url INTEGER PRIMARY KEY,    -- keys.hash63
    payload BLOB NOT NULL
);
"""
_REQUISITES = """
CREATE TABLE requisite (        -- validators of style sheets, scripts, fonts and images, as last captured
    url INTEGER PRIMARY KEY,    -- keys.hash63
    etag TEXT,
    last_modified TEXT
);
"""

_MIGRATIONS: dict[int, str] = {1: _REQUISITES}
"""By version: the statements that turn it into the next one."""


_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_REMEDY = (
    "; restore it from a backup, or move it away together with the files beside it (-wal, -shm): then every article is"
    " fetched once more, and no line is written twice"
)


@contextmanager
def state_errors(path: str | Path, doing: str) -> Iterator[None]:
    """Turn errors of SQLite in the block into errors that name the file, and the remedy if it is damaged.

    Raises:
        StateError: for any error of SQLite.
    """
    try:
        yield
    except sqlite3.Error as error:
        # The last byte of an extended code is the plain code; errors of the module itself have no code.
        damaged = getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED
        raise StateError(f"cannot {doing} the state file {path}: {error}{_REMEDY if damaged else ''}") from error


def path_of(connection: sqlite3.Connection) -> str:
    """Return the path of the file that ``connection`` has open."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def state_file(directory: str | Path, site: str) -> Path:
    """Return the path of the state of ``site``."""
    return Path(directory) / f"{site}.sqlite"


def connection_to(path: Path, *, writable: bool = True) -> sqlite3.Connection:
    """Open the state file at ``path``. If it is opened for writing, create it or update it to this version.

    Raises:
        StateError: it cannot be opened, is no state file, or was made by a newer version of newscrawl.
    """
    with state_errors(path, "open"):
        connection = _opened(path, writable)
    try:
        _prepare(connection, path, writable)
    except BaseException:
        connection.close()
        raise
    return connection


def _opened(path: Path, writable: bool) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={'rwc' if writable else 'ro'}"
    # Used by one thread at a time: the reactor's opens and closes it, the committing thread writes.
    connection = sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=True)
    # A damaged cell costs its own text, not the query that comes upon it.
    connection.text_factory = lambda cell: cell.decode("utf-8", "backslashreplace")
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, writable: bool) -> None:
    with state_errors(path, "read"):
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if writable:
            connection.execute("PRAGMA journal_mode = WAL")
            # A power failure may undo the last transactions, each as a whole; lines and archives are then read again.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            _bring_up_to_date(connection, path)
            connection.execute("COMMIT")
            _check_whole(connection, path)
        else:
            _check_version(connection, path)


def _check_whole(connection: sqlite3.Connection, path: Path) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    if pages * size <= _CHECKED:
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise StateError(f"the state file {path} is damaged: {verdict.splitlines()[-1]}{_REMEDY}")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        _run(connection, _TABLES + _REQUISITES)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    version = _check_version(connection, path)
    while version < VERSION:
        _run(connection, _MIGRATIONS[version])
        version += 1
        connection.execute(f"PRAGMA user_version = {version}")


def _run(connection: sqlite3.Connection, statements: str) -> None:
    # executescript would commit the open transaction.
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _check_version(connection: sqlite3.Connection, path: Path) -> int:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise StateError(f"{path} is not a state file of newscrawl")
    if version > VERSION:
        raise StateError(f"{path} was made by a newer newscrawl: version {version}, this one reads {VERSION}")
    return int(version)
