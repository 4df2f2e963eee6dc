"""URLs of web archives, which hold the URL and the time of the page that they archived.

The form is that of the Wayback Machine, ``https://web.archive.org/web/20260401000000id_/https://www.rferl.org/``, which
pywb, OpenWayback and the national archives that run them share.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

_ARCHIVED = re.compile(r"https?://[^/?#]+/(?:[^/?#]+/)*?(\d{4,14})(?:[a-z]{2}_)?/(https?:)/+(.+)", re.I | re.S)
_MARK = "/http"
"""What stands in every such URL; most URLs are ruled out by it."""

_EARLIEST = "00000101000000"
"""Month, day and time of a timestamp that is cut off."""


def original_url(url: str) -> str | None:
    """Return the URL of the page that ``url`` is an archive's copy of, or None where it is no archive's URL."""
    if _MARK not in url[8:]:
        return None
    match = _ARCHIVED.fullmatch(url)
    return f"{match[2].lower()}//{match[3]}" if match else None


def original_date(url: str) -> datetime | None:
    """Return when an archive took its copy of a page, by the timestamp in ``url``, or None."""
    match = _ARCHIVED.fullmatch(url) if _MARK in url[8:] else None
    if match is None:
        return None
    try:
        return datetime.strptime(match[1] + _EARLIEST[len(match[1]) :], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:  # a number in a path that is no timestamp
        return None
