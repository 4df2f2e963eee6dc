"""Notices beside a story: of an "undesirable organization", before sensitive pictures, glossaries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.notices import GLOSSARY, IF_IN_RUSSIA, SENSITIVE, UNDESIRABLE
from newscrawl.extract.plaintext.promotions import asks_to_click, names_house
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
        if len(line) > MAX_WHOLE:
            continue
        opening = small(line[:_HEAD])
        if opening.startswith(_second_sentences()):
            places.add(place)
            if place and _is_first_sentence(lines[place - 1]):
                places.add(place - 1)
            if place + 1 < len(lines) and asks_to_click(lines[place + 1]):
                places.add(place + 1)
        elif _calls_undesirable(line, opening) and (
            any(phrase in small(line) for phrase in _second_sentences())
            or (place + 1 < len(lines) and len(line) <= MAX_FIRST and asks_to_click(lines[place + 1]))
        ):
            places |= {place, place + 1} if place + 1 < len(lines) and asks_to_click(lines[place + 1]) else {place}
    return places


def warns_of_picture(line: str) -> bool:
    """Return whether a line warns of a sensitive picture or recording."""
    return len(line) <= MAX_SENSITIVE and small(line[:_HEAD]).startswith(_sensitive())


def glossary_start(lines: Sequence[str]) -> int | None:
    """Return where the glossary of Learning English begins; None without one."""
    for place, line in enumerate(lines):
        if place and len(line) <= MAX_GLOSSARY_HEAD and comparable(line) in _glossary():
            return place
    return None


def _is_first_sentence(line: str) -> bool:
    return len(line) <= MAX_FIRST and any(phrase in small(line) for phrase in _undesirable())


def _calls_undesirable(line: str, opening: str) -> bool:
    return names_house(opening) and any(phrase in small(line) for phrase in _undesirable())


@cache
def _second_sentences() -> tuple[str, ...]:
    return tuple(small(phrase) for phrases in IF_IN_RUSSIA.values() for phrase in phrases)


@cache
def _undesirable() -> tuple[str, ...]:
    return tuple(small(phrase) for phrases in UNDESIRABLE.values() for phrase in phrases)


@cache
def _sensitive() -> tuple[str, ...]:
    return tuple(small(phrase) for phrases in SENSITIVE.values() for phrase in phrases)


@cache
def _glossary() -> frozenset[str]:
    return frozenset(map(comparable, GLOSSARY))
