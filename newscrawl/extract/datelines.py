"""Datelines: the place that opens a report, such as "KYIV --" or "ПРАГА —"."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_PLACE = 60
"""Characters: "WASHINGTON, NEW YORK, BRUSSELS" and the like; more is a sentence."""
MAX_CASELESS = 15
"""Characters of a place in a script without capitals, where nothing else tells a place from a sentence's subject."""

_DASH = r"(?:--+|[–—―]|(?<=\s)-)"
_WORD = r"[^\W\d_]+[.'’]?"
_PLACE = rf"{_WORD}(?:(?:\s?[/,]\s?|\s|-){_WORD}){{0,7}}"
_OPENING = re.compile(rf"\s*((?P<place>{_PLACE})(?:\s*\([^()]{{2,30}}\))?\s*{_DASH})\s+(?=(?P<next>\S))")
_ALONE = re.compile(rf"\s*((?P<place>{_PLACE})\s*{_DASH})\s*")
# Letters without case that open datelines in the family: Arabic and Han. (Georgian writes "X — Y" for "X is Y".)
_CASELESS = re.compile(r"[\u0600-\u06ff\u4e00-\u9fff\u200c]+(?:\s[\u0600-\u06ff\u200c]+)?")


def split_dateline(paragraphs: Sequence[str]) -> tuple[str | None, list[str]]:
    """The dateline that opens the first paragraph, and the paragraphs without it.

    A place in capitals before a dash is one where a sentence begins after it ("НАТО — это союз" stays whole); in
    scripts without capitals a word or two are. A first paragraph that is nothing but a dateline is one.
    """
    kept = list(paragraphs)
    if not kept:
        return None, kept
    first = kept[0][: MAX_PLACE + 60]
    match = _OPENING.match(first)
    if match is not None and _is_place(match["place"]) and not match["next"].islower():
        kept[0] = kept[0][match.end() :]
        return match[1].strip(), kept
    alone = _ALONE.fullmatch(kept[0]) if len(kept) > 1 and len(kept[0]) <= MAX_PLACE else None
    if alone is not None and _is_place(alone["place"]):
        kept.pop(0)
        return alone[1].strip(), kept
    return None, kept


def _is_place(text: str) -> bool:
    if not 2 <= len(text) <= MAX_PLACE:
        return False
    if _CASELESS.fullmatch(text):
        return len(text) <= MAX_CASELESS
    return text.isupper() and not any(character.islower() for character in text)
