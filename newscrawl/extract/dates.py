"""Dates as pages write them, to ISO 8601 with offset. No clock: a relative date ("28 minutes ago") is no date."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from newscrawl.extract.calendars import gregorian_from_persian, written_date

_CMS = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?")
_FRACTION = re.compile(r"([.,])(\d+)")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")

MAX_LENGTH = 100
"""Characters: the longest date of any format here has 40."""
FIRST_YEAR = 1900
"""Earlier years are the CMS's way to say "none" (0001-01-01), or an error."""


def parsed_date(raw: str | None, time_zone: str) -> str | None:
    """``raw`` as ISO 8601 with offset, ``YYYY-MM-DDTHH:MM:SS+HH:MM``; None when it tells no day.

    A date without offset is taken in ``time_zone`` (IANA name); a date alone is that day's first instant there.
    """
    if not raw or len(raw) > MAX_LENGTH:
        return None
    text = raw.strip().translate(_DIGITS)
    moment = _iso(text) or _rfc_822(text) or _written(text)
    if moment is None or moment.year < FIRST_YEAR:
        return None
    try:
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=_zone(time_zone))
        return moment.isoformat(timespec="seconds")
    except (OverflowError, ValueError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    match = _CMS.fullmatch(text)
    if match is None:
        return None
    day, time, offset = match.groups()
    time = _FRACTION.sub(lambda fraction: "." + fraction[2][:6].ljust(6, "0"), time)
    suffix = "" if offset is None else "+00:00" if offset.isalpha() else offset
    try:
        return datetime.fromisoformat(f"{day}T{time}{suffix}")
    except ValueError:
        return None


def _rfc_822(text: str) -> datetime | None:
    """The form of RSS and HTTP headers: ``Sun, 28 Apr 2024 07:00:00 +0000`` (RFC 5322, 3.3)."""
    if not re.match(r"(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None


def _written(text: str) -> datetime | None:
    """Dates in words or numbers, Gregorian or Solar Hijri, with or without a time."""
    found = written_date(text) or gregorian_from_persian(text)
    if found is None:
        return None
    clock = re.search(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?!\d)", text)
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    return datetime(found.year, found.month, found.day, hour, minute)  # noqa: DTZ001 - the zone is set by the caller


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def instant(moment: datetime) -> str:
    """``moment`` as WARC-Date and JSON have it: ISO 8601, UTC, ``Z``, fraction only where there is one."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
