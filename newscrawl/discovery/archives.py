"""Date archives: the listing of one section on one day, in the URL forms that a site has for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlsplit

MAX_ARCHIVE_DAYS = 366
"""Days of one section that are asked for: for longer spans the numbered sitemaps and the paging have to do."""


def archive_url(listing: str, form: str, day: date) -> str:
    """The archive page of ``day`` for the section whose listing is at ``listing``; ``form`` is of the site's profile.

    ``{listing}`` in it is the listing's URL without query, ``{year}``, ``{month}`` and ``{day}`` are plain numbers.
    """
    parts = urlsplit(listing)
    plain = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
    return form.format(listing=plain, year=day.year, month=day.month, day=day.day)


def last_day(since: date, until: date | None, today: date) -> date:
    """The day to begin with, going back: the newest that is asked for and not in the future."""
    return max(since, min(until or today, today))


def day_before(day: date, since: date, newest: date) -> date | None:
    """The day to go on with; None: the span that was asked for ends, or the limit is reached."""
    earlier = day - timedelta(days=1)
    return earlier if earlier >= since and (newest - earlier).days < MAX_ARCHIVE_DAYS else None


def fingerprint(ids: Iterable[str]) -> str:
    """What tells one archive page from another: a site that does not know the form serves the same page every day."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:16]
