"""Dates as pages write them, to ISO 8601 with offset. No clock: a relative date ("28 minutes ago") is no date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from newscrawl.extract.dates.calendars import DIGITS, first_written_day, gregorian
from newscrawl.extract.dates.times_of_day import named_zone, time_beside, zone_after

MAX_LENGTH = 120
"""Characters: the longest date of any format here has 60."""

FIRST_YEAR = 1900
"""Earlier Gregorian years are the CMS's way to say "none" (0001-01-01), or errors."""

LAST_YEAR = 2100
"""Later years are of other calendars (2567 in Thailand), or errors."""

_NONE = frozenset(
    {datetime(1970, 1, 1, tzinfo=UTC), datetime(1900, 1, 1, tzinfo=UTC), datetime(1980, 1, 1, tzinfo=UTC)}
)
"""Instants that systems write where they have no date: second 0 of Unix, day 0 of databases and of file systems."""

_LOOSE_ISO = re.compile(
    r"(\d{4})[-.](\d{1,2})[-.](\d{1,2})(?:(?:[T ]+|\s*,\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<zone>Z|(?!am|pm)[A-Z]{2,5}|[A-Za-z_]+/[A-Za-z_/]+|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|\d{2}:\d{2})?",
    re.I,
)
"""ISO 8601 with a blank before the offset or in place of its plus, one-digit parts, a comma, a name for the offset;
Solar Hijri years too."""

_TIMESTAMP = re.compile(r"(?:/Date\()?(\d{10})(\d{3})?(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?")
"""Seconds or milliseconds since 1970, also as old ASP.NET writes them."""

_RFC_5322 = re.compile(
    r"(?:[a-z]{3},?\s+)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?\s+(?P<zone>[a-z]{1,5}|[+-]\d{4})",
    re.I | re.A,
)
"""With its zone, which the older names leave to chance (4.3); ``Python``'s parser reads much more, and wrongly."""

_YEAR_LAST = re.compile(
    r"(?:[a-z]{3}\s+)?([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}:\d{2}:\d{2})\s+(\S{1,9}\s+)?(\d{4})", re.I | re.A
)
"""As C and Java write a date: ``Tue Mar 03 20:15:19 CET 2026``."""

_SHORT_YEAR = re.compile(r"(?<=[^\W\d_]\s)['’](\d\d)\b")
_SHORT_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2})\.(\d\d)(?![\d.])")
_ROMAN = re.compile(r"(?<!\d)(\d{1,2})[.\s]\s*(I{1,3}|IV|VI{0,3}|IX|XI{0,2}|X)[.\s]\s*(\d{4})(?!\d)")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def parsed_date(raw: str | None, time_zone: str) -> str | None:
    """Return ``raw`` as ISO 8601 with offset, ``YYYY-MM-DDTHH:MM:SS+HH:MM``; None when it states no day. Never raises.

    A date without offset is taken in ``time_zone`` (IANA name; UTC where there is no such zone); a date alone is that
    day's first instant there. Understood are ISO 8601 in all its looseness, the CMS's ``YYYY-MM-DD HH:MM:SSZ``,
    RFC 5322, timestamps, and days in words in the languages of the family, Gregorian and Solar Hijri.
    """
    if not raw or len(raw) > MAX_LENGTH:
        return None
    text = raw.strip().replace("%2B", "+").replace("%3A", ":")
    try:
        moment = _moment(text)
        if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=_zone(time_zone))
        return None if moment in _NONE or _is_first_day(moment) else moment.isoformat(timespec="seconds")
    except (ValueError, OverflowError):  # 9999-12-31 in a zone beyond, an offset of 99 hours
        return None


def _is_first_day(moment: datetime) -> bool:
    """Return whether it is the day 0 of Unix, which stands for no date in any zone."""
    return moment.date() == date(1970, 1, 1) and moment.hour == moment.minute == moment.second == 0


def _moment(text: str) -> datetime | None:
    if stamp := _TIMESTAMP.fullmatch(text):
        return datetime.fromtimestamp(int(stamp[1]), UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _loose_iso(text) or _rfc_5322(text) or _in_words(text)
    return moment if moment.year >= FIRST_YEAR else _loose_iso(text)


def _loose_iso(text: str) -> datetime | None:
    match = _LOOSE_ISO.fullmatch(text.translate(DIGITS))
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    found = gregorian(year, month, day)
    if found is None:
        return None
    is_midnight = hour == 24 and not minute and not second  # the end of the day (ISO 8601:2004, 4.2.3)
    moment = datetime(found.year, found.month, found.day, 0 if is_midnight else hour, minute, second)  # noqa: DTZ001 - the zone follows
    moment += timedelta(days=is_midnight)
    zone = match["zone"]
    if zone is None:
        return moment
    known = zone_after(f"+{zone}" if zone[0].isdigit() else zone.upper() if "/" not in zone else zone, 0)
    return moment.replace(tzinfo=known)


def _rfc_5322(text: str) -> datetime | None:
    """Return the date of feeds and HTTP headers: ``Sun, 28 Apr 2024 07:00:00 +0000`` (RFC 5322, 3.3)."""
    match = _RFC_5322.fullmatch(text)
    if match is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    zone = zone_after(match["zone"].upper(), 0) if match["zone"].isalpha() else None
    if zone is not None:
        return moment.replace(tzinfo=zone)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None and text.endswith("-0000") else moment


def _in_words(text: str) -> datetime | None:
    """Return a day in words or numbers, with the time that stands beside it."""
    plain = _spelled_out(text.translate(DIGITS))
    day = first_written_day(plain)
    if day is None:
        return None
    moment = datetime(day.day.year, day.day.month, day.day.day)  # noqa: DTZ001 - the zone follows, or is the newsroom's
    time = time_beside(plain, day.start, day.end)
    if time is None:
        return moment
    next_day = timedelta(days=time.hour == 24)
    moment = moment.replace(hour=time.hour % 24, minute=time.minute, second=time.second) + next_day
    return moment.replace(tzinfo=zone_after(plain, time.end))


def _spelled_out(text: str) -> str:
    """Return ``text`` with Roman months, years of two digits and years behind the time as other dates have them."""
    if match := _YEAR_LAST.fullmatch(text):
        return f"{match[2]} {match[1]} {match[5]} {match[3]} {match[4] or ''}".strip()
    text = _ROMAN.sub(lambda roman: f"{roman[1]}.{_ROMANS.index(roman[2]) + 1}.{roman[3]}", text)
    return _SHORT_NUMERIC.sub(r"\1.20\2", _SHORT_YEAR.sub(r"20\1", text))


def _zone(name: str) -> tzinfo:
    return named_zone(name) or UTC
