"""Folders of the output in the style of Hive, such as ``site=rferl/date=2026-01-31/``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from newscrawl.errors import UsageError

PARTITIONS = ("site", "date")
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"
"""How Hive, Spark and pyarrow name the folder of a missing value."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


def check_partition(names: Iterable[str]) -> None:
    """Check that the output can be partitioned by ``names``.

    Raises:
        UsageError: it cannot.
    """
    for name in names:
        if name not in PARTITIONS:
            raise UsageError(f"partition={name!r}: choose {' or '.join(PARTITIONS)}, or both separated by a comma")


def partition_folder(article: dict[str, Any], partition: tuple[str, ...]) -> str:
    """Return the folder of an article; the day is that of publication.

    The values come from pages: everything but plain names is percent-encoded.
    """
    values = partition_values(article)
    return "".join(f"{name}={quote(values[name] or UNKNOWN, safe='')}/" for name in partition)


def partition_values(article: dict[str, Any]) -> dict[str, str | None]:
    """Return the value of each of :data:`PARTITIONS` for an article."""
    day = _DAY.match(article.get("datePublished") or "")
    return {"site": (article.get("metadata") or {}).get("site"), "date": day[0] if day else None}
