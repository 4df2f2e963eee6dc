"""The SQLite file of a site: its tables, its version, how it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.errors import StateError

APPLICATION_ID = 0x6E657773
"""``news``: tells the file from any other SQLite file (PRAGMA application_id)."""
VERSION = 1
BUSY_SECONDS = 60
"""How long a transaction waits for that of another crawler of the same frontier."""
_CACHE_KIB = 16 * 1024
"""Of each connection. Pages are not mapped (PRAGMA mmap_size): look-ups among 100,000 to 10,000,000 articles took as
long with 64 MB mapped, which counts as memory of the process; and a disk error in a mapped page would end it (SIGBUS).
"""

_CHECKED = 16 * 1024 * 1024
"""Bytes of a state up to which it is looked whether it is whole, in 30 ms at most; damage in a larger one shows when a
crawl comes upon it."""

_TABLES = """
CREATE TABLE article (          -- one row an article
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
CREATE TABLE revision (         -- what was ever written of an article
    article INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (article, digest)
) WITHOUT ROWID;
CREATE TABLE fetch (            -- the history of an article
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
CREATE TABLE file (             -- lines: what of a file is known here; archives: up to where all is dealt with
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

_MIGRATIONS: dict[int, str] = {}
"""By version: the statements that lead to the next one."""


_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_REMEDY = (
    "; restore it from a backup, or take it away with what lies beside it (-wal, -shm): then every article is fetched"
    " once more, and no line is written twice"
)


@contextmanager
def state_errors(path: str | Path, doing: str) -> Iterator[None]:
    """Raises:
    StateError: for any error of SQLite: which file, and what helps when that is damaged.
    """
    try:
        yield
    except sqlite3.Error as error:
        # Extended codes have the plain one in their last byte; errors of the module itself have none.
        damaged = getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED
        raise StateError(f"cannot {doing} the state file {path}: {error}{_REMEDY if damaged else ''}") from error


def path_of(connection: sqlite3.Connection) -> str:
    """The file that it is to."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def state_file(directory: str | Path, site: str) -> Path:
    """Where the state of ``site`` is."""
    return Path(directory) / f"{site}.sqlite"


def connection_to(path: Path, *, writable: bool = True) -> sqlite3.Connection:
    """The state file at ``path``; made, or brought to this version, where it is opened to be written.

    Raises:
        StateError: it cannot be opened, is no state file, or was made by a newer newscrawl.
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
    # One thread at a time: the reactor's opens and closes, the one that commits writes.
    return sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=True)


def _prepare(connection: sqlite3.Connection, path: Path, writable: bool) -> None:
    with state_errors(path, "read"):
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if writable:
            connection.execute("PRAGMA journal_mode = WAL")
            # A power cut may take the last transactions back, never halfway: lines and archives are read again then.
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
        _run(connection, _TABLES)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    version = _check_version(connection, path)
    while version < VERSION:
        _run(connection, _MIGRATIONS[version])
        version += 1
        connection.execute(f"PRAGMA user_version = {version}")


def _run(connection: sqlite3.Connection, statements: str) -> None:
    # Not executescript, which commits what is open.
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _check_version(connection: sqlite3.Connection, path: Path) -> int:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise StateError(f"{path} is no state file of newscrawl")
    if version > VERSION:
        raise StateError(f"{path} was made by a newer newscrawl (version {version} of the file, {VERSION} here)")
    return int(version)
