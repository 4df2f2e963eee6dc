"""English sentences that name sources: who wrote a text from whose reporting, agencies alone, the house with others."""

from __future__ import annotations

import re
from functools import cache

from newscrawl.extract.people.name_lists import names_in
from newscrawl.extract.people.source_names import is_agency
from newscrawl.extract.phrases.agencies import AGENCIES

_MAX_AGENCIES = 160
"""Characters of a line that names agencies and says nothing else."""

_STORY = r"(?:report|story|article|text|piece|interview|feature|stories)"
_WRITTEN = re.compile(
    rf"""
    (?: (?:this\s+{_STORY}\s+was\s+)?(?:written|reported|compiled|translated|edited|adapted|prepared|produced)\b
      | [^.!?:]{{2,60}} \s (?:wrote|adapted|reported|translated|produced|prepared) \s+ (?:this|the|it)\b )
    [^.!?]{{0,160}}?
    \b(?:based|with|adapted) \s+ (?:on\s+)?
    (?: (?:additional\s+)?reporting | reports | the\s+original\s+\w+ | (?:an?\s+)?(?:[\w/'’-]+\s+){{0,3}}?{_STORY} )
    (?:\s+in\s+[\w'’ ]{{2,40}}?)? \s+ (?:by|from|of) \s+
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Written by … based on reporting by …; … adapted this report for Learning English based on a story by …"""

_AGENCY_STORY = re.compile(
    rf"""
    (?:[^.!?:]{{2,60}}\s)? (?:wrote|adapted|reported) \s+ (?:this|it)\b [^.!?]{{0,100}}?
    \bbased\s+on \s+ (?:(?:an?|the) \s+)? (?P<names>[^.!?]{{2,80}}?) \s+ (?:{_STORY}s?|reporting)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""… wrote this story for Learning English based on an Associated Press report"""

_AGENCIES = re.compile(
    r"(?:(?:with|based\s+on|by|compiled(?:\s+by\s+[^.!?:,]{2,60}?)?\s+from)\s+)?(?:(?:additional|an)\s+)?"
    r"(?P<names>[^!?:]{2,80}?)(?:\s+(?:reporting|reports?|story|stories))?",
    re.I,
)
"""with AFP and Reuters reporting, compiled from agency reports, as pages of about 2010 end; By AP and Reuters; AP,
Reuters; of known agencies alone, and of two at least where nothing else tells"""

_HOUSE_WITH = re.compile(
    r"(?P<house>[^.!?:,]{2,60}?),?\s+with\s+(?:additional\s+)?(?:reporting|material|contributions|information)\s+"
    r"(?:by|from)\s+(?P<names>.+)",
    re.I,
)
"""RFE/RL's Oakfield Service, with reporting by AFP"""

_MARKS = ',;/()"“”«»'
_DOTTED = re.compile(r"\w\.\w")
"""As in the name of a site, which counts as an agency."""

_NAMELESS = re.compile(r"\s+whose\s+(?:name|identit)\w*\s+[^.!?]*$", re.I)
"""correspondents in Kabul whose names are withheld for their protection"""


def english_list(text: str, words: str) -> str | None:
    """The part of an English credit that lists sources; None where it is none. ``words`` is the text in small."""
    if ("based" in words or "with" in words or "adapted" in words) and (match := _WRITTEN.match(text)):
        return _NAMELESS.sub("", text[match.end() :])
    if "based" in words and (match := _AGENCY_STORY.fullmatch(text)):
        return match["names"]
    if names := _known_agencies(text, words):
        return names
    if " with " in words and (match := _HOUSE_WITH.fullmatch(text)) and _is_house(match["house"]):
        return f"{match['house']}, {match['names']}"
    return None


def _known_agencies(text: str, words: str) -> str | None:
    """The list where known agencies are all that a line names; one alone only where other words tell a credit."""
    if len(text) > _MAX_AGENCIES or not (_DOTTED.search(words) or not _first_words().isdisjoint(_words_in(words))):
        return None  # most are spared the pattern
    match = _AGENCIES.fullmatch(text)
    if match is None:
        return None
    names = names_in(match["names"], "en")
    is_told = len(names) > 1 or " report" in text or " stor" in text
    return match["names"] if is_told and all(map(is_agency, names)) else None


@cache
def _first_words() -> frozenset[str]:
    """What the names of agencies begin with."""
    return frozenset(_words_in(name.removeprefix("the "))[0] for name in AGENCIES)


def _words_in(text: str) -> list[str]:
    """Parted at blanks and what stands between names, in a tenth of the time that a pattern takes."""
    for mark in _MARKS:
        text = text.replace(mark, " ")
    return text.split()


def _is_house(name: str) -> bool:
    return is_agency(name) or name.startswith(("RFE/RL", "VOA"))
