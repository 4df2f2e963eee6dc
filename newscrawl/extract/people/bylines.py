"""Bylines: the names, without the words before them."""

from __future__ import annotations

import re
from functools import cache

from newscrawl.extract.people.name_lists import MAX_NAME, names_in
from newscrawl.extract.phrases import phrases_of, primary
from newscrawl.extract.phrases.agencies import AGENCIES
from newscrawl.extract.phrases.bylines import BARE, BY
from newscrawl.extract.phrases.edges import opening_phrases, small
from newscrawl.extract.text import clean

MAX_BYLINE = 600
"""Characters: twenty names; a longer text is none."""

_LONGEST = 60
"""Characters of the longest of the words, and more."""

_COLON = re.compile(r"\s*[:：՝]\s*")
_BLANKS = re.compile(r"\s+(?=\S)")
_ADDRESS = re.compile(r"[<(\[]?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)\]]?|(?:^|\s)@\w{2,}|https?://\S+")

_LETTER = re.compile(r"[^\W\d_]")
_SLASH = re.compile(r"(?<!rfe)/|/(?!rl\b)", re.I)
_PERSON_SOMEWHERE = re.compile(
    r"([A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,3})\s+(?:in\s+[A-Z][\w.'’ -]*|for\s+(?:RFE/RL|VOA|Radio\b).*)"
)


def byline_names(text: str, language: str | None) -> tuple[str, ...]:
    """The names of a byline: ``By Ann Lee and Bo Day`` gives two; ``RFE/RL's Ukrainian Service`` is one.

    "By" and its like leave in the language's words and in English; addresses and handles leave too.
    """
    line = _ADDRESS.sub(" ", clean(text[: 2 * MAX_BYLINE]))
    if not line.strip() or len(line) > MAX_BYLINE:
        return ()
    listed = names_in(line[by_length(line, language) :], language)
    names = [_without_place(name) for text in listed for name in _agencies(text)]
    if len(names) == 1 and names[0].casefold() in _words(language):
        return ()
    return tuple(name for name in dict.fromkeys(names) if len(name) <= MAX_NAME and _LETTER.search(name))


def _agencies(name: str) -> list[str]:
    """``AFP/Reuters`` as two names; any other name is one, whatever slash it has."""
    if "/" not in name:
        return [name]
    parts = _SLASH.split(name)
    return parts if all(part.casefold() in AGENCIES for part in parts) else [name]


def _without_place(name: str) -> str:
    """``Ann Lee in Oakfield``, ``Ann Lee for RFE/RL``: the name of a person alone."""
    person = _PERSON_SOMEWHERE.fullmatch(name) if " in " in name or " for " in name else None
    return person[1] if person is not None else name


def by_length(line: str, language: str | None) -> int:
    """How many characters "By", "Автор:" and the like take at the start of ``line``; 0 where it has none."""
    length = 0
    while length < (end := _after_by(line, length, language)) < len(line):
        length = end  # "Text: By Ann Lee"
    return length


def _after_by(line: str, start: int, language: str | None) -> int:
    """Where the words end that stand at ``start``; ``start`` where none does."""
    place = len(line) - len(line[start:].lstrip())
    words = small(line[place : place + _LONGEST])
    with_colon, alone = _openings(language)
    for length in opening_phrases(words, with_colon):
        if after := _COLON.match(line, place + length):
            return after.end()
    for length in opening_phrases(words, alone):
        if after := _BLANKS.match(line, place + length):
            return after.end()
    return start


@cache
def _words(language: str | None) -> frozenset[str]:
    return frozenset(phrases_of(BY, language))


@cache
def _openings(language: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words, with a colon or as words of their own. In an unknown language English, and what has a colon."""
    phrases = phrases_of(BY, language)
    known = primary(language) in BY
    bare = (phrase for phrase in phrases if phrase in BARE and (known or phrase in BY["en"]))
    return tuple(map(small, phrases)), tuple(map(small, bare))
