"""The words around a link that a copy lost: "click here"."""

from __future__ import annotations

from functools import cache

from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.promotions import CLICK_HERE

_LAST_LATIN_BLOCK, _MORE_LATIN_BLOCK, _HAN_BLOCK = 0x02, 0x1E, 0x4E


def has_link_words(words: str) -> bool:
    """Return whether the words around a lost link stand in ``words``, a text in small letters.

    Only those in the script of its first letter are looked for.
    """
    return any(phrase in words for phrase in _phrases().get(script_of(words), ()))


def script_of(text: str) -> int:
    """Return a number for the script of the first letter of ``text``: its block of 256 code points, Latin as one."""
    for character in text:
        if character.isalpha():
            block = ord(character) >> 8
            return 0 if block <= _LAST_LATIN_BLOCK or block == _MORE_LATIN_BLOCK else min(block, _HAN_BLOCK)
    return 0


@cache
def _phrases() -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for phrases in CLICK_HERE.values():
        for phrase in map(small, phrases):
            found.setdefault(script_of(phrase), []).append(phrase)
    return {script: tuple(phrases) for script, phrases in found.items()}
