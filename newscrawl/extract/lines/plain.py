"""One cheap look that spares most lines of text all other rules.

A line is plainly text when it is a sentence of some length and shows nothing that any rule of this package looks for:
no opening of a pointer, a credit, a promotion, a notice or a caption, no day, bracket, colon or link near its edges.
A new rule on whole sentences must add what it looks for here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from newscrawl.extract.lines.links import has_link_words
from newscrawl.extract.phrases.captions import CREDIT_LABELS, FROM_THE_FILES, PICTURE_OPENINGS, SHOWN
from newscrawl.extract.phrases.credits import CREDIT_STARTS
from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.notices import IF_IN_RUSSIA, SENSITIVE
from newscrawl.extract.phrases.promotions import FOLLOW, PROMOTION_STARTS
from newscrawl.extract.phrases.read_also import ALSO_READ
from newscrawl.extract.sentences import SENTENCE_MARKS

MIN_LENGTH = 60
_HEAD, _TAIL, _DAY = 60, 90, 24
_START = 8
"""Letters of an opening that are compared."""

_LASTS = frozenset(SENTENCE_MARKS + "\"'»”“’」』")
_MARKS = re.compile(r"[)）\]/:：|]")
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=4_096)
def is_plain_text(line: str) -> bool:
    """Return whether a line is plainly text; False does not say that it is none."""
    length = len(line)
    if length < MIN_LENGTH or line[-1] not in _LASTS:
        return False
    if _DIGIT.search(line, length - _DAY) or _MARKS.search(line, length - _TAIL):
        return False
    if "--" in line or "@" in line or "©" in line or "://" in line:
        return False
    words = small(line)
    opening = words[:_START]
    whole, short = _openings()
    if words.partition(" ")[2][:_START] in _requests():
        return False
    return not (
        opening in whole or opening.startswith(short) or has_link_words(words) or words.rstrip(" .").endswith(_ends())
    )


@cache
def _openings() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return how the phrases begin that open what is no text: those of eight letters and more, and shorter ones."""
    tables = (ALSO_READ, CREDIT_STARTS, IF_IN_RUSSIA, SENSITIVE, FOLLOW, PROMOTION_STARTS)
    listed = (phrase for table in tables for phrases in table.values() for phrase in phrases)
    phrases = [small(phrase) for phrase in (*listed, *FROM_THE_FILES, *SHOWN, *PICTURE_OPENINGS, *CREDIT_LABELS)]
    return (
        frozenset(phrase[:_START] for phrase in phrases if len(phrase) >= _START),
        tuple({phrase for phrase in phrases if len(phrase) < _START}),
    )


@cache
def _requests() -> frozenset[str]:
    """Return how the longer requests to follow or subscribe begin, which may follow one word ("Also follow us")."""
    return frozenset(
        small(phrase)[:_START] for phrases in FOLLOW.values() for phrase in phrases if len(phrase) >= _START
    )


@cache
def _ends() -> tuple[str, ...]:
    return tuple(map(small, FROM_THE_FILES))
