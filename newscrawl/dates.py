"""Parse the dates that protocols write: W3C Datetime and ISO 8601, RFC 822 and its successors, RFC 850, asctime.

Sitemaps, feeds, HTTP headers and robots.txt write them. Dates in the text of pages are read by
:mod:`newscrawl.extract.dates`, and those of WARC headers by :mod:`newscrawl.archive.records.parse_head`.

Every function returns None for text that is no date. None of them raises: a date that cannot be read costs the date,
never the document that holds it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

MAX_LENGTH = 100
"""Characters: the longest form, RFC 850 with a numeric zone and a comment, has about 50."""

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", re.A)
_ISO = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})"
    r"(?:[T\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.I | re.A,
)
"""W3C Datetime (https://www.w3.org/TR/NOTE-datetime) as servers write it: also with a blank, one-digit parts, a named
zone, and any number of decimals."""
_BASIC_ISO = re.compile(r"\d{8}T\d{4}(?:\d{2})?(?:Z|[+-]\d{2}:?(?:\d{2})?)?", re.I | re.A)
"""ISO 8601 without separators."""
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.I)


def instant_of(text: str | None) -> datetime | None:
    """Return the instant that ``text`` names, in UTC and whole seconds; a date without a zone is taken as UTC.

    The fraction is dropped, because the state keeps whole seconds and a date must not be later than itself.
    """
    moment = _moment(text)
    if moment is None:
        return None
    try:
        moment = moment.replace(microsecond=0)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the zone moves the first or last day of the calendar over its edge
        return None


def day_of(text: str | None) -> date | None:
    """Return the day that ``text`` names in its own zone; None where it names only a year or a month."""
    if text and (match := _DAY.match(text.strip()[:MAX_LENGTH])):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            return None
    moment = _moment(text)
    return moment.date() if moment else None


def _moment(text: str | None) -> datetime | None:
    """Return the instant as written, with its zone if it has one."""
    text = (text or "").strip()
    if not text or len(text) > MAX_LENGTH:
        return None
    try:
        return _iso_8601(text) or _rfc_5322(text)
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
        # email.utils raises each of these for some input: an empty group, a year or a zone of twenty digits.
        return None


def _iso_8601(text: str) -> datetime | None:
    if _BASIC_ISO.fullmatch(text):
        return datetime.fromisoformat(text)
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day = match["day"].split("-")
    zone = (match["zone"] or "").upper()
    second = match["second"] or "00"
    clock = f"{match['hour'] or '0':0>2}:{match['minute'] or '00'}:{'59' if second == '60' else second}"
    offset = "Z" if zone in ("UTC", "GMT") else zone
    return datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{clock}{offset}")


def _rfc_5322(text: str) -> datetime | None:
    """Return the instant of RFC 822 (with its successors), RFC 850 or asctime (RFC 9110, 5.6.7).

    Python's parser reads all three. It also takes numbers without the name of a month, which none of them has.
    """
    return parsedate_to_datetime(text) if _MONTH.search(text) else None
