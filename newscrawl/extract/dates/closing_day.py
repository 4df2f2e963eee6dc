"""The day on which a picture was taken, by the end of its caption."""

from __future__ import annotations

import re

from newscrawl.extract.dates.calendars import written_days
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
