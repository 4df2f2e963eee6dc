"""The first so many articles, in the order of the sources and of the records in them."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from newscrawl.replay.manifest.database import Database


def revision_count(database: Database, numbers: Sequence[int]) -> int:
    """How many different revisions the units ``numbers`` hold."""
    query = "SELECT count(DISTINCT id) FROM lines WHERE unit IN (SELECT value FROM json_each(?))"
    count: int = database.execute(query, (orjson.dumps(numbers).decode(),)).fetchone()[0]
    return count


def limit_lines(database: Database, numbers: Sequence[int], limit: int) -> None:
    """Forget all lines after the one that is the ``limit``-th revision among the units ``numbers``, in this order."""
    seen: set[bytes] = set()
    with database.transaction():
        for number in numbers:
            end = _end(database, number, seen, limit)
            if end is not None:
                database.execute("DELETE FROM lines WHERE unit = ? AND line >= ?", (number, end))


def _end(database: Database, number: int, seen: set[bytes], limit: int) -> int | None:
    """The first line of the unit that is too much."""
    if len(seen) >= limit:
        return 0
    for line, revision in database.execute("SELECT line, id FROM lines WHERE unit = ? ORDER BY line", (number,)):
        if len(seen) >= limit:
            return int(line)
        seen.add(revision)
    return None
