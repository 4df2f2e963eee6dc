"""Parse bylines into names."""

from __future__ import annotations

import re
from functools import cache

from newscrawl.extract.dates.calendars import written_days
from newscrawl.extract.people.name_lists import MAX_NAME, names_in
from newscrawl.extract.phrases import phrases_of, primary
from newscrawl.extract.phrases.agencies import AGENCIES
from newscrawl.extract.phrases.byline_roles import RANKS, ROLES
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
    r"([A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,3})\s+(?:in\s+[A-Z][\w.'’ -]*|for\s+(?:the\s+[A-Z]|RFE/RL|VOA|Radio\b).*)"
)

_NAME_WORDS = 2
"""Words of a name before which no role begins."""

_NOTE = re.compile(
    r"[\s|,•·–—-]*(?:\b(?:last\s+)?(?:updated|published|posted|modified)\b|\b\d{1,3}[\s-]*min(?:ute)?s?\b|"
    r"(?<!\d)\d{1,2}:\d{2}(?!\d)|\baktualisiert\b|\bпубликовано\b|\bобновлено\b).*$",
    re.I,
)
_BRACKETS = re.compile(r"\(\s*[a-zа-яё][^()]{0,80}\)")
"""A note in brackets for users of screen readers: "(opens author page)"."""

_BEFORE_BY = re.compile(r"^[^|·•]*[|·•]\s*(?=by\s)", re.I)
"""The name of a section or a paper before the byline."""

_YEAR = re.compile(r"\d{4}")
_WITH = re.compile(r"\s*,?\s+with\s+(?=[A-Z])")
_ORGANISATION = re.compile(
    r"(?:The\s+)?(?:Ministry|Department|Office|Institute|Cent(?:er|re)|University|Committee|Council|Commission|Bureau|Board|"
    r"Agency|Association|Federation|Society|School|Faculty|Foundation)\s+(?:of|for|on)\s.*"
)
"""An organisation whose name may hold "and" or commas."""

_SYMBOLS = re.compile(r"^[\W_]+(?=\w)|[\s\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+$")
_NO_NAMES = frozenset(
    (
        "",
        "email",
        "e-mail",
        "mail",
        "twitter",
        "facebook",
        "linkedin",
        "instagram",
        "follow",
        "bio",
        "contact",
        "share",
        "rss",
    )
)
"""Labels of links that stand beside names."""


def byline_names(text: str, language: str | None) -> tuple[str, ...]:
    """Return the names of a byline: ``By Ann Lee and Bo Day`` gives two; ``RFE/RL's Ukrainian Service`` is one.

    Not part of a name are "By" and its like, in the language's words and in English, the roles of people, places where
    they wrote, dates, times of reading, addresses and handles.
    """
    line = _ADDRESS.sub(" ", clean(text[: 2 * MAX_BYLINE]))
    if not line.strip() or len(line) > MAX_BYLINE:
        return ()
    line = _without_notes(line)
    bare = line[by_length(line, language) :]
    listed = (bare,) if _ORGANISATION.fullmatch(bare) else names_in(_WITH.sub(", ", bare), language)
    names = [_bare_name(name, language) for text in listed for name in _agencies(text)]
    names = [name for name in names if name.casefold() not in _NO_NAMES]
    if len(names) == 1 and names[0].casefold() in _words(language):
        return ()
    return tuple(name for name in dict.fromkeys(names) if len(name) <= MAX_NAME and _LETTER.search(name))


def _without_notes(line: str) -> str:
    """Return ``line`` without notes: what follows the names (dates, updates, minutes of reading), and brackets."""
    line = _NOTE.sub("", _BRACKETS.sub(" ", _BEFORE_BY.sub("", line)))
    if _YEAR.search(line) is not None:
        start = min((written.start for written in written_days(line)), default=0)
        line = line[:start] if start else line
    return line


def _bare_name(name: str, language: str | None) -> str:
    """Return a name without the words before it, its role, its place and symbols; empty for a role alone."""
    name = clean(_SYMBOLS.sub("", name[by_length(name, language) :]))
    return _without_role(_without_place(name))


def _without_role(name: str) -> str:
    """Return ``name`` without a role before or after it: "Senior Correspondent Ann Lee", "Ann Lee Bridges Reporter"."""
    words = name.split()
    forms = [word.casefold().strip(".,") for word in words]
    if not any(form in ROLES for form in forms):
        return name
    start = 0
    while start < len(words) and (forms[start] in RANKS or forms[start] in ROLES):
        start += 1
    if any(form in ROLES for form in forms[:start]):
        return " ".join(words[start:])
    if forms[-1] not in ROLES and not any(form in ROLES for form in forms[_NAME_WORDS:]):
        return name
    end = next((place for place in range(_NAME_WORDS, len(words)) if forms[place] in ROLES | RANKS), None)
    is_person = end is not None and not any(form in RANKS for form in forms[:end])
    return " ".join(words[:end]) if is_person else name


def _agencies(name: str) -> list[str]:
    """Return ``AFP/Reuters`` and ``Ann Lee/Reuters`` as two names; any other name is one, whatever slash it has."""
    if "/" not in name:
        return [name]
    parts = _SLASH.split(name)
    return parts if parts[-1].casefold().strip() in AGENCIES and all(parts) else [name]


def _without_place(name: str) -> str:
    """Return the person in ``Ann Lee in Oakfield``, ``Ann Lee for RFE/RL``."""
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
