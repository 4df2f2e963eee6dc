"""Prepare an article for its page: text with marked search words, removed parts, differences, direction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup, escape

from newscrawl.browse.folding import SPACELESS, SYLLABLE_MARKS, folded, terms_of
from newscrawl.comparison.words import Piece, pieces_of

SNIPPET = 220
"""Characters of a text that a search result shows."""
_RIGHT_TO_LEFT = frozenset(("ar", "fa", "ps", "ur", "prs", "ckb", "he", "ug", "sd", "yi", "dv"))
_SPACELESS = re.compile(rf"[{SPACELESS}]")
_WORDS = re.compile(rf"[{SPACELESS}]+|(?:(?![{SPACELESS}])\w)+")


def direction(language: str | None) -> str:
    """Return ``rtl`` for languages written from right to left, ``ltr`` for others, ``auto`` when unknown."""
    if not language:
        return "auto"
    first = language.lower().split("-")[0]
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"


def snippet(text: str, words: str) -> Markup:
    """Return the part of ``text`` around the first word searched for, with the words marked."""
    terms = terms_of(words)
    places = list(_places(text, terms)) if terms else []
    start = max(0, places[0][0] - SNIPPET // 3) if places else 0
    if start:
        start = text.find(" ", start, start + 30) + 1 or start
    end = min(len(text), start + SNIPPET)
    shown = _marked(
        text[start:end], [(first - start, last - start) for first, last in places if start <= first < last <= end]
    )
    return Markup("{}{}{}").format("… " if start else "", shown, " …" if end < len(text) else "")


def marked(text: str, words: str) -> Markup:
    """Return ``text`` with the words searched for marked."""
    terms = terms_of(words)
    return _marked(text, list(_places(text, terms))) if terms else Markup(escape(text))  # noqa: S704 - escaped above


def differences(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Return what differs between two texts, word by word, with a few words around."""
    return pieces_of("\n\n".join(old), "\n\n".join(new))


def removed_by_reason(article: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return what was taken out of the body, by reason."""
    groups: dict[str, list[str]] = {}
    for piece in article.get("removed") or ():
        groups.setdefault(str(piece.get("reason")), []).append(str(piece.get("text")))
    return sorted(groups.items())


def _places(text: str, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where in ``text`` words stand that begin with a term; terms of spaceless scripts anywhere in a run.

    A word whose folded form has another length is marked whole.
    """
    patterns = [_pattern(term) for term in terms]
    for match in _WORDS.finditer(text):
        word = folded(match[0])
        for pattern in patterns:
            hit = pattern.search(word)
            if hit is not None:
                same = len(word) == len(match[0])
                yield (match.start() + hit.start(), match.start() + hit.end()) if same else match.span()
                break


def _pattern(term: str) -> re.Pattern[str]:
    if _SPACELESS.match(term):
        return re.compile(f"{SYLLABLE_MARKS}*".join(map(re.escape, term)))
    return re.compile(rf"\A{re.escape(term)}")


def _marked(text: str, places: Sequence[tuple[int, int]]) -> Markup:
    parts, last = [], 0
    for start, end in places:
        if start >= last:
            parts.append(Markup("{}<mark>{}</mark>").format(text[last:start], text[start:end]))
            last = end
    return Markup("").join([*parts, Markup(escape(text[last:]))])  # noqa: S704 - escaped above
