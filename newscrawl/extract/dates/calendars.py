"""Days written in words, in the languages of the family, by the Gregorian or the Solar Hijri calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from newscrawl.extract.phrases.months import MONTHS, SOLAR_MONTHS, SPACED_MONTHS
from newscrawl.extract.text import same_letters

_ZEROS = "٠۰०০๐໐༠၀០０"
"""The zeros of Arabic, Persian, Devanagari, Bangla, Thai, Lao, Tibetan, Burmese, Khmer and wide digits."""

DIGITS = {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}

_FOREIGN_DIGIT = re.compile(f"[{''.join(map(chr, DIGITS))}]")
Month = tuple[str, int]
"""``gregorian`` or ``solar``, and its number."""

_FOUR_DIGITS = re.compile(r"\d{4}")
_NUMBERS_JOINED = re.compile(r"[./年년-](?:(?<=[年년])|(?<=\d.)\d)")
"""Digits on both sides of a mark, or a Chinese year. It begins with a set, which is what a search skips to."""
_YEAR = re.compile(r"[12](?<!\d.)(?:(?<=1)[349]|(?<=2)0)\d\d(?!\d)")
"""13xx, 14xx, 19xx, 20xx, no part of a longer number."""
_REACH = 45
"""Characters before and after a year in which its day and month are looked for: "2016-nji ýylyň 28-nji sentýabrynda"
has 28."""

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_GAP = re.compile(r"[\s,./·'’ʻ\-–\u200c\u0651-\u0655()]*")
"""What may stand between the parts of a date; anything else parts it from the rest of the text."""

_MAX_ENDING = 4
"""Letters of a case ending after a month's name: "iýulynda", "novemberi", "сентября"."""

_FILLERS = frozenset(
    """
    de del of the la le год года году г року рік р год года жыл жылы жылғы жылдың жылдын жылдары йил йили йилнинг
    йилда соли сол yil yili yilning ili ilin ildə senesi sene yılı еллы ел елның елда шо шеран шарахь թ թվականի
    წელი წლის წ год годзе году năm ýyl ýylyň ýylda anul di dhe viti годината година години godine god
    ora klo
    nji njy ынчы нчы нчи нче інші ші шы th st nd rd го е й ին ը
    """.split()  # noqa: SIM905 - words in a row are read more easily than quoted ones
)
"""Words and endings that join the parts of a date: "2016 жылғы 9 қараша", "9 de noviembre de 2016",
"9-nji"."""

_OCTOBER_IN_CROATIAN = "listopad"
"""Elsewhere the name of November; it counts as such unless the Serbian name of October stands beside it."""

_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d])")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_HAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일號号]?")

_NAMES_WITH_BLANKS = "|".join(map(re.escape, sorted(SPACED_MONTHS, key=len, reverse=True)))
_BETWEEN = r"[\s,،၊។။]*(?:ที่|พ\.ศ\.|ค\.ศ\.|সাল|ឆ្នាំ|ປີ|ខែ|ရက်|ခုနှစ်)?[\s,،၊]*"
_SPACED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}}){_BETWEEN}(?P<month>{_NAMES_WITH_BLANKS}){_BETWEEN}(?P<year>\d{{4}})(?!\d)"
    rf"|(?P<month2>{_NAMES_WITH_BLANKS}){_BETWEEN}(?P<day2>\d{{1,2}}){_BETWEEN}(?P<year2>\d{{4}})(?!\d)"
    rf"|(?P<year3>\d{{4}}){_BETWEEN}(?P<month3>{_NAMES_WITH_BLANKS}){_BETWEEN}(?P<day3>\d{{1,2}})(?!\d)"
)
_NUMBERED_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:,\s*)?(?:tháng|thg)\s*(\d{1,2})(?:\s*,|\s+năm)?\s*(\d{4})(?!\d)", re.I
)
"""Vietnamese: "28 tháng 4, 2024"."""

_BUDDHIST_YEARS = 543
"""Years that the Thai calendar is ahead of the Gregorian one."""

_FIRST_BUDDHIST_YEAR = 2443
"""The year 1900; no Gregorian year of a page is that late."""

_SOLAR_EPOCH = date(622, 3, 20).toordinal()
"""What the day of the year is counted from (proleptic Gregorian)."""


class WrittenDay(NamedTuple):
    """A day and where in the text it is written."""

    day: date
    start: int
    end: int


def written_days(text: str) -> Iterator[WrittenDay]:
    """The days that ``text`` names with their years, in the text's order of years; relative ones are none."""
    if not text.isascii() and _FOREIGN_DIGIT.search(text) is not None:
        text = text.translate(DIGITS)
    first = _FOUR_DIGITS.search(text)
    if first is None:
        return
    if _NUMBERS_JOINED.search(text) is not None:
        yield from _numeric_days(text)
    if not text.isascii():
        yield from _days_of_spaced_months(text)
    for year in _YEAR.finditer(text, first.start()):
        found = _day_around(text, year)
        if found is not None:
            yield found


def first_written_day(text: str) -> WrittenDay | None:
    """Return the first day that ``text`` names, or None."""
    return min(written_days(text), key=lambda written: written.start, default=None)


def written_day(text: str) -> date | None:
    """Return the first day that ``text`` names, or None."""
    found = first_written_day(text)
    return found.day if found else None


def gregorian(year: int, month: int, day: int) -> date | None:
    """The day by its numbers: Solar Hijri from 1300 to 1499, else Gregorian; None where there is no such day."""
    if 1300 <= year < 1500:
        return _from_solar_hijri(year, month, day)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric_days(text: str) -> Iterator[WrittenDay]:
    for pattern, order in ((_NUMERIC, (3, 2, 1)), (_YEAR_FIRST, (1, 3, 4)), (_HAN, (1, 2, 3))):
        for match in pattern.finditer(text):
            day = gregorian(*(int(match[group]) for group in order))
            if day is not None:
                yield WrittenDay(day, match.start(), match.end())
    for match in _SLASHED.finditer(text):
        first, second = int(match[1]), int(match[2])
        if first == second or max(first, second) > 12:  # else nobody can tell day from month
            month, day_number = sorted((first, second))
            day = gregorian(int(match[3]), month, day_number)
            if day is not None:
                yield WrittenDay(day, match.start(), match.end())


def _days_of_spaced_months(text: str) -> Iterator[WrittenDay]:
    for match in _SPACED.finditer(text):
        year = int(match["year"] or match["year2"] or match["year3"])
        year -= _BUDDHIST_YEARS if year >= _FIRST_BUDDHIST_YEAR else 0
        month = SPACED_MONTHS[match["month"] or match["month2"] or match["month3"]]
        day = gregorian(year, month, int(match["day"] or match["day2"] or match["day3"]))
        if day is not None:
            yield WrittenDay(day, match.start(), match.end())
    for match in _NUMBERED_MONTH.finditer(text):
        day = gregorian(int(match[3]), int(match[2]), int(match[1]))
        if day is not None:
            yield WrittenDay(day, match.start(), match.end())


def _day_around(text: str, year: re.Match[str]) -> WrittenDay | None:
    """The day whose month and number stand before or after the year."""
    before = list(_TOKEN.finditer(text, max(0, year.start() - _REACH), year.start()))
    parts = _day_and_month(text, before[::-1], year.start(), backwards=True)
    if parts is None:
        after = list(_TOKEN.finditer(text, year.end(), year.end() + _REACH))
        parts = _day_and_month(text, after, year.end(), backwards=False)
    if parts is None:
        return None
    number, month, edge = parts
    day = _of_calendar(int(year[0]), month, number)
    return None if day is None else WrittenDay(day, min(edge, year.start()), max(edge, year.end()))


def _day_and_month(
    text: str, tokens: list[re.Match[str]], edge: int, *, backwards: bool
) -> tuple[int, Month, int] | None:
    """Number and month that follow each other, in either order, from ``edge`` on; and where they end."""
    number: int | None = None
    month: Month | None = None
    is_second_name = False
    for token in tokens:
        gap = text[token.end() : edge] if backwards else text[edge : token.start()]
        if _GAP.fullmatch(gap) is None:
            return None
        edge = token.start() if backwards else token.end()
        word = normalize("NFC", token[0].casefold())  # which takes some Greek letters apart
        if number is None and word.isdigit() and 1 <= int(word) <= 31:
            number = int(word)
        elif word in _FILLERS:
            continue
        elif (named := month_named(word)) is not None and (month in (None, named) or is_second_name):
            month = named  # "18. januar/siječanj" names it twice
            is_second_name = word == _OCTOBER_IN_CROATIAN
        else:
            return None
        if number is not None and month is not None:
            return number, month, edge
    return None


def _of_calendar(year: int, month: Month, number: int) -> date | None:
    return gregorian(year, month[1], number) if (month[0] == "solar") == (year < 1500) else None


@cache
def _names() -> dict[str, Month]:
    names = {same_letters(name): ("solar", month) for month, forms in enumerate(SOLAR_MONTHS, 1) for name in forms}
    for months in MONTHS.values():
        names |= {same_letters(name): ("gregorian", month) for month, forms in enumerate(months, 1) for name in forms}
    return names


def month_named(word: str) -> Month | None:
    """Return the month that a case-folded ``word`` names, with a case ending or without; None for any other word."""
    names = _names()
    word = same_letters(word)
    found = names.get(word)
    if found is None:
        for length in range(len(word) - 1, max(len(word) - _MAX_ENDING, 4) - 1, -1):
            found = names.get(word[:length])
            if found is not None:
                break
    return found


def _from_solar_hijri(year: int, month: int, day: int) -> date | None:
    """By the 33-year cycle of leap years, which is the official calendar from 1244 to 1472 (1865 to 2093).

    Source: K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon, and Planets 74 (1996).
    """
    is_leap = (8 * year + 29) // 33 > (8 * year + 21) // 33
    lengths = (31,) * 6 + (30,) * 5 + (30 if is_leap else 29,)
    if not (1 <= month <= 12 and 1 <= day <= lengths[month - 1]):
        return None
    leap_days = (8 * year + 21) // 33
    return date.fromordinal(_SOLAR_EPOCH + 365 * (year - 1) + leap_days + sum(lengths[: month - 1]) + day)
