"""Where sentences end: the one place that knows the marks of every script of the family."""

from __future__ import annotations

import re

SENTENCE_MARKS = ".!?…。！？؟۔։჻।॥།።၊။៕៖"
"""Full stops, question and exclamation marks of all scripts of the family's languages: Latin, Cyrillic, Chinese,
Arabic (U+061F, U+06D4 for Urdu and Pashto), Armenian (U+0589), Georgian, Bengali, Tibetan, Ethiopic, Burmese, Khmer.
Thai and Lao have none."""

CLOSING_QUOTES = "\"'»”’)]』」"
"""What may follow the mark within the same sentence."""

_END = re.compile(rf"[{SENTENCE_MARKS}][{re.escape(CLOSING_QUOTES)}]*$")
_END_OR_PAUSE = re.compile(rf"[{SENTENCE_MARKS}:;：；][{re.escape(CLOSING_QUOTES)}]*$")
_NEXT = re.compile(rf"(?<=[{SENTENCE_MARKS}{re.escape(CLOSING_QUOTES)}])\s+")


def ends_sentence(text: str) -> bool:
    """Return whether ``text`` ends as a sentence does, closing quotes and brackets aside."""
    return _END.search(text, max(len(text) - 8, 0)) is not None


def ends_clause(text: str) -> bool:
    """Return whether ``text`` ends as a sentence does, or with a colon or semicolon before a list or a quote."""
    return _END_OR_PAUSE.search(text, max(len(text) - 8, 0)) is not None


def sentence_starts(text: str, start: int = 0) -> list[int]:
    """Return the places in ``text`` from ``start`` on where a new sentence may begin after the end of another."""
    return [match.end() for match in _NEXT.finditer(text, start)]
