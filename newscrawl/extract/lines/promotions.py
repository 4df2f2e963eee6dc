"""Paragraphs that promote channels, newsletters and collections, and pointers to an original text."""

from __future__ import annotations

import re
from functools import cache

from newscrawl.extract.lines.forms import BULLETS, small_form
from newscrawl.extract.lines.links import has_link_words
from newscrawl.extract.lines.plain import is_plain_text
from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.houses import HOUSES
from newscrawl.extract.phrases.promotions import CHANNELS, FOLLOW, PROMOTION_STARTS

MAX_PROMOTION = 500
"""Characters; a longer paragraph is text."""

MAX_CLICK = 300
"""Characters of a paragraph that is little more than a link."""

MAX_LINK = 120
"""Characters of one that is nothing but that."""

ENOUGH = 3
"""Points from which a paragraph promotes something: see :func:`is_promotion`."""

MIN_REQUEST = 8
"""Letters of a request that counts after one word."""

_OPENING = 80
_SUBJECT = 30
_NOT_LETTERS = re.compile(r"^[\W_]+")
_ORIGINAL = re.compile(
    r"\s*\bTo (?:see|read|view) (?:the|this|RFE/RL's) (?:\w+ )?(?:original|full|whole) "
    r"(?:story|article|report|interview)(?: (?:by|from|at|on) (?P<source>[^,.]{2,60}))?,? click here\.?\s*$",
    re.I,
)
_ORIGINAL_REACH = 160


def is_promotion(paragraph: str, *, at_end: bool) -> bool:
    """Return whether a paragraph promotes something, by points: three are enough.

    Three for an opening that no story has ("RFE/RL's Live Briefing gives you"); two for words that ask the reader to
    subscribe or follow at its start; one each for the words around a lost link ("click here"), for saying little more
    than that, for the name of a platform or a newsletter, for that of the publisher, for beginning with it, and for
    standing ``at_end`` of the text. Entries of lists are text.
    """
    if len(paragraph) > MAX_PROMOTION or is_plain_text(paragraph) or paragraph.startswith(BULLETS):
        return False
    words = small_form(paragraph)
    if not words[:1].isalpha():
        words = _NOT_LETTERS.sub("", words)
    opening = words[:_OPENING]
    if opening.startswith(_starts()):
        return True
    asks = opening.startswith(_follows()) or opening.partition(" ")[2].startswith(_long_follows())
    clicked = len(words) <= MAX_CLICK and has_link_words(words)
    if not (asks or clicked):
        return False
    points = 2 * asks + clicked + at_end + (clicked and len(words) <= MAX_LINK)
    if points < ENOUGH:
        points += any(channel in words for channel in CHANNELS)
    if points < ENOUGH:
        points += names_house(words) + (clicked and names_house(words[:_SUBJECT]))
    return points >= ENOUGH


def asks_to_click(paragraph: str) -> bool:
    """Return whether a short paragraph is a link's words: "To find out more, click here."."""
    return len(paragraph) <= MAX_PROMOTION // 2 and has_link_words(small_form(paragraph))


def names_house(words: str) -> bool:
    """Return whether a text in small letters names the publisher."""
    return _houses().search(words) is not None


def split_original(paragraph: str) -> tuple[str, str, str | None]:
    """Return a paragraph without its pointer to the original text, the pointer, and whose text that is.

    The pointer is empty where there is none ("To see the original story by AFP, click here.").
    """
    if "click here" not in paragraph[-_ORIGINAL_REACH:]:
        return paragraph, "", None
    match = _ORIGINAL.search(paragraph, max(len(paragraph) - _ORIGINAL_REACH, 0))
    if match is None:
        return paragraph, "", None
    return paragraph[: match.start()].rstrip(), match[0].strip(), match["source"]


@cache
def _starts() -> tuple[str, ...]:
    return tuple(small(phrase) for phrases in PROMOTION_STARTS.values() for phrase in phrases)


@cache
def _follows() -> tuple[str, ...]:
    return tuple(small(phrase) for phrases in FOLLOW.values() for phrase in phrases)


@cache
def _long_follows() -> tuple[str, ...]:
    """Return the requests that are plain enough to follow one word ("Also follow us")."""
    return tuple(phrase for phrase in _follows() if len(phrase) >= MIN_REQUEST)


@cache
def _houses() -> re.Pattern[str]:
    names = sorted(map(small, HOUSES), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})")
