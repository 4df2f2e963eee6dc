"""Recognise labels that point to another story ("Read also: …"), in every language."""

from __future__ import annotations

import re
from functools import cache

from newscrawl.extract.phrases import phrases_of
from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.read_also import ALSO_READ
from newscrawl.extract.text import comparable

AMBIGUOUS_LABELS = frozenset({"watch", "listen", "related", "more"})
"""Labels that are words of any text; alone on a line they need a colon."""

MAX_POINTER = 200
"""Characters: a longer paragraph that begins like a pointer is text."""

_HEAD = 60
"""Characters of a paragraph in which the longest label ends, with the marks before it."""

_START = 2
"""Letters of a paragraph that are compared first; they exclude most."""

_TELLING_INITIALS = frozenset("abcdefghjlmnopqrtuvwxyz")
"""Letters that are the small form of one capital alone, as i, k and s are not."""

_FIRST_LETTER = re.compile(r"\w")


def label_length(paragraph: str, language: str | None = None) -> int:
    """Return where the title begins after ``Read also:``, or after the same in capitals without a colon; 0 for text."""
    if not may_point(paragraph):  # which spares most the pattern
        return 0
    initial = paragraph[:1].lower()
    pattern = _pointers(initial if initial in _TELLING_INITIALS else "", language)
    match = pattern.match(paragraph) if pattern is not None else None
    return match.end() - 1 if match is not None else 0


@cache
def label_forms(language: str | None = None) -> frozenset[str]:
    """Return the labels that may be a whole paragraph, in comparable form."""
    return frozenset(map(comparable, phrases_of(ALSO_READ, language))) - AMBIGUOUS_LABELS


def may_point(paragraph: str) -> bool:
    """Return whether a paragraph begins with a label of any language, which a sentence may as well."""
    if len(paragraph) > MAX_POINTER:
        return False
    start = 0
    if not paragraph[:1].isalnum():
        if (first := _FIRST_LETTER.search(paragraph, 0, _HEAD)) is None:
            return False
        start = first.start()
    if small(paragraph[start : start + _START]) not in _starts():
        return False
    return small(paragraph[start : start + _HEAD]).startswith(_labels())


@cache
def _pointers(initial: str, language: str | None) -> re.Pattern[str] | None:
    phrases = [phrase for phrase in phrases_of(ALSO_READ, language) if phrase.startswith(initial)]
    if not phrases:
        return None
    with_colon = "|".join(map(re.escape, phrases))
    capitals = [re.escape(phrase.upper()) for phrase in phrases if phrase.upper() != phrase and " " in phrase]
    without = rf"|(?:{'|'.join(capitals)})\b\s*\S" if capitals else ""
    return re.compile(rf"[^\w\s]*\s*(?:(?i:{with_colon})\s*[:：՝]\s*\S{without})")


@cache
def _labels() -> tuple[str, ...]:
    return tuple(map(small, phrases_of(ALSO_READ, None)))


@cache
def _starts() -> frozenset[str]:
    return frozenset(label[:_START] for label in _labels())
