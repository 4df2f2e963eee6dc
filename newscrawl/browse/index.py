"""The search index of ``newscrawl browse``: articles of JSON Lines files and captures of CDXJ files in one SQLite file.

Files only grow (a crawl appends to its lines and to its index), so each refresh reads on from where the last one
stopped. A file that shrank or went is taken out and, if it is still there, read again. The index holds no text of its
own: an article is read from its line by offset, so losing the index loses nothing.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from newscrawl.archive.cdxj.index import url_key
from newscrawl.archive.cdxj.lookup import parsed_line
from newscrawl.browse.folding import indexed, query
from newscrawl.errors import OutputError
from newscrawl.sites.pages import article_name

logger = logging.getLogger(__name__)

VERSION = 1
"""Version of the tables; an index of another version is thrown away and built again."""
BATCH = 500
"""Lines of one transaction: readers see new articles this often."""
FACETS = ("site", "section", "language", "type", "layout", "author", "message")
"""The kinds of values that a search can be narrowed by."""
FACET_VALUES = 12
"""Values of each kind that are listed, the most frequent first."""
FACET_ARTICLES = 5_000
"""Found articles that the counts of a search are taken over, the newest first; more would take longer than a
reader waits.
"""
MAX_LINE = 64 * 1024 * 1024
"""Bytes of one JSON line that are read; a longer line is counted as a fault."""
_DAY = len("2026-01-31")
_LINES, _CDXJ = "lines", "cdxj"

_TABLES = """
CREATE TABLE file (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL UNIQUE, read INTEGER NOT NULL, inode INTEGER);
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
    name TEXT NOT NULL, url TEXT NOT NULL, headline TEXT,
    published TEXT, moment TEXT, day TEXT, downloaded TEXT NOT NULL,
    words INTEGER NOT NULL, digest TEXT, site TEXT, section TEXT, language TEXT, type TEXT, layout TEXT);
CREATE INDEX article_name ON article (name, downloaded);
CREATE INDEX article_moment ON article (moment DESC, id DESC);
CREATE INDEX article_site ON article (site, moment DESC, id DESC);
CREATE INDEX article_file ON article (file);
CREATE TABLE tag (
    kind TEXT NOT NULL, value TEXT NOT NULL, article INTEGER NOT NULL,
    PRIMARY KEY (kind, value, article)) WITHOUT ROWID;
CREATE INDEX tag_article ON tag (article);
CREATE TABLE day (
    site TEXT NOT NULL, day TEXT NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (site, day)) WITHOUT ROWID;
CREATE VIRTUAL TABLE word USING fts5 (
    headline, body, about, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
CREATE TABLE capture (
    key TEXT NOT NULL, date TEXT NOT NULL, file INTEGER NOT NULL,
    url TEXT NOT NULL, mime TEXT, status INTEGER, digest TEXT,
    length INTEGER NOT NULL, offset INTEGER NOT NULL, filename TEXT NOT NULL,
    PRIMARY KEY (key, date, filename, offset)) WITHOUT ROWID;
CREATE INDEX capture_file ON capture (file);
CREATE INDEX capture_place ON capture (filename, offset);
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed by."""

    words: str = ""
    """What a person typed; empty: every article."""
    since: str = ""
    """First day of publication, ``YYYY-MM-DD``."""
    until: str = ""
    """Last day of publication."""
    values: tuple[tuple[str, str], ...] = ()
    """Pairs of a kind in :data:`FACETS` and the value that articles must have."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article as lists show it."""

    id: int
    name: str
    url: str
    headline: str | None
    published: str | None
    downloaded: str
    words: int
    site: str | None
    section: str | None
    language: str | None
    type: str | None
    layout: str | None


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """One capture of a URL, and where its record is."""

    url: str
    date: str
    """``YYYY-MM-DDTHH:MM:SSZ``."""
    mime: str | None
    status: int | None
    digest: str | None
    length: int
    offset: int
    filename: str
    folder: str
    """The folder that the index file is in, where the archive file is looked for first."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search."""

    total: int
    rows: tuple[Row, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    counted: int
    """How many of the found articles the counts were taken over."""


class BrowseIndex:
    """Answer searches over the lines and indexes below some folders, from the SQLite file ``path``."""

    def __init__(self, path: Path, articles: Sequence[Path], archives: Sequence[Path]) -> None:
        self._path = path
        self._articles = tuple(articles)
        self._archives = tuple(archives)
        self._lock = threading.Lock()
        self._local = threading.local()
        self._facets: tuple[int, dict[str, tuple[tuple[str, int], ...]]] | None = None
        self.faults: dict[str, int] = {}
        """Lines that could not be read, by file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._prepare()

    # ── Keep up with the files ──────────────────────────────────────────────────────────────────────────────────────

    def refresh(self) -> int:
        """Read what was added to the files since the last refresh; return the number of new articles."""
        with self._lock:
            known = {row["path"]: row for row in self._rows("SELECT number, kind, path, read, inode FROM file")}
            there = {str(path): kind for kind, path in self._files()}
            for path in known.keys() - there.keys():
                self._forget(known[path]["number"])
            return sum(self._read_on(kind, Path(path), known.get(path)) for path, kind in sorted(there.items()))

    def _files(self) -> Iterator[tuple[str, Path]]:
        for folder in self._articles:
            yield from ((_LINES, path) for path in sorted(folder.rglob("*.jsonl")) if path.is_file())
        for folder in self._archives:
            for pattern in ("*.cdxj", "*.cdxj.open"):
                yield from ((_CDXJ, path) for path in sorted(folder.rglob(pattern)) if path.is_file())

    def _read_on(self, kind: str, path: Path, known: sqlite3.Row | None) -> int:
        try:
            status = path.stat()
        except OSError as error:  # it went, or was renamed when its crawl closed it: the next refresh finds it
            logger.info("%s is passed over: %s", path, error)
            return 0
        if known is not None and (status.st_size < known["read"] or status.st_ino != known["inode"]):
            self._forget(known["number"])
            known = None
        if known is not None and known["read"] == status.st_size:
            return 0
        with self._writing() as connection:
            if known is None:
                number = connection.execute(
                    "INSERT INTO file (kind, path, read, inode) VALUES (?, ?, 0, ?)", (kind, str(path), status.st_ino)
                ).lastrowid
            else:
                number = known["number"]
        assert number is not None
        return self._read_lines(kind, path, number, known["read"] if known is not None else 0)

    def _read_lines(self, kind: str, path: Path, number: int, start: int) -> int:
        added = 0
        with path.open("rb") as stream:
            stream.seek(start)
            place = start
            ended = False
            while not ended:
                with self._writing() as connection:
                    for _ in range(BATCH):
                        line = stream.readline(MAX_LINE)
                        if not line.endswith(b"\n"):  # the end, or a line that is still being written
                            ended = True
                            break
                        try:
                            if kind == _LINES:
                                added += _add_article(connection, number, place, line)
                            else:
                                _add_capture(connection, number, line)
                        except (ValueError, KeyError, TypeError, AttributeError) as error:
                            self.faults[str(path)] = self.faults.get(str(path), 0) + 1
                            logger.warning("%s, byte %d: the line is skipped: %s", path, place, error)
                        place += len(line)
                    connection.execute("UPDATE file SET read = ? WHERE number = ?", (place, number))
        return added

    def _forget(self, number: int) -> None:
        """Remove the rows that came from a file.

        Words of its articles stay in the index, but no search finds them without their rows.
        """
        with self._writing() as connection:
            connection.execute("DELETE FROM tag WHERE article IN (SELECT id FROM article WHERE file = ?)", (number,))
            connection.execute(
                "UPDATE day SET articles = articles - (SELECT count(*) FROM article WHERE file = ? AND"
                " ifnull(article.site, '') = day.site AND ifnull(article.day, '') = day.day)",
                (number,),
            )
            connection.execute("DELETE FROM article WHERE file = ?", (number,))
            connection.execute("DELETE FROM capture WHERE file = ?", (number,))
            connection.execute("DELETE FROM file WHERE number = ?", (number,))

    # ── Ask ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def search(self, filters: Filters, *, newest_first: bool, start: int, number: int) -> Found:
        """Return ``number`` articles from the ``start``-th found one on, the number of all, and counts by value."""
        words = query(filters.words) if filters.words.strip() else ""
        if words is None:
            return Found(0, (), {}, 0)
        where, values = _conditions(filters)
        if not words and not where:
            return self._everything(start, number)
        if not words:
            base = f"FROM article WHERE {' AND '.join(where)}"
        else:
            base = f"FROM word JOIN article ON article.id = word.rowid WHERE {' AND '.join(['word MATCH ?', *where])}"
            values = [words, *values]
        order = "ORDER BY bm25(word, 8.0, 1.0, 3.0)" if words and not newest_first else "ORDER BY moment DESC, id DESC"
        connection = self._connection()
        try:
            (total,) = connection.execute(f"SELECT count(*) {base}", values).fetchone()
            rows = connection.execute(f"SELECT article.* {base} {order} LIMIT ? OFFSET ?", [*values, number, start])
            found = tuple(_row(row) for row in rows)
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS hit (id INTEGER PRIMARY KEY)")
            connection.execute("DELETE FROM hit")
            newest = "ORDER BY moment DESC, id DESC" if total > FACET_ARTICLES and not words else ""
            connection.execute(f"INSERT INTO hit SELECT article.id {base} {newest} LIMIT ?", [*values, FACET_ARTICLES])
            return Found(total, found, self._counts("hit CROSS JOIN article USING (id)"), min(total, FACET_ARTICLES))
        finally:
            connection.rollback()

    def _everything(self, start: int, number: int) -> Found:
        connection = self._connection()
        (total,) = connection.execute("SELECT count(*) FROM article").fetchone()
        rows = connection.execute(
            "SELECT * FROM article ORDER BY moment DESC, id DESC LIMIT ? OFFSET ?", (number, start)
        )
        if self._facets is None or self._facets[0] != total:
            self._facets = total, self._counts("article")
        return Found(total, tuple(_row(row) for row in rows), self._facets[1], total)

    def _counts(self, source: str) -> dict[str, tuple[tuple[str, int], ...]]:
        connection = self._connection()
        counts = {}
        for kind in FACETS[:5]:
            rows = connection.execute(
                f"SELECT {kind}, count(*) AS number FROM {source} WHERE {kind} IS NOT NULL GROUP BY {kind}"  # noqa: S608 - names of our own columns
                f" ORDER BY number DESC, {kind} LIMIT {FACET_VALUES}"
            )
            counts[kind] = tuple((str(value), int(count)) for value, count in rows)
        for kind in FACETS[5:]:
            join = "tag" if source == "article" else "hit CROSS JOIN tag ON tag.article = hit.id"
            rows = connection.execute(
                f"SELECT value, count(*) AS number FROM {join} WHERE kind = ? GROUP BY value"  # noqa: S608 - names of our own columns
                f" ORDER BY number DESC, value LIMIT {FACET_VALUES}",
                (kind,),
            )
            counts[kind] = tuple((str(value), int(count)) for value, count in rows)
        return counts

    def row(self, number: int) -> Row | None:
        """Return the article with this id, or None."""
        rows = self._rows("SELECT * FROM article WHERE id = ?", (number,))
        return _row(rows[0]) if rows else None

    def line(self, number: int) -> bytes | None:
        """Return the JSON line of the article with this id, or None.

        Raises:
            OutputError: the file of its line cannot be read.
        """
        rows = self._rows("SELECT path, start, length FROM article JOIN file ON number = file WHERE id = ?", (number,))
        if not rows:
            return None
        path, start, length = rows[0]
        try:
            with Path(path).open("rb") as stream:
                stream.seek(start)
                return stream.read(length)
        except OSError as error:
            raise OutputError(f"cannot read the line of an article in {path} at byte {start}: {error}") from error

    def article(self, number: int) -> dict[str, Any] | None:
        """Return the article with this id as its line says it, or None.

        Raises:
            OutputError: the file of its line cannot be read or was changed.
        """
        line = self.line(number)
        if line is None:
            return None
        try:
            document = orjson.loads(line)
        except ValueError as error:
            raise OutputError(f"the file of article {number} was changed while it was open: {error}") from error
        return document if isinstance(document, dict) else None

    def revisions(self, name: str) -> tuple[Row, ...]:
        """Return every line of one article (:func:`newscrawl.sites.pages.article_name`), the oldest capture first."""
        return tuple(
            _row(row) for row in self._rows("SELECT * FROM article WHERE name = ? ORDER BY downloaded, id", (name,))
        )

    def captures(self, url: str) -> tuple[CaptureRow, ...]:
        """Return the captures of ``url`` that the indexes name, the oldest first."""
        rows = self._rows(
            "SELECT capture.*, path FROM capture JOIN file ON number = capture.file WHERE key = ?"
            " ORDER BY date, filename, offset",
            (url_key(url),),
        )
        return tuple(_capture(row) for row in rows)

    def capture_at(self, filename: str, offset: int) -> CaptureRow | None:
        """Return the capture whose record lies at ``offset`` of the archive file ``filename``, or None."""
        rows = self._rows(
            "SELECT capture.*, path FROM capture JOIN file ON number = capture.file"
            " WHERE filename = ? AND offset = ? LIMIT 1",
            (filename, offset),
        )
        return _capture(rows[0]) if rows else None

    def totals(self) -> dict[str, int]:
        """Return how many articles, stories, captures and sites there are."""
        (row,) = self._rows("SELECT count(*), count(DISTINCT name), count(DISTINCT site) FROM article")
        (captures,) = self._rows("SELECT count(*) FROM capture")[0]
        return {"lines": row[0], "articles": row[1], "sites": row[2], "captures": captures}

    def days(self) -> list[tuple[str, str, int]]:
        """Return site, day of publication and number of articles, by day."""
        rows = self._rows("SELECT site, day, articles FROM day WHERE articles > 0 AND day <> '' ORDER BY day, site")
        return [(row[0], row[1], row[2]) for row in rows]

    def coverage(self) -> list[tuple[str, int, str, str]]:
        """Return site, number of articles, first and last day of publication."""
        rows = self._rows(
            "SELECT ifnull(site, ''), count(*), min(day), max(day) FROM article GROUP BY site ORDER BY 2 DESC"
        )
        return [(row[0], row[1], row[2] or "", row[3] or "") for row in rows]

    # ── SQLite ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=60, isolation_level=None)
            connection.row_factory = sqlite3.Row
            connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384")
            self._local.connection = connection
        return connection

    def _rows(self, statement: str, values: Iterable[Any] = ()) -> list[sqlite3.Row]:
        return self._connection().execute(statement, tuple(values)).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _prepare(self) -> None:
        try:
            version = self._rows("PRAGMA user_version")[0][0]
        except sqlite3.DatabaseError:
            version = -1
        if version == VERSION:
            return
        self._local.connection = None
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        connection = self._connection()
        connection.executescript(_TABLES + f"PRAGMA user_version = {VERSION};")


def _conditions(filters: Filters) -> tuple[list[str], list[str]]:
    """Return SQL conditions over ``article`` and their values."""
    where, values = [], []
    if filters.since:
        where.append("moment >= ?")
        values.append(filters.since)
    if filters.until:
        where.append("moment < ?")
        values.append(f"{filters.until}~")
    for kind, value in filters.values:
        if kind in FACETS[:5]:
            where.append(f"article.{kind} = ?")
            values.append(value)
        elif kind in FACETS:
            where.append("article.id IN (SELECT article FROM tag WHERE kind = ? AND value = ?)")
            values += [kind, value]
    return where, values


def _add_article(connection: sqlite3.Connection, file: int, start: int, line: bytes) -> int:
    article = orjson.loads(line)
    metadata = article["metadata"] or {}
    body = article.get("articleBody") or ""
    published = article.get("datePublished")
    moment = _moment(published)
    day = moment[:10] if moment else None
    values = {
        "file": file,
        "start": start,
        "length": len(line),
        "name": article_name(article["url"]),
        "url": article["url"],
        "headline": article.get("headline"),
        "published": published,
        "moment": moment,
        "day": day,
        "downloaded": str(metadata.get("dateDownloaded") or ""),
        "words": len(body.split()),
        "digest": metadata.get("articleDigest"),
        "site": metadata.get("site"),
        "section": article.get("articleSection"),
        "language": article.get("inLanguage"),
        "type": article.get("type"),
        "layout": metadata.get("layout"),
    }
    columns = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    number = connection.execute(f"INSERT INTO article ({columns}) VALUES ({marks})", values).lastrowid  # noqa: S608 - names of our own columns
    captions = [image.get("caption") or "" for image in article.get("images") or ()]
    authors = [author["name"] for author in article.get("authors") or ()]
    about = " ".join(
        [article.get("description") or "", *captions, *authors, *(article.get("keywords") or ()), article["url"]]
    )
    connection.execute(
        "INSERT INTO word (rowid, headline, body, about) VALUES (?, ?, ?, ?)",
        (number, indexed(article.get("headline") or ""), indexed(body), indexed(about)),
    )
    tags = [("author", name) for name in authors] + [
        ("message", text) for text in metadata.get("validationMessages") or ()
    ]
    connection.executemany(
        "INSERT OR IGNORE INTO tag VALUES (?, ?, ?)", [(kind, value, number) for kind, value in tags]
    )
    connection.execute(
        "INSERT INTO day VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET articles = articles + 1",
        (values["site"] or "", day or ""),
    )
    return 1


def _moment(published: str | None) -> str | None:
    """Return an ISO 8601 date as UTC, ``YYYY-MM-DDTHH:MM:SS``, so that dates sort as text.

    A day without a time is returned unchanged; anything else gives None.
    """
    text = published or ""
    try:
        moment = datetime.fromisoformat(text)
        if len(text) == _DAY:
            return text
        return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()[:19]
    except (ValueError, OverflowError):
        return None


def _add_capture(connection: sqlite3.Connection, file: int, line: bytes) -> None:
    if not line.strip() or line.startswith((b" CDX", b"!meta")):
        return
    entry = parsed_line(line)
    stamp = entry.date.strftime("%Y-%m-%dT%H:%M:%SZ")
    connection.execute(
        "INSERT OR IGNORE INTO capture VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(url_key(entry.url), stamp, file, entry.url, entry.mime, entry.status),
            *(entry.digest, entry.length, entry.offset, entry.filename),
        ),
    )


def _row(row: sqlite3.Row) -> Row:
    return Row(**{name: row[name] for name in Row.__slots__})


def _capture(row: sqlite3.Row) -> CaptureRow:
    parts = {name: row[name] for name in CaptureRow.__slots__ if name != "folder"}
    return CaptureRow(**parts, folder=str(Path(row["path"]).parent))
