"""Dates as pages write them, to ISO 8601 with offset. No clock: a relative date ("28 minutes ago") is no date."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from zoneinfo import ZoneInfo

from newscrawl.extract.dates.calendars import gregorian, written_day

MAX_LENGTH = 120
"""Characters: the longest date of any format here has 60."""

FIRST_YEAR = 1900
"""Earlier Gregorian years are the CMS's way to say "none" (0001-01-01), or errors."""

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")

_LOOSE_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.I,
)
"""ISO 8601 with a blank before the offset, one-digit parts, a comma, a name for the offset; Solar Hijri years too."""

_TIMESTAMP = re.compile(r"(?:/Date\()?(\d{10})(\d{3})?(?:\)/)?")
"""Seconds or milliseconds since 1970, also as old ASP.NET writes them."""

_RFC_5322 = re.compile(
    r"(?:[a-z]{3},?\s+)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?\s+(?:[a-z]{1,4}|[+-]\d{4})", re.I | re.A
)
"""With its zone, which the older names leave to chance (4.3); ``Python``'s parser reads much more, and wrongly."""

_TIME = re.compile(
    r"(?<![\d:])(上午|下午|晚上)?\s*([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：]([0-5]\d))?(?![\d:])\s*(?:([ap])\.?\s?m\b\.?)?",
    re.I,
)
_OFFSET = re.compile(
    r"(?<![\w:-])(?:(?:GMT|UTC)\s*)?([+-])(\d{2}):?(\d{2})(?!\d)|\b(?-i:([A-Z]{1,4}T|UTC|GMT|Z|MSK))\b", re.I
)
_HOURS = {
    "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
}  # fmt: skip
"""Names of offsets that stand in dates; with two meanings, the North American one (RFC 5322, 4.3)."""


def parsed_date(raw: str | None, time_zone: str) -> str | None:
    """``raw`` as ISO 8601 with offset, ``YYYY-MM-DDTHH:MM:SS+HH:MM``; None when it tells no day. Never raises.

    A date without offset is taken in ``time_zone`` (IANA name; UTC where there is no such zone); a date alone is that
    day's first instant there. Understood are ISO 8601 in all its looseness, the CMS's ``YYYY-MM-DD HH:MM:SSZ``,
    RFC 5322, timestamps, and days in words in the languages of the family, Gregorian and Solar Hijri.
    """
    if not raw or len(raw) > MAX_LENGTH:
        return None
    text = raw.strip()
    try:
        moment = _moment(text)
        if moment is None or moment.year < FIRST_YEAR:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=_zone(time_zone))
        return moment.isoformat(timespec="seconds")
    except (ValueError, OverflowError):  # 9999-12-31 in a zone beyond, an offset of 99 hours
        return None


def _moment(text: str) -> datetime | None:
    if stamp := _TIMESTAMP.fullmatch(text):
        return datetime.fromtimestamp(int(stamp[1]), UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _loose_iso(text) or _rfc_5322(text) or _in_words(text)
    return moment if moment.year >= FIRST_YEAR else _loose_iso(text)


def _loose_iso(text: str) -> datetime | None:
    match = _LOOSE_ISO.fullmatch(text.translate(_DIGITS))
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    date = gregorian(year, month, day)
    if date is None:
        return None
    zone = _offset(match[7]) if match[7] else None
    return datetime(date.year, date.month, date.day, hour, minute, second, tzinfo=zone)


def _rfc_5322(text: str) -> datetime | None:
    """The form of feeds and HTTP headers: ``Sun, 28 Apr 2024 07:00:00 +0000`` (RFC 5322, 3.3)."""
    if _RFC_5322.fullmatch(text) is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None and text.endswith("-0000") else moment


def _in_words(text: str) -> datetime | None:
    """A day in words or numbers, with the time that stands beside it."""
    day = written_day(text)
    if day is None:
        return None
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the zone follows, or is the newsroom's
    plain = text.translate(_DIGITS)
    time = _TIME.search(plain)
    if time is None:
        return moment
    hour = _hour(int(time[2]), (time[5] or "").lower(), time[1] or "")
    zone = _OFFSET.search(plain, time.end())
    return moment.replace(
        hour=hour, minute=int(time[3]), second=int(time[4] or 0), tzinfo=_offset(zone[0]) if zone else None
    )


def _hour(hour: int, half: str, part_of_day: str) -> int:
    if half:
        return hour % 12 + (12 if half == "p" else 0)
    return hour + 12 if part_of_day in ("下午", "晚上") and hour < 12 else hour


def _offset(text: str) -> tzinfo | None:
    match = _OFFSET.search(text.upper())
    if match is None:
        return None
    if match[4]:
        hours = _HOURS.get(match[4])
        return None if hours is None else timezone(timedelta(hours=hours))
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset)


@cache
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC
