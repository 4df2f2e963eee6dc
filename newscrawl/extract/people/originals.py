"""Lines at the end of a text that say where it comes from: from another service, or from agencies that have no name."""

from __future__ import annotations

import re

from newscrawl.extract.text import clean

MAX_LINE = 240
"""Characters of such a line."""

_STORY = (
    r"(?:\w+\s+){0,2}?(?:stor(?:y|ies)|article|report|interview|feature|piece|text|version|analysis|commentary|video)"
)
_IN_LANGUAGE = r"(?:\s+in\s+[A-Z][\w-]{2,20})?"
_SOURCE = r"(?P<source>[^.!?]{2,80}?)"
_ORIGINS = tuple(
    re.compile(rf"[(\[]?\s*{pattern}\s*[)\]]?[.!]?\s*", re.I)
    for pattern in (
        r"to\s+(?:see|read|view|watch|hear|listen\s+to)\s+(?:the\s+|this\s+|their\s+)?(?:original|full|whole|complete)\s+"
        rf"{_STORY}{_IN_LANGUAGE}\s+(?:by|from|of|at|on|in)\s+{_SOURCE},?\s+(?:please\s+)?click\s+here",
        rf"(?:(?:this|the)\s+{_STORY}\s+(?:is|was)\s+)?(?:based|adapted|translated|abridged|excerpted)\s+(?:on|from)\s+"
        rf"(?:an?|the)\s+(?:original|longer|earlier)\s+{_STORY}{_IN_LANGUAGE}\s+(?:by|from|of|in)\s+{_SOURCE}",
        rf"(?:this|the)\s+{_STORY}\s+(?:originated|(?:was\s+)?(?:first|originally)\s+"
        r"(?:appeared|published|written|produced|broadcast|aired|reported|posted))"
        rf"{_IN_LANGUAGE}\s+(?:in|by|on|with|at|from)\s+{_SOURCE}",
        r"(?:оригинал|оригінал|арыгінал|оригиналът|originalni tekst|originalul|orijinal|оригиналниот)\s*"
        r"(?:публикации|статьи|материала|публікації|статті|матеріалу|матэрыялу|materijala|articolului|metin)?"
        rf"\s*[:–—-]\s*{_SOURCE}",
    )
)
_NAMELESS = re.compile(
    r"[(\[]?\s*(?:compiled|written|prepared|reported|produced)\s+(?:by\s+(?:staff|our\s+\w+)\s+)?from\s+(?:news\s+|wire\s+)?"
    r"(?:(?:agency|agencies|staff|wire|news|wires)\s+)?(?:and\s+(?:agency|staff|wire|other)\s+)?"
    r"(?:reports|services|dispatches|sources)\s*[)\]]?[.!]?\s*",
    re.I,
)
_ARTICLE = re.compile(r"the\s+(?=RFE/RL|VOA)", re.I)
_DAY = re.compile(r"\s+on\s+(?:\w+\s+)?\d{1,2}\W*\w*\W*\d{4}$")


def stated_origin(line: str) -> tuple[str, ...] | None:
    """Return whom a line names as the origin of the whole text; None where it is no such line.

    A line that names only "agency reports" names nobody: then the tuple is empty.
    """
    if len(line) > MAX_LINE:
        return None
    if _NAMELESS.fullmatch(line) is not None:
        return ()
    match = next((found for pattern in _ORIGINS if (found := pattern.fullmatch(line))), None)
    if match is None:
        return None
    name = clean(_DAY.sub("", _ARTICLE.sub("", match["source"])))
    return (name,) if name else ()
