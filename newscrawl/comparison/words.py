"""Compare two texts word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

MAX_WORDS = 1_500
"""Words on each side that are compared; at worst matching costs their product, here half a second."""
CONTEXT = 12
"""Words, spaces included, that are shown on each side of a difference."""

_WORD = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]|[^\W぀-ヿ㐀-鿿豈-﫿]+|\s+|[^\w\s]")
"""A word, a character of a script without spaces, white space, or a sign."""


class Piece(NamedTuple):
    """A part of a text."""

    kind: str
    """``same``, ``old`` (removed), ``new`` (added) or ``gap`` (the same, not shown)."""
    text: str


def words_of(text: str) -> list[str]:
    """Return the words and signs of ``text``, without white space."""
    return [word for word in _WORD.findall(text) if not word.isspace()]


def pieces_of(old: str, new: str) -> list[Piece]:
    """Return what was removed and added between ``old`` and ``new``, with a few words around it."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    middle = _middle(before[head : len(before) - tail], after[head : len(after) - tail])
    pieces = [("same", before[:head]), *middle, ("same", before[len(before) - tail :])]
    return list(_shortened([(kind, words) for kind, words in pieces if words]))


def _common(one: list[str], other: list[str]) -> int:
    number = 0
    for word, its in zip(one, other, strict=False):
        if word != its:
            break
        number += 1
    return number


def _middle(before: list[str], after: list[str]) -> Iterator[tuple[str, list[str]]]:
    if len(before) > MAX_WORDS or len(after) > MAX_WORDS:
        yield "old", before
        yield "new", after
        return
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", before[i:j]
        else:
            yield "old", before[i:j]
            yield "new", after[k:m]


def _shortened(pieces: list[tuple[str, list[str]]]) -> Iterator[Piece]:
    last = len(pieces) - 1
    for number, (kind, words) in enumerate(pieces):
        before, after = (0 if number == 0 else CONTEXT), (0 if number == last else CONTEXT)
        if kind != "same":
            yield from _cut(kind, words)
        elif len(words) <= before + after + 1:
            yield Piece("same", "".join(words))
        else:
            yield Piece("same", "".join(words[:before]))
            yield Piece("gap", "…")
            yield Piece("same", "".join(words[len(words) - after :]))


def _cut(kind: str, words: list[str]) -> Iterator[Piece]:
    yield Piece(kind, "".join(words[:MAX_SHOWN]))
    if len(words) > MAX_SHOWN:
        yield Piece("gap", f"… {len(words) - MAX_SHOWN} more")


MAX_SHOWN = 300
"""Words of one difference that are shown."""
