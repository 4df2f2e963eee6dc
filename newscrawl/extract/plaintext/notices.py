"""Notices beside a story: of an "undesirable organization", before sensitive pictures, glossaries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from newscrawl.extract.lines.forms import compared_form, small_form
from newscrawl.extract.lines.links import script_of
from newscrawl.extract.lines.plain import is_plain_text
from newscrawl.extract.lines.promotions import asks_to_click, names_house
from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.notices import GLOSSARY, IF_IN_RUSSIA, SENSITIVE, UNDESIRABLE
from newscrawl.extract.text import comparable

MAX_FIRST = 300
MAX_WHOLE = 1_500
"""Characters of the first sentence of the notice for readers in Russia, and of all of it in one paragraph."""

MAX_SENSITIVE = 250
MAX_GLOSSARY_HEAD = 40

_HEAD = 60


def undesirable_notice(lines: Sequence[str]) -> set[int]:
    """Return the places of the notice that tells readers in Russia what they risk, in any language of the family.

    Its second sentence ("If you are in Russia …") is unlike any other; the first one counts only beside it or beside
    the words of a link, since news say the same of publishers.
    """
    places: set[int] = set()
    for place, line in enumerate(lines):
        if len(line) > MAX_WHOLE or is_plain_text(line):
            continue
        words = small_form(line)
        if words.startswith(_second_sentences()):
            places |= {place, *_beside(lines, place)}
            if place and _is_first_sentence(lines[place - 1]):
                places.add(place - 1)
        elif _calls_undesirable(words) and names_house(words[:_HEAD]):
            beside = _beside(lines, place) if len(line) <= MAX_FIRST else set()
            if beside or any(phrase in words for phrase in _second_sentences()):
                places |= {place, *beside}
    return places


def _beside(lines: Sequence[str], place: int) -> set[int]:
    """Return the place of the words of a link below a line."""
    return {place + 1} if place + 1 < len(lines) and asks_to_click(lines[place + 1]) else set()


def warns_of_picture(line: str) -> bool:
    """Return whether a line warns of a sensitive picture or recording."""
    return len(line) <= MAX_SENSITIVE and small(line[:_HEAD]).startswith(_sensitive())


def glossary_start(lines: Sequence[str]) -> int | None:
    """Return where the glossary of Learning English begins; None without one."""
    for place, line in enumerate(lines):
        if place and len(line) <= MAX_GLOSSARY_HEAD and compared_form(line) in _glossary():
            return place
    return None


def _is_first_sentence(line: str) -> bool:
    return len(line) <= MAX_FIRST and _calls_undesirable(small_form(line))


def _calls_undesirable(words: str) -> bool:
    """Return whether a text in small letters calls somebody so, in words of the script of its first letter."""
    return any(phrase in words for phrase in _undesirable().get(script_of(words), ()))


@cache
def _second_sentences() -> tuple[str, ...]:
    return tuple(small(phrase) for phrases in IF_IN_RUSSIA.values() for phrase in phrases)


@cache
def _undesirable() -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for phrases in UNDESIRABLE.values():
        for phrase in map(small, phrases):
            found[script_of(phrase)] = (*found.get(script_of(phrase), ()), phrase)
    return found


@cache
def _sensitive() -> tuple[str, ...]:
    return tuple(small(phrase) for phrases in SENSITIVE.values() for phrase in phrases)


@cache
def _glossary() -> frozenset[str]:
    return frozenset(map(comparable, GLOSSARY))
