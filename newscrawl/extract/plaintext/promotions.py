"""Paragraphs that promote channels, newsletters and collections, and pointers to an original text."""

from __future__ import annotations

import re
from functools import cache

from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.houses import HOUSES
from newscrawl.extract.phrases.promotions import CHANNELS, CLICK_HERE, FOLLOW, PROMOTION_STARTS
from newscrawl.extract.plaintext.lines import BULLETS

MAX_PROMOTION = 500
"""Characters; a longer paragraph is text."""

MAX_CLICK = 300
"""Characters of a paragraph that is little more than a link."""

MAX_LINK = 120
"""Characters of one that is nothing but that."""

ENOUGH = 3
"""Points from which a paragraph promotes something: see :func:`is_promotion`."""

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
    than that, for the name of a platform or a newsletter beside a request, for that of the publisher, and for standing
    ``at_end`` of the text. Entries of lists are text.
    """
    if len(paragraph) > MAX_PROMOTION or paragraph.startswith(BULLETS):
        return False
    words = _NOT_LETTERS.sub("", small(paragraph))
    starts, follows, clicks, other_clicks = _openings()
    if words.startswith(starts):
        return True
    asks = words.startswith(follows)
    clicked = len(words) <= MAX_CLICK and (
        any(phrase in words for phrase in clicks)
        or (not words.isascii() and any(phrase in words for phrase in other_clicks))
    )
    if not (asks or clicked):
        return False
    points = 2 * asks + clicked + at_end + (clicked and len(words) <= MAX_LINK)
    if asks and points < ENOUGH:
        points += any(channel in words for channel in CHANNELS)
    return points >= ENOUGH or points + names_house(words) >= ENOUGH


def asks_to_click(paragraph: str) -> bool:
    """Return whether a short paragraph is a link's words: "To find out more, click here."."""
    words = small(paragraph)
    _, _, clicks, other_clicks = _openings()
    return len(paragraph) <= MAX_PROMOTION // 2 and any(phrase in words for phrase in (*clicks, *other_clicks))


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
def _openings() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return what opens promotions and requests, and the words around links: those in ASCII, and the others."""
    starts = tuple(small(phrase) for phrases in PROMOTION_STARTS.values() for phrase in phrases)
    follows = tuple(small(phrase) for phrases in FOLLOW.values() for phrase in phrases)
    clicks = [small(phrase) for phrases in CLICK_HERE.values() for phrase in phrases]
    return (
        starts,
        follows,
        tuple(phrase for phrase in clicks if phrase.isascii()),
        tuple(phrase for phrase in clicks if not phrase.isascii()),
    )


@cache
def _houses() -> re.Pattern[str]:
    names = sorted(map(small, HOUSES), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})")
