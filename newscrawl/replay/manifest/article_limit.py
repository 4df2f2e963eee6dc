"""Keep the first N articles, in the order of the sources and of the records in them."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from newscrawl.replay.manifest.database import Database


def revision_count(database: Database, numbers: Sequence[int]) -> int:
    """Return how many different revisions the units ``numbers`` hold."""
    query = "SELECT count(DISTINCT id) AS revisions FROM lines WHERE unit IN (SELECT value FROM json_each(?))"
    count: int = database.execute(query, (orjson.dumps(numbers).decode(),)).fetchone()["revisions"]
    return count


def limit_lines(database: Database, numbers: Sequence[int], limit: int) -> None:
    """Delete all lines after the ``limit``-th revision among the units ``numbers``, in this order."""
    seen: set[bytes] = set()
    with database.transaction():
        for number in numbers:
            end = _end(database, number, seen, limit)
            if end is not None:
                database.execute("DELETE FROM lines WHERE unit = ? AND line >= ?", (number, end))


def _end(database: Database, number: int, seen: set[bytes], limit: int) -> int | None:
    """Return the first line of the unit that exceeds the limit; None if none does."""
    if len(seen) >= limit:
        return 0
    for row in database.execute("SELECT line, id FROM lines WHERE unit = ? ORDER BY line", (number,)):
        if len(seen) >= limit:
            return int(row["line"])
        seen.add(row["id"])
    return None
