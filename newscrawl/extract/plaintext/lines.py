"""The lines of a text-only copy of a page: which are the story, which are the page around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newscrawl.extract.phrases.boilerplate import BIO_MARK
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
"""A whole page's menus are in a copy when it has so many short lines, so large a share of them, and so many among its
first and among its last lines. Of the 200 wcxb pages made lines 173 are told so, of their texts 2 (lists in rows)."""

LABEL_COST = 45
"""What a line that is no text takes from the text around it; a dozen of them part two texts."""

MAX_WORTH = 400
"""Characters of one line that count: one endless line must not outweigh a text."""

MIN_SENTENCE = 25
MIN_UNENDED = 250
"""Width from which a line is text though it ends no sentence; titles of other stories stay below."""

WRAPPED = range(45, 91)
"""Widths of lines that somebody's editor broke: 72 or 80 columns, a word less or more."""


class Story(NamedTuple):
    """The lines of a copy, in their order."""

    before: list[str]
    lines: list[str]
    after: list[str]


def lines_of(text: str) -> list[str]:
    """The lines of ``text``, clean and none empty; lines that were broken to a width are joined to paragraphs."""
    blocks: list[list[str]] = [[]]
    for raw in text.splitlines():
        line = clean(raw[:MAX_LINE])
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    if _is_wrapped(blocks):
        return [" ".join(block) for block in blocks if block]
    return [line for block in blocks for line in block]


def is_text(line: str) -> bool:
    """Whether a line is a paragraph: a sentence of some width, or wider than any title."""
    width = columns(line)
    return width >= MIN_UNENDED or (width >= MIN_SENTENCE and ends_clause(line))


def has_menus(lines: Sequence[str]) -> bool:
    """Whether the lines are those of a whole page, menus and all."""
    places = [place for place, line in enumerate(lines) if columns(line) < SHORT and not ends_clause(line)]
    return (
        len(places) >= max(MIN_SHORT, SHARE_OF_SHORT * len(lines))
        and sum(place < EDGE for place in places) >= SHORT_AT_EDGE
        and sum(place >= len(lines) - EDGE for place in places) >= SHORT_AT_EDGE
    )


def story_of(lines: Sequence[str]) -> Story:
    """The run of lines with the most text and the fewest labels in it."""
    best = (0, 0, 0)
    worth = start = 0
    for place, line in enumerate(lines):
        if worth <= 0:
            worth, start = 0, place
        worth += min(columns(line), MAX_WORTH) if is_text(line) else -LABEL_COST
        if worth > best[0]:
            best = (worth, start, place + 1)
    _, start, end = best
    return Story(list(lines[:start]), list(lines[start:end]), list(lines[end:]))


def without_bio(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines before the author's portrait, and what follows from there, if most of the text stands before it."""
    mark = comparable(BIO_MARK)
    after = sum(map(_worth, lines))
    before = 0
    for place, line in enumerate(lines):
        if before >= after and before and len(line) < SHORT and comparable(line) == mark:
            return list(lines[:place]), list(lines[place:])
        worth = _worth(line)
        before, after = before + worth, after - worth
    return list(lines), []


def _worth(line: str) -> int:
    return min(columns(line), MAX_WORTH) if is_text(line) else 0


def _is_wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether blank lines part paragraphs whose lines were broken: all but the last of each are about equally wide."""
    several = [block for block in blocks if len(block) > 1]
    inner = [len(line) for block in several for line in block[:-1]]
    return len(several) >= 2 and len(inner) >= 4 and sum(width in WRAPPED for width in inner) > 0.8 * len(inner)
