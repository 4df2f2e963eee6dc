"""Pair the articles of two outputs, in an SQLite file, however large the outputs are.

Articles have the same key when they have the same site and article id. Of several revisions under one key those are
paired that come from the same capture; then those that say the same; the others in the order of their capture.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import orjson
import zstandard

from newscrawl.comparison.reading import lines_of
from newscrawl.errors import OutputError, UsageError
from newscrawl.replay.selection.sampling import in_sample
from newscrawl.sites.pages import article_name

Article = dict[str, Any]
OLD, NEW = 0, 1
_BATCH = 500
_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;
CREATE TABLE articles (key TEXT, side INTEGER, date TEXT, record TEXT, digest TEXT, line BLOB);
"""


class Pair(NamedTuple):
    """An article of the old output and the same article of the new one; None where an output lacks it."""

    key: str
    old: Article | None
    new: Article | None
    identical: bool = False
    """Whether both lines are the same bytes."""


class _Revision(NamedTuple):
    number: int
    date: str
    record: str | None
    digest: str | None


def pairs_of(old: str, new: str, *, sample: float = 1.0) -> Iterator[Pair]:
    """Yield the articles of both outputs, paired, in the order of their keys.

    Args:
        old: file or folder of the old output.
        new: file or folder of the new output.
        sample: share of the articles that are compared (:mod:`newscrawl.replay.selection.sampling`).

    Raises:
        UsageError: an output cannot be read.
        OutputError: there is no room for temporary files.
    """
    with TemporaryDirectory(prefix="newscrawl-diff-") as folder:
        try:
            with closing(_database(Path(folder))) as database:
                for side, path in ((OLD, old), (NEW, new)):
                    _add(database, side, path, sample)
                database.execute("CREATE INDEX by_key ON articles (key, side, date, record, digest)")
                yield from _pairs(database)
        except sqlite3.Error as error:
            raise OutputError(
                f"cannot write {folder}: {error} (set TMPDIR to another folder for temporary files)"
            ) from error


def _database(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(folder / "articles.sqlite", isolation_level=None)
    database.executescript(_SCHEMA)
    return database


def _add(database: sqlite3.Connection, side: int, path: str, sample: float) -> None:
    compressor = zstandard.ZstdCompressor(level=1)
    database.execute("BEGIN")
    database.executemany(
        "INSERT INTO articles (key, side, date, record, digest, line) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (*facts, compressor.compress(line))
            for line in lines_of(path)
            if in_sample((facts := _facts(line, path, side))[0], sample)
        ),
    )
    database.execute("COMMIT")


def _facts(line: bytes, path: str, side: int) -> tuple[str, int, str, str | None, str | None]:
    try:
        article = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{path}: a line is not JSON ({error}): {_excerpt(line)}") from error
    if not (isinstance(article, dict) and isinstance(article.get("url"), str)):
        raise UsageError(f"{path}: a line is not an article, it has no url: {_excerpt(line)}")
    metadata = metadata_of(article)
    facts = [metadata.get(name) for name in ("dateDownloaded", "warcRecordId", "articleDigest")]
    date, record, digest = (fact if isinstance(fact, str) else None for fact in facts)
    return article_name(article["url"]), side, date or "", record, digest


def metadata_of(article: Article) -> dict[str, Any]:
    """Return the metadata of an article; empty where it has none."""
    metadata = article.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _excerpt(line: bytes) -> str:
    return ascii(line[:60].decode("utf-8", "replace"))


def _pairs(database: sqlite3.Connection) -> Iterator[Pair]:
    # The index holds keys and facts; a line is read when its pair is made.
    rows = database.execute(
        "SELECT key, side, rowid, date, record, digest FROM articles ORDER BY key, side, date, record, digest, rowid"
    )
    for key, group in groupby(rows, key=lambda row: row[0]):
        sides: tuple[list[_Revision], list[_Revision]] = ([], [])
        for _, side, *facts in group:
            sides[side].append(_Revision(*facts))
        for old, new in _matched(*sides):
            yield _pair(database, key, old, new)


def _pair(database: sqlite3.Connection, key: str, old: _Revision | None, new: _Revision | None) -> Pair:
    lines = [_line(database, revision) for revision in (old, new)]
    if lines[0] == lines[1] and lines[0] is not None:
        article = orjson.loads(lines[0])
        return Pair(key, article, article, identical=True)
    articles = [None if line is None else orjson.loads(line) for line in lines]
    return Pair(key, articles[0], articles[1])


def _line(database: sqlite3.Connection, revision: _Revision | None) -> bytes | None:
    if revision is None:
        return None
    (line,) = database.execute("SELECT line FROM articles WHERE rowid = ?", (revision.number,)).fetchone()
    return zstandard.ZstdDecompressor().decompress(line)


def _matched(old: list[_Revision], new: list[_Revision]) -> Iterator[tuple[_Revision | None, _Revision | None]]:
    """Yield each revision once: in a pair, or alone."""
    for of in (lambda revision: revision.record, lambda revision: revision.digest):
        found = list(_matched_by(of, old, new))
        yield from found
        taken = {revision.number for pair in found for revision in pair}
        old = [revision for revision in old if revision.number not in taken]
        new = [revision for revision in new if revision.number not in taken]
    yield from zip(old, new, strict=False)
    yield from ((revision, None) for revision in old[len(new) :])
    yield from ((None, revision) for revision in new[len(old) :])


def _matched_by(
    of: Callable[[_Revision], Hashable | None], old: Iterable[_Revision], new: Iterable[_Revision]
) -> Iterator[tuple[_Revision, _Revision]]:
    waiting: dict[Hashable, list[_Revision]] = {}
    for revision in new:
        if (value := of(revision)) is not None:
            waiting.setdefault(value, []).append(revision)
    for revision in old:
        if (value := of(revision)) is not None and waiting.get(value):
            yield revision, waiting[value].pop(0)
