"""A look-up reads as few pages of a large state as of a small one."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from newscrawl.state.schema import connection_to

FIRST_ID = 30_000_000
LOOKUPS = (
    "SELECT url FROM article WHERE key = ?1",
    "SELECT 1 FROM revision WHERE article = ?1 AND digest = zeroblob(16)",
    "SELECT 1 FROM original WHERE payload = randomblob(20) AND ?1",
)


def filled(path: Path, articles: int) -> sqlite3.Connection:
    connection = connection_to(path)
    connection.execute("BEGIN")
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {articles})"
    connection.execute(
        f"{numbers} INSERT INTO article (key, url, status, found, etag) SELECT {FIRST_ID} + 3 * i,"
        f" 'https://www.example.org/a/a-slug-of-usual-length-for-an-article/' || ({FIRST_ID} + 3 * i) || '.html',"
        " 1, 1, '\"891e89dc9d06d328563b-gzip\"' FROM n"
    )
    connection.execute(f"{numbers} INSERT INTO revision SELECT {FIRST_ID} + 3 * i, randomblob(16) FROM n")
    connection.execute(f"{numbers} INSERT INTO original SELECT randomblob(20), 'https://a.test/', 1, 'urn' FROM n")
    connection.execute("COMMIT")
    return connection


def steps_of(connection: sqlite3.Connection, articles: int) -> int:
    """Instructions of SQLite's machine for some look-ups: what they cost, whatever else the machine does."""
    chance = random.Random(1)
    steps = [0]

    def count() -> None:
        steps[0] += 1

    connection.set_progress_handler(count, 1)
    for _ in range(50):
        for query in LOOKUPS:
            connection.execute(query, (FIRST_ID + 3 * chance.randrange(articles),)).fetchall()
    connection.set_progress_handler(None, 0)
    return steps[0]


@pytest.mark.parametrize("query", LOOKUPS)
def test_every_look_up_is_a_search_by_key(query: str, tmp_path: Path) -> None:
    connection = filled(tmp_path / "site.sqlite", 1)
    (plan,) = connection.execute(f"EXPLAIN QUERY PLAN {query}", (1,)).fetchall()
    assert plan[-1].startswith("SEARCH")
    assert "PRIMARY KEY" in plan[-1]
    connection.close()


def test_the_cost_does_not_grow_with_the_size(tmp_path: Path) -> None:
    small, large = (filled(tmp_path / f"{size}.sqlite", size) for size in (1_000, 200_000))
    assert steps_of(small, 1_000) == steps_of(large, 200_000)
    small.close()
    large.close()
