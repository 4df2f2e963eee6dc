"""Make the addresses of date archives: the listing of one section on one day, in the URL forms of a site."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlsplit

MAX_ARCHIVE_DAYS = 366
"""Days of one section that are requested; for longer spans there are the numbered sitemaps and the further pages."""


def archive_url(listing: str, form: str, day: date) -> str:
    """Return the archive page of ``day`` for the section at ``listing``; ``form`` comes from the site's profile.

    ``{listing}`` in it is the listing's URL without query, ``{year}``, ``{month}`` and ``{day}`` are plain numbers.
    """
    parts = urlsplit(listing)
    plain = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
    return form.format(listing=plain, year=day.year, month=day.month, day=day.day)


def last_day(since: date, until: date | None, today: date) -> date:
    """Return the day to begin with: the newest that is wanted and not in the future. The walk goes back from it."""
    return max(since, min(until or today, today))


def day_before(day: date, since: date, newest: date) -> date | None:
    """Return the day to go on with; None where the wanted span ends or the limit is reached."""
    earlier = day - timedelta(days=1)
    return earlier if earlier >= since and (newest - earlier).days < MAX_ARCHIVE_DAYS else None


def fingerprint(ids: Iterable[str]) -> str:
    """Return what distinguishes archive pages: a site without this URL form serves the same page for every day."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:16]
