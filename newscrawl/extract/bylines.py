"""Bylines: the names, without the words before them."""

from __future__ import annotations

import re
from functools import cache

from newscrawl.extract.names import MAX_NAME, names_in
from newscrawl.extract.phrases import phrases_of, primary
from newscrawl.extract.phrases.bylines import BARE, BY
from newscrawl.extract.text import clean

MAX_BYLINE = 600
"""Characters: twenty names; a longer text is none."""

_ADDRESS = re.compile(r"[<(\[]?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)\]]?|(?:^|\s)@\w{2,}|https?://\S+")


def byline_names(text: str, language: str | None) -> tuple[str, ...]:
    """The names of a byline: ``By Ann Lee and Bo Day`` gives two; ``RFE/RL's Ukrainian Service`` is one.

    "By" and its like leave in the language's words and in English; addresses and handles leave too.
    """
    line = _ADDRESS.sub(" ", clean(text[: 2 * MAX_BYLINE]))
    if not line.strip() or len(line) > MAX_BYLINE:
        return ()
    names = names_in(line[by_length(line, language) :], language)
    if len(names) == 1 and names[0].casefold() in _words(language):
        return ()
    return tuple(name for name in names if len(name) <= MAX_NAME)


def by_length(line: str, language: str | None) -> int:
    """How many characters "By", "Автор:" and the like take at the start of ``line``; 0 where it has none."""
    length = 0
    while (match := _opening(language).match(line, length)) is not None and match.end() < len(line):
        length = match.end()  # "Text: By Ann Lee"
    return length


@cache
def _words(language: str | None) -> frozenset[str]:
    return frozenset(phrases_of(BY, language))


@cache
def _opening(language: str | None) -> re.Pattern[str]:
    """The words, with a colon or as words of their own. In an unknown language English, and what has a colon."""
    phrases = phrases_of(BY, language)
    known = primary(language) in BY
    bare = [phrase for phrase in phrases if phrase in BARE and (known or phrase in BY["en"])]
    with_colon = "|".join(map(re.escape, phrases))
    alone = "|".join(map(re.escape, bare))
    return re.compile(rf"\s*(?:(?:{with_colon})\s*[:：՝]\s*|(?:{alone})\s+(?=\S))", re.I)
