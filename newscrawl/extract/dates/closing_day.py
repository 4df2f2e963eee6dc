"""The day on which a picture was taken, by the end of its caption."""

from __future__ import annotations

import re
from typing import NamedTuple

from newscrawl.extract.dates.calendars import DIGITS, month_named, written_days
from newscrawl.extract.phrases.captions import FROM_THE_FILES, any_of

_FIRST_PHOTO_YEAR = 1840
"""Photographs of news are not older."""

_AFTER_DATE = re.compile(
    rf"[\s.,;:)\]»\"”'’/-]*(?:(?:года?|року|р|г|год|жыл|թ|წ|undated|{any_of(FROM_THE_FILES)})[\s.,;:)\]»\"”'’/-]*)*(?:\([^()]{{2,60}}\)[\s.]*)?",
    re.I,
)
_DATED_REACH = 24
"""Characters of the longest of these words with its blank, and more."""

_DATED = re.compile(
    r"(?:\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?|in this|taken(?: on)?|dated|photo(?:graph)? of)\s+|\()$",
    re.I,
)


def closing_day(caption: str) -> str | None:
    """Return the day that closes a caption, or that stands where agencies put it, as ISO 8601 (YYYY-MM-DD).

    Agencies write "Monday, Nov. 7, 2016, in Manchester". A day within a sentence may be that of an event: None.
    """
    days = sorted(written_days(caption), key=lambda written: written.start)
    for written in reversed(days):
        closes = not caption[written.end :].rstrip(" .") or _AFTER_DATE.fullmatch(caption, written.end)
        if (
            closes or _DATED.search(caption, max(written.start - _DATED_REACH, 0), written.start)
        ) and written.day.year >= _FIRST_PHOTO_YEAR:
            return written.day.isoformat()
    return None


class EndingDay(NamedTuple):
    """Where in a text the day stands that closes it, with its year or without."""

    start: int
    is_in_brackets: bool
    is_after_comma: bool
    """Whether a comma parts it from the text, as agencies write it; no comma after a day of the week counts."""
    has_year: bool
    is_range: bool
    """Whether it ends a span of days ("October 2 - February 15, 2026")."""


_ENDING_REACH = 80
"""Characters from the end in which a closing day stands: "(2016-nji ýylyň 28-nji sentýabrynda)" has 37."""

_CLOSERS = ' .)]）。»"”’'
_HAN_DAY = re.compile(r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日$|(?:\d{4}년\s*)?\d{1,2}월\s*\d{1,2}일$")
_MONTH_LAST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|-[^\W\d_]{1,3}|\.|º|er)?\s+(?:de\s+|of\s+)?(?P<month>[^\W\d_]{3,})\.?$"
)
_MONTH_AND_YEAR = re.compile(
    r"[.,،(\[]\s*(?P<month>[^\W\d_]{3,})\.?,?\s+(?:de\s+|of\s+)?[12]\d{3}(?:\s+(?:года|року|г|р|год|god|godine))?[\s.)\]]*$",
    re.I,
)
_DAY_LAST = re.compile(r"(?P<month>[^\W\d_]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th|-[^\W\d_]{1,4})?$")
_WEEKDAY_BEFORE = re.compile(r"(?:day|jour|ota|dag|\bnedelja)\s*,\s*$", re.I)
_COMMA_BEFORE = re.compile(r"[,،、，.]\s*[(\[（]?$")


def ending_day(text: str) -> EndingDay | None:
    """Return where the day stands that closes ``text``, with or without its year; None where none does."""
    shift = max(len(text) - _ENDING_REACH, 0)
    tail = text[shift:].translate(DIGITS)
    dated = _start_of_dated_end(tail)
    start = dated if dated is not None else _start_of_yearless_end(tail.rstrip(_CLOSERS))
    if start is None:
        start = dated = _start_of_month_and_year(tail)
    if start is None:
        return None
    before = tail[:start].rstrip()
    is_after_comma = _COMMA_BEFORE.search(before) is not None and _WEEKDAY_BEFORE.search(before) is None
    return EndingDay(
        shift + start,
        before.endswith(("(", "[", "（")),
        is_after_comma,
        dated is not None,
        before.endswith(("-", "–", "—", " to", " and")),
    )


def _start_of_dated_end(tail: str) -> int | None:
    starts = [
        written.start
        for written in written_days(tail)
        if written.day.year >= _FIRST_PHOTO_YEAR
        and (not tail[written.end :].rstrip(" .") or _AFTER_DATE.fullmatch(tail, written.end) is not None)
    ]
    return min(starts, default=None)


def _start_of_month_and_year(tail: str) -> int | None:
    """Return where a month with its year begins that closes ``tail`` after a comma or a full stop, or in brackets."""
    match = _MONTH_AND_YEAR.search(tail)
    return match.start("month") if match and month_named(match["month"].casefold()) is not None else None


def _start_of_yearless_end(tail: str) -> int | None:
    if not tail:
        return None
    if tail[-1] in "日일":
        match = _HAN_DAY.search(tail)
        return match.start() if match else None
    match = _DAY_LAST.search(tail) if tail[-1].isdigit() else _MONTH_LAST.search(tail) or _DAY_LAST.search(tail)
    if match is None or not 1 <= int(match["day"]) <= 31 or month_named(match["month"].casefold()) is None:
        return None
    return match.start()
