"""Times of day and time zones, as pages write them beside a date."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

_MORNING = (
    *("上午", "凌晨", "早上", "清晨", "午前", "오전", "am", "a.m", "a. m", "a.m.", "ق.ظ", "ق. ظ", "قبل از ظهر"),
    *("قبل\u200cازظهر", "صبح", "صباحا", "صباحًا", "ص", "π.μ", "πμ", "öö", "paradite", "paradites", "de.", "sa"),
    *("সকাল", "ভোর", "ጥዋት", "ከጠዋቱ", "ព្រឹក", "ເຊົ້າ", "နံနက်", "dop.", "προ μεσημβρίας"),
)
"""Words for the hours before noon: 12 is midnight."""

_AFTERNOON = (
    *("下午", "午後", "傍晚", "오후", "pm", "p.m", "p. m", "p.m.", "ب.ظ", "ب. ظ", "بعد از ظهر", "بعدازظهر"),
    *("بعد ازظهر", "بعد\u200cازظهر", "عصر", "مساء", "مساءً", "م", "μ.μ", "μμ", "ös", "pasdite", "pasdites", "du.", "ch"),
    *("বিকাল", "বিকেল", "দুপুর", "ከሰዓት", "ល្ងាច", "ແລງ", "ညနေ", "شام", "سه\u200cپهر", "odp.", "μετά μεσημβρίας"),
)
"""Words for the hours from noon on: 12 is noon."""

_NIGHT = ("晚上", "夜里", "夜裡", "夜", "夜晚", "밤", "شب", "رات", "রাত", "ລາດຕີ", "ည", "យប់")
"""Words for the evening and the night: 12 is midnight."""

_NOON_OF_CLOCK = ("中午", "正午", "ظهر", "دوپہر")
"""Words around noon: 11 and 12 stay, 1 and later are afternoon."""

_WORDS = "|".join(
    re.escape(word) for word in sorted((*_MORNING, *_AFTERNOON, *_NIGHT, *_NOON_OF_CLOCK), key=len, reverse=True)
)
_BEFORE = rf"(?:(?P<before>{_WORDS})[\s،,]*)?"
_AFTER = rf"(?:[\s،]*(?P<after>{_WORDS})(?![^\W\d_]))?"
_CLOCK = re.compile(
    rf"(?<![\d:.]){_BEFORE}(?P<hour>[01]?\d|2[0-4])\s*(?:[:：]|h(?=\d)|\bh\s|[時时시點点]\s*)"
    rf"(?P<minute>[0-5]\d)(?:\s*[:：分분]\s*(?P<second>[0-5]\d))?(?![\d:])(?:[.,]\d+)?(?:\s*[分분])?{_AFTER}",
    re.I,
)
"""``19:40``, ``7:40 p.m.``, ``9h15``, ``오후 1시 18분``, ``下午3點05分``."""

_DOTTED = re.compile(
    rf"[\s,،|–—-]+(?:(?:um|at|à|ora|klo|kl\.?|v|о|об|в|во|у|alle|ob|u|saat|soat|соат)\s+)?"
    rf"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d.]){_AFTER}",
    re.I,
)
"""``19.40`` after a day."""

_HOUR_ALONE = re.compile(
    rf"(?<![\d:.]){_BEFORE}(?P<hour>1[0-2]|0?\d)\s*(?:(?P<after>[ap]\.?\s?m\b\.?)|[時时시點点](?!\s*\d))", re.I
)
"""``7am``, ``오후 1시``."""

_NAMED = re.compile(r"(?:(?<!\d)12\s*)?\b(?:(?P<noon>noon|midday)|(?P<midnight>midnight))\b", re.I)

_AREA = re.compile(
    r"\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|US|Etc)/[A-Za-z_]+(?:/[A-Za-z_]+)?"
)
_FROM_UTC = re.compile(r"(?<![\w:-])(?:GMT|UTC|Z)?\s*([+\-−])(\d{1,2})(?::?([0-5]\d))?(?![\d:])", re.I)
_LETTERS = re.compile(r"(?<![\w/])(?-i:([A-Z]{1,5}))(?![\w/])")

_HOURS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "MSD": 4, "TRT": 3, "GET": 4, "AMT": 4, "AZT": 4, "SAMT": 4, "IRST": 3.5, "IRDT": 4.5,
    "AFT": 4.5, "PKT": 5, "UZT": 5, "TJT": 5, "TMT": 5, "YEKT": 5, "ALMT": 5, "KGT": 6, "OMST": 6, "NOVT": 7,
    "KRAT": 7, "IRKT": 8, "YAKT": 9, "VLAT": 10, "MAGT": 11, "PETT": 12, "NPT": 5.75, "BTT": 6, "MMT": 6.5, "ICT": 7,
    "WIB": 7, "WITA": 8, "WIT": 9, "HKT": 8, "SGT": 8, "PHT": 8, "JST": 9, "KST": 9, "AWST": 8, "ACST": 9.5,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EAT": 3, "CAT": 2, "SAST": 2, "WAT": 1, "IDT": 3, "AST": -4,
    "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9,
    "AKDT": -8, "HST": -10, "NST": -3.5, "NDT": -2.5, "BRT": -3, "ART": -3, "COT": -5, "PET": -5, "VET": -4,
}  # fmt: skip
"""Names of offsets that stand in dates, in hours; with two meanings, the North American one (RFC 5322, 4.3)."""

_AREAS = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
"""Names of zones whose offset depends on the day."""


class TimeOfDay(NamedTuple):
    """A time, and where in the text it ends."""

    hour: int
    minute: int
    second: int
    end: int


def time_beside(text: str, day_start: int, day_end: int) -> TimeOfDay | None:
    """Return the time that ``text`` has beside a day that is written from ``day_start`` to ``day_end``, or None."""
    match = _CLOCK.search(text)
    if match is not None:
        return _time(match, int(match["second"] or 0))
    match = _DOTTED.match(text, day_end) or _HOUR_ALONE.search(text, day_end) or _HOUR_ALONE.search(text[:day_start])
    if match is not None:
        return _time(match, 0)
    match = _NAMED.search(text)
    return TimeOfDay(12 if match["noon"] else 0, 0, 0, match.end()) if match is not None else None


def zone_after(text: str, start: int) -> tzinfo | None:
    """Return the zone or the offset that ``text`` names from ``start`` on, or None."""
    rest = text[start:]
    if area := _AREA.search(rest):
        return named_zone(area[0])
    if offset := _FROM_UTC.search(rest):
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours <= 14 and (offset[3] or len(offset[2]) == 2 or not offset[0].strip()[0].isdigit()):
            delta = timedelta(hours=hours, minutes=minutes)
            return timezone(-delta if offset[1] in "-−" else delta)
    for letters in _LETTERS.finditer(rest):
        if letters[1] in _AREAS:
            return named_zone(_AREAS[letters[1]])
        if letters[1] in _HOURS:
            return timezone(timedelta(hours=_HOURS[letters[1]]))
    return None


@cache
def named_zone(name: str) -> tzinfo | None:
    """Return the zone that IANA calls ``name``, or None where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _time(match: re.Match[str], second: int) -> TimeOfDay:
    groups = match.groupdict()
    word = re.sub(r"\s", " ", (groups.get("before") or groups.get("after") or "").lower()).strip()
    return TimeOfDay(_hour(int(groups["hour"]), word), int(groups.get("minute") or 0), second, match.end())


def _hour(hour: int, word: str) -> int:
    """Return an hour of 24 from one that a word for a part of the day may go with."""
    if not word or hour > 12:
        return hour
    plain = word.replace(" ", "").rstrip(".")
    if word in _MORNING or plain in ("am", "a.m"):
        return hour % 12
    if word in _NIGHT:
        return hour % 12 if hour == 12 or hour < 5 else hour + 12
    if word in _NOON_OF_CLOCK:
        return hour if hour >= 10 else hour + 12
    return hour % 12 + 12
