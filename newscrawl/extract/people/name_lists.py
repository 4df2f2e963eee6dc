"""Names in a row, as bylines and credit lines list them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from newscrawl.extract.phrases import phrases_of, primary
from newscrawl.extract.phrases.names import AFTER_EACH, AND
from newscrawl.extract.text import clean, trimmed

MAX_NAME = 100
"""Characters: "RFE/RL's Radio Mashaal and …" and the longest titles of services have under 80."""

MAX_NAMES = 30

_EDGES = " \t.,;:،؛、，；：*_|·•–—-"
_PARTS_OF_NAMES = re.compile(r"(?:jr|sr|ii|iii|iv|phd|ph\.d|md|inc|ltd|llc)\.?", re.I)
_HAN = re.compile(r"[\u3400-\u9fff]{2}")


def names_in(text: str, language: str | None) -> tuple[str, ...]:
    """The names of an enumeration, each once: parted by commas, semicolons, bars, spaced slashes, the language's "and".

    What follows a comma but belongs to the name before it ("Jr.", "Inc.") stays with it.
    """
    names: list[str] = []
    for piece in _pieces(clean(text), language):
        name = _without_ending(trimmed(piece, _EDGES), language)
        if names and _PARTS_OF_NAMES.fullmatch(name):
            names[-1] = f"{names[-1]}, {trimmed(piece, _EDGES[3:])}".strip()
        elif name:
            names.append(name)
    return tuple(dict.fromkeys(names))[:MAX_NAMES]


def _without_ending(name: str, language: str | None) -> str:
    for word in AFTER_EACH.get(primary(language), ()):
        name = name.removesuffix(f" {word}")
    return name


def _pieces(text: str, language: str | None) -> Iterable[str]:
    for piece in _separators(language).split(text):
        halves = re.split(r"[和及与與]", piece, maxsplit=1)
        if len(halves) == 2 and all(_HAN.search(half) for half in halves):
            yield from halves  # Chinese writes its "and" without blanks; within a word it parts no two names
        else:
            yield piece


@cache
def _separators(language: str | None) -> re.Pattern[str]:
    # A single Latin letter ("i", "y") is an initial in most languages, so it must be known to be a conjunction.
    is_known = primary(language) in AND
    known = [word for word in phrases_of(AND, language) if is_known or not (word.isascii() and len(word) == 1)]
    words = "|".join(re.escape(word) for word in known if not _HAN.fullmatch(word * 2))
    marks = r"[,;،؛、，；|·•&]|\s/\s"
    return re.compile(rf"\s*(?:{marks})\s*(?:(?:{words})\s+)?|\s+(?:{words})\s+", re.I)
