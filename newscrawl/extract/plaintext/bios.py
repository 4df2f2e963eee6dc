"""Notes about the author that close a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newscrawl.extract.lines.forms import small_form
from newscrawl.extract.lines.promotions import names_house
from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.roles import ROLES, WORK
from newscrawl.extract.text import comparable

MAX_NAME = 60
MAX_BIO = 700
"""Characters of a note about the author."""

REACH = 4
"""Lines from the end in which a note is looked for."""

ENOUGH = 4
"""Points from which a line is a note about the author: see :func:`bio_start`."""

MIN_BEFORE = 2
"""Lines of text before a note."""

_HEAD = 220
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:^|[\s(])@\w{3,}")
_ADDRESS_ALONE = re.compile(r"\W*(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{3,}|https?://\S+)\W*")
_SUBJECT = re.compile(
    r"(?:[^\W\d_][\w.'’-]+\s+){1,4}"
    r"(?:is|was|has been|covers|reports|writes|works|joined|–|—|-|является|е|је|je|este|është|ist)\s",
)
_FOR_HOUSE = re.compile(r"\bis (?:an?|the) [^.]{2,100}? (?:for|at|with|of|in) ", re.I)


def bio_start(lines: Sequence[str], authors: Sequence[str]) -> int:
    """Return where the note about the author begins that closes ``lines``; their number where none does.

    By points, four are enough: two for the name of an author of the byline at its start, two for an address or a
    handle, one each for a profession, the publisher's name, words about a journalist's work, and a sentence that begins
    with a name and says who somebody is.
    """
    end = len(lines)
    for place in range(len(lines) - 1, max(len(lines) - 1 - REACH, MIN_BEFORE - 1), -1):
        line = lines[place]
        if _is_bio(line, authors) or (is_name_of(lines[place - 1], line) and _is_bio(line, [lines[place - 1]])):
            end = place
        elif not _ADDRESS_ALONE.fullmatch(line):
            break
    if end == len(lines):
        return end
    return end - 1 if end > MIN_BEFORE and is_name_of(lines[end - 1], lines[end]) else end


def is_name_of(above: str, line: str) -> bool:
    """Return whether a line is the name with which the line below it begins."""
    return len(above) <= MAX_NAME and comparable(line[: 2 * MAX_NAME]).startswith(comparable(above))


def _is_bio(line: str, authors: Sequence[str]) -> bool:
    if len(line) > MAX_BIO:
        return False
    head = small(line[:_HEAD])
    subject = _SUBJECT.match(line)
    by_author = any(comparable(line[: 2 * len(name)]).startswith(comparable(name)) for name in authors if name)
    if subject is None and not by_author:
        return False
    has_address = _ADDRESS.search(line) is not None
    tells_work = any(word in small_form(line) for word in _work())
    if not (by_author or has_address or tells_work):
        return False  # whoever is a journalist may be what the text is about
    points = 2 * by_author + 2 * has_address + tells_work + (subject is not None)
    points += any(role in head for role in _roles()) + names_house(head)
    if subject is not None:
        points += _FOR_HOUSE.match(line[len(subject[0].rsplit(" ", 2)[0]) + 1 :]) is not None
    return points >= ENOUGH - (by_author and points > 2)


@cache
def _roles() -> tuple[str, ...]:
    return tuple(dict.fromkeys(small(role) for roles in ROLES.values() for role in roles))


@cache
def _work() -> tuple[str, ...]:
    return tuple(dict.fromkeys(small(word) for words in WORK.values() for word in words))
