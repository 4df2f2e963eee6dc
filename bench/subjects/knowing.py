"""The state of a site that knows many articles, asked for some of them."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

from bench.data import DATA
from newscrawl.state.reading import StateReader
from newscrawl.state.schema import connection_to

FIRST_ID, STEP = 30_000_000, 3
LOOKUPS = 20_000
_ROWS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {known}) "
_ARTICLES = (
    "INSERT INTO article (key, url, status, found, etag) SELECT {first} + {step} * i,"
    " 'https://www.example.org/a/a-slug-of-usual-length-for-an-article/' || ({first} + {step} * i) || '.html',"
    " 1, 1, '\"891e89dc9d06d328563b-gzip\"' FROM n"
)
_REVISIONS = "INSERT INTO revision SELECT {first} + {step} * i, randomblob(16) FROM n"


def looked_up(_data: Path) -> Callable[[], int]:
    """For articles at random: what is known of each, and whether it said something before."""
    known = int(os.environ["BENCH_KNOWN_URLS"])
    connection = connection_to(_filled(known))
    reader = StateReader(connection)
    chance = random.Random(1)  # noqa: S311 - the same articles each time
    keys = [FIRST_ID + STEP * chance.randrange(known) for _ in range(LOOKUPS)]

    def run() -> int:
        for key in keys:
            if reader.article(key) is None or reader.is_written(key, b"never written so"):
                raise SystemExit(f"{key} is not as it was written")
        return LOOKUPS

    return run


def _filled(known: int) -> Path:
    """Return a state file with that many articles, made once."""
    path = DATA / f"state-{known}.sqlite"
    if not path.exists():
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        connection = connection_to(new)
        connection.execute("BEGIN")
        for statement in (_ARTICLES, _REVISIONS):
            connection.execute((_ROWS + statement).format(known=known, first=FIRST_ID, step=STEP))
        connection.execute("COMMIT")
        connection.close()
        new.rename(path)
    return path
