"""Days written in words: months in the family's languages, and the Solar Hijri calendar of Iran and Afghanistan."""

from __future__ import annotations

import re
from datetime import date

from newscrawl.extract.phrases import MONTHS, PERSIAN_MONTHS

_WORD = r"[^\W\d_]+(?:['’ʻʼ‘][^\W\d_]+)*\.?"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|-ը|-ին|-го|-е|-ші|-сі|\.)?,?\s+({_WORD})(?:\s+(?:de|la))?,?\s+(\d{{4}})(?!\d)"
)
_MONTH_FIRST = re.compile(rf"({_WORD})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)")
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(\d{{4}})(?:\.|-?[^\W\d_]{{0,6}})?,?\s+(?:(\d{{1,2}})\.?[-\s]*({_WORD})|({_WORD})\s+(\d{{1,2}}))(?!\d)"
)
_HAN = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")
_PERSIAN_NUMERIC = re.compile(r"(?<!\d)(1[34]\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")

_BY_NAME = {name: number for names in MONTHS.values() for number, forms in enumerate(names, 1) for name in forms}
_PERSIAN_BY_NAME = {name: number for number, forms in enumerate(PERSIAN_MONTHS, 1) for name in forms}


def written_date(text: str) -> date | None:
    """The first Gregorian day that ``text`` names with its year, in any language of the family; None without one."""
    if match := _HAN.search(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    for day, name, year in _named(text):
        if (month := _month(name, _BY_NAME)) and (found := _day(int(year), month, int(day))):
            return found
    if match := _NUMERIC.search(text):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    return None


def gregorian_from_persian(text: str) -> date | None:
    """The first Solar Hijri day that ``text`` names ("۲۳ آبان ۱۴۰۱", "1401/08/23"), as a Gregorian day."""
    for day, name, year in _named(text):
        month = _month(name, _PERSIAN_BY_NAME)
        if month and 1200 <= int(year) < 1600:
            return _from_solar_hijri(int(year), month, int(day))
    if match := _PERSIAN_NUMERIC.search(text):
        return _from_solar_hijri(int(match[1]), int(match[2]), int(match[3]))
    return None


def _named(text: str) -> list[tuple[str, str, str]]:
    """All (day, month name, year) in ``text``, the forms with the day first before the others."""
    found = [(match[1], match[2], match[3]) for match in _DAY_FIRST.finditer(text)]
    found += [(match[2], match[1], match[3]) for match in _MONTH_FIRST.finditer(text)]
    for match in _YEAR_FIRST.finditer(text):
        found.append((match[2] or match[5], match[3] or match[4], match[1]))
    return found


def _month(name: str, names: dict[str, int]) -> int | None:
    return names.get(name.casefold().rstrip("."))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_SOLAR_EPOCH = date(622, 3, 20).toordinal()
"""The day before 1 Farvardin of year 1, reckoned back by the cycle of leap years (proleptic Gregorian)."""


def _from_solar_hijri(year: int, month: int, day: int) -> date | None:
    """By the 33-year cycle of leap years, which is the official calendar from 1244 to 1472 (1865 to 2093).

    Source: K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon, and Planets 74 (1996).
    """
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    leap_days = (8 * year + 21) // 33
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date.fromordinal(_SOLAR_EPOCH + 365 * (year - 1) + leap_days + before + day)
