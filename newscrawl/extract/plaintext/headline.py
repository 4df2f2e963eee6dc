"""The headline of a text-only copy, and the line with its date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newscrawl.extract.captions.match import says_the_same
from newscrawl.extract.captions.parse import caption_parts
from newscrawl.extract.dates.calendars import written_days
from newscrawl.extract.text import comparable

MAX_HEADLINE = 250
MIN_HEADLINE = 15
HEADLINE_REACH = 10
"""Lines above the text of a whole page among which the headline is looked for: section, date, byline, share buttons."""

MIN_LIKENESS = 0.4
"""Share of common words from which a line is the headline that the page's title puts in other words."""

MAX_WORDS_OF_NAME = 4
MAX_NAME = 40
"""Characters: "RFE/RL's Tatar-Bashkir Service" has 30."""

MAX_FRONT_LINE = 120
"""Characters of a line with the date or the byline."""


def first_headline(lines: Sequence[str]) -> str | None:
    """The first line, where it is short, ends no sentence, stands there once, and text follows."""
    if len(lines) < 2 or len(lines[0]) > MAX_HEADLINE or re.search(r"[.。։]$", lines[0]):
        return None
    return None if says_the_same(lines[0], lines[1]) else lines[0]


def headline_place(before: Sequence[str], title: str) -> int | None:
    """Where the headline stands above the text: the line that the page's title repeats, else one much like it.

    A page without a title among its lines has the widest line that may be one as its headline.
    """
    whole = comparable(title)
    has_title = len(title) >= MIN_HEADLINE and before[:1] == [title]
    places = [place for place in range(int(before[:1] == [title]), len(before)) if len(before[place]) >= MIN_HEADLINE]
    repeated = [place for place in places if whole.startswith(comparable(before[place]))]
    if repeated:
        return repeated[-1]
    near = [place for place in places[-HEADLINE_REACH:] if _could_be_headline(before, place)]
    if not near:
        return None
    best = max(near, key=lambda place: (_likeness(before[place], title), len(before[place])))
    return None if has_title and _likeness(before[best], title) < MIN_LIKENESS else best


def _likeness(line: str, title: str) -> float:
    """Share of the words of both that they have in common."""
    words, others = (set(re.findall(r"\w+", text.casefold())) for text in (line, title))
    return len(words & others) / max(len(words | others), 1)


def _could_be_headline(lines: Sequence[str], place: int) -> bool:
    line = lines[place]
    neighbours = [*lines[max(place - 1, 0) : place], *lines[place + 1 : place + 2]]
    words = line.split()
    half = len(words) // 2
    if half and words[:half] == words[half:]:  # a logo and its text
        return False
    if not MIN_HEADLINE <= len(line) <= MAX_HEADLINE or any(says_the_same(line, other) for other in neighbours):
        return False
    parts = caption_parts(line)
    return not (parts.location or parts.dateCreated or parts.creditText or is_date(line))


def is_name(line: str) -> bool:
    """Whether a line could be the name of a person or a service: a few words with capitals, nothing else."""
    words = line.split()
    return (
        1 < len(words) <= MAX_WORDS_OF_NAME
        and len(line) <= MAX_NAME
        and all(word[0].isupper() for word in words)
        and re.search(r"[\d:;!?,]", line) is None
    )


def is_date(line: str) -> bool:
    """Whether a line is a date, with its day of the week, time and place at most; no caption that ends with a day."""
    found = next(written_days(line), None) if len(line) <= MAX_FRONT_LINE and "--" not in line else None
    rest = re.findall(r"[^\W\d_]+", line[: found.start] + line[found.end :]) if found else []
    return found is not None and len(rest) <= 4
