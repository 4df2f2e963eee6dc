"""The lines of a text-only copy: which are the story, which are the page around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from newscrawl.extract.lines.markup import without_markup
from newscrawl.extract.phrases import phrases_of
from newscrawl.extract.phrases.boilerplate import BIO_MARK
from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.page_boilerplate import ALONE, NAVIGATION
from newscrawl.extract.sentences import ends_clause
from newscrawl.extract.text import clean, columns, comparable

MAX_LINE = 200_000
"""Characters of one line that are kept: a text without any line break has at most some 100,000."""

SHORT = 40
"""Width below which a line that ends no sentence is a label, a menu entry, a name."""

MIN_SHORT = 8
SHARE_OF_SHORT = 0.2
EDGE = 8
SHORT_AT_EDGE = 4
"""A copy holds a whole page's menus when it has so many short lines, so large a share of them, and so many among its
first and among its last lines."""

MIN_NAVIGATION = 2
"""Lines among them that every reader of the web knows as parts of a page."""

SHARE_OF_STORY = 0.6
"""Share of the text that the longest run of it holds in a copy of a whole page; in a long list it holds less."""

LABEL_COST = 45
"""What a line that is no text takes from the text around it; a dozen of them part two texts."""

MAX_WORTH = 400
"""Characters of one line that count: one endless line must not outweigh a text."""

MIN_SENTENCE = 25
MIN_UNENDED = 250
"""Width from which a line is text though it ends no sentence; titles of other stories stay below."""

WRAPPED = range(45, 91)
"""Widths of lines that were broken at 72 or 80 columns, a word less or more."""

BULLETS = ("- ", "• ", "* ", "– ", "· ", "‣ ", "◦ ")
"""What begins an entry of a list in a text; menus have none."""


MAX_CACHED = 1_000
"""Characters of the longest line whose forms are kept for the next rule that asks for them."""


class Lines(NamedTuple):
    """A copy as lines."""

    texts: list[str]
    """Clean, none empty."""
    shown: frozenset[str]
    """Those that the markup of the copy calls captions or alternative texts."""


class Story(NamedTuple):
    """The lines of a copy, in their order."""

    before: list[str]
    lines: list[str]
    after: list[str]


def lines_of(text: str) -> Lines:
    """Return the lines of ``text`` without markup; lines that were broken at a width are joined to paragraphs."""
    plain = without_markup(text)
    blocks: list[list[str]] = [[]]
    for raw in plain.text.splitlines():
        line = clean(raw[:MAX_LINE])
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    shown = frozenset(clean(line[:MAX_LINE]) for line in plain.shown)
    if _is_wrapped(blocks):
        return Lines([" ".join(block) for block in blocks if block], shown)
    return Lines([line for block in blocks for line in block], shown)


def small_form(line: str) -> str:
    """Return a line in small letters, as :func:`newscrawl.extract.phrases.edges.small` gives it, from a cache."""
    return _small(line) if len(line) <= MAX_CACHED else small(line)


def compared_form(line: str) -> str:
    """Return the comparable form of a line from a cache."""
    return _compared(line) if len(line) <= MAX_CACHED else comparable(line)


_small = lru_cache(maxsize=4_096)(small)
_compared = lru_cache(maxsize=4_096)(comparable)


def is_text(line: str) -> bool:
    """Return whether a line is a paragraph: a sentence of some width, or wider than any title."""
    width = columns(line)
    return width >= MIN_UNENDED or (width >= MIN_SENTENCE and ends_clause(line))


def whole_page(lines: Sequence[str]) -> Story | None:
    """Return the story of a copy of a whole page, menus and all; None for a copy that is nothing but a story."""
    if not _has_menus(lines):
        return None
    story = story_of(lines)
    worth = sum(map(_worth, lines))
    return story if sum(map(_worth, story.lines)) >= SHARE_OF_STORY * worth else None


def story_of(lines: Sequence[str]) -> Story:
    """Return the run of lines with the most text and the fewest labels in it, and what stands around it."""
    best = (0, 0, 0)
    worth = start = 0
    for place, line in enumerate(lines):
        if worth <= 0:
            worth, start = 0, place
        worth += _worth(line) or -LABEL_COST
        if worth > best[0]:
            best = (worth, start, place + 1)
    _, start, end = best
    return Story(list(lines[:start]), list(lines[start:end]), list(lines[end:]))


def without_bio(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lines before the author's portrait, and those from it on, if most of the text stands before it."""
    mark = comparable(BIO_MARK)
    places = [place for place, line in enumerate(lines) if len(line) < SHORT and comparable(line) == mark]
    if not places:
        return list(lines), []
    wanted = frozenset(places)
    after = sum(map(_worth, lines))
    before = 0
    for place, line in enumerate(lines):
        if place in wanted and before >= after and before:
            return list(lines[:place]), list(lines[place:])
        worth = _worth(line)
        before, after = before + worth, after - worth
    return list(lines), []


def _has_menus(lines: Sequence[str]) -> bool:
    places = [place for place, line in enumerate(lines) if _is_menu_entry(line)]
    return (
        len(places) >= max(MIN_SHORT, SHARE_OF_SHORT * len(lines))
        and sum(place < EDGE for place in places) >= SHORT_AT_EDGE
        and sum(place >= len(lines) - EDGE for place in places) >= SHORT_AT_EDGE
        and sum(_is_navigation(lines[place]) for place in places) >= MIN_NAVIGATION
    )


def _is_navigation(line: str) -> bool:
    return comparable(line) in _navigation()


@cache
def _navigation() -> frozenset[str]:
    return frozenset(comparable(phrase) for table in (ALONE, NAVIGATION) for phrase in phrases_of(table, None))


def _is_menu_entry(line: str) -> bool:
    return columns(line) < SHORT and not ends_clause(line) and not line.startswith(BULLETS)


def _worth(line: str) -> int:
    return min(columns(line), MAX_WORTH) if is_text(line) else 0


def _is_wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """Return whether blank lines part paragraphs whose lines are about equally wide, but for the last of each."""
    several = [block for block in blocks if len(block) > 1]
    inner = [len(line) for block in several for line in block[:-1]]
    return len(several) >= 2 and len(inner) >= 4 and sum(width in WRAPPED for width in inner) > 0.8 * len(inner)
