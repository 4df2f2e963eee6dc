"""Furniture of the page that stands among the paragraphs: whole paragraphs only, so that no text is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newscrawl.extract.phrases import phrases_of
from newscrawl.extract.phrases.boilerplate import (
    BIO_MARK,
    HOUSE,
    OTHER_STORIES,
    STARTS,
)
from newscrawl.extract.phrases.page_boilerplate import ALONE, PLAYER, SHARE
from newscrawl.extract.phrases.read_also_labels import label_forms, label_length
from newscrawl.extract.sentences import ends_sentence
from newscrawl.extract.text import comparable
from newscrawl.items import Removed

MAX_NOTICE = 200
"""Characters: a longer paragraph that begins like a notice is text."""

MAX_LABEL = 80
"""Characters of the longest label or notice that stands alone."""

MIN_PROSE = 90
"""Characters from which a paragraph is prose."""

MAX_BIO = 6
"""Paragraphs of a bio: portrait, name, a blurb or two, addresses."""

MAX_AFTER_TEXT = 60
"""Paragraphs after the author's portrait, with all the furniture of the page's end."""

_HEAD, _START = 16, 4
"""Characters of a paragraph of which the first letters and digits are compared before the whole is."""

_BULLET = " \t•*|·»›▶-–—"
_PLAYER_TIMES = re.compile(
    r"(?:\d{1,2}:\d{2}(?::\d{2})?\s*){2,4}|\d{3,4}p(?:\s*\|.*)?|(?:auto\s+)?(?:\d{3,4}p\s*)+|\d{1,4}\s*kbps(?:\s*\|.*)?"
    r"|(?:xs\s*)?(?:sm\s*)?md\s*lg",
    re.I,
)
"""``0:00 0:22:05 0:00``, ``240p | 5.1MB``, ``Auto 240p 360p``, ``64 kbps | MP3``, the marks of the page's widths."""

_COUNT = re.compile(r"\s*\(\d{1,5}\)$")
"""``Comments (12)``."""

_SEPARATOR = re.compile(r"[\s_*•·~#=|–—―-]+|\.")
"""A line drawn between parts of a text, a full stop that an editor left; an ellipsis is text."""

_MIN_TELLING = 10
"""Letters from which a phrase of the player tells it: shorter ones are words of any text."""

_HOUSE = re.compile("|".join(HOUSE), re.I)


class Printed(NamedTuple):
    """A text without furniture."""

    paragraphs: list[str]
    removed: tuple[Removed, ...]
    """What was taken: ``boilerplate``, ``related``, ``bio``."""


def without_boilerplate(
    paragraphs: Sequence[str], language: str | None = None, *, words: frozenset[str] = frozenset()
) -> Printed:
    """Return the text without share, print, player, comment and accessibility lines, read-also lines and the bio.

    A paragraph goes as a whole or stays. With an unknown language the words of all languages of the family count.
    ``words`` are headings and other emphasised lines: followed by text they are text, whatever they say.
    """
    body, after = split_end(paragraphs)
    kept: list[str] = []
    removed: list[Removed] = []
    pointed = False
    for place, paragraph in enumerate(body):
        reason = boilerplate_reason(paragraph, language)
        if reason == "boilerplate" and (paragraph in words or _is_cry(paragraph)) and _is_followed(body, place):
            reason = None
        if reason is None and pointed and _is_title(paragraph):
            reason = "related"  # the title that a label of its own announced
        pointed = reason == "related" and paragraph.endswith((":", "：", "՝")) and _is_label(paragraph, language)
        if reason is None:
            kept.append(paragraph)
        else:
            removed.append(Removed(paragraph, reason))
    return Printed(kept, (*removed, *after))


def _is_cry(paragraph: str) -> bool:
    """Return whether a word stands as a sentence: "Share!" is said by somebody, no button says so."""
    return paragraph.endswith(("!", "！")) and paragraph[:1].isalpha()


def _is_followed(paragraphs: Sequence[str], place: int) -> bool:
    """Return whether a paragraph of prose follows."""
    return place + 1 < len(paragraphs) and len(paragraphs[place + 1]) >= MIN_PROSE


def is_furniture(paragraph: str, language: str | None = None) -> bool:
    """Whether the whole paragraph is a label, a notice, a player's text or a pointer elsewhere."""
    return boilerplate_reason(paragraph, language) is not None


def announces_other_stories(text: str) -> bool:
    """Whether ``text`` is what stacked pages write over the stories that they append."""
    if len(text) > MAX_LABEL or (text[:1].isalpha() and text[0].lower() not in _initials()):
        return False  # most lines are told by their first letter
    return comparable(text) in _other_stories()


def boilerplate_reason(paragraph: str, language: str | None) -> str | None:
    """Return why a paragraph is no text (``boilerplate``, ``related``); None for text.

    Most paragraphs are too long or end like sentences.
    """
    if len(paragraph) > MAX_NOTICE:
        return None
    if not paragraph[:1].isalnum() and _SEPARATOR.fullmatch(paragraph) is not None:
        return "boilerplate"
    if label_length(paragraph, language):
        return "related"
    head = comparable(paragraph[:_HEAD])
    if len(head) > _START and head[:_START] not in _starts(language):
        return "boilerplate" if _PLAYER_TIMES.fullmatch(paragraph.strip(_BULLET)) else None
    form = comparable(_COUNT.sub("", paragraph) if paragraph.endswith(")") else paragraph)
    if len(paragraph) > MAX_LABEL:
        return "boilerplate" if form.startswith(_furniture_starts()) or _is_player_text(form) else None
    if form in label_forms(language):
        return "related"
    if form in _alone(language) or _PLAYER_TIMES.fullmatch(paragraph.strip(_BULLET)):
        return "boilerplate"
    return "boilerplate" if form.startswith(_furniture_starts()) or _is_player_text(form) else None


def _is_player_text(form: str) -> bool:
    """Whether it is nothing but texts of the player run together, one of which no other text has."""
    run, telling = _player_texts()
    return run.fullmatch(form) is not None and any(phrase in form for phrase in telling)


def _is_label(paragraph: str, language: str | None) -> bool:
    return comparable(paragraph) in label_forms(language)


def _is_title(paragraph: str) -> bool:
    """Whether a paragraph could be the title of another story."""
    return len(paragraph) <= MAX_NOTICE and not ends_sentence(paragraph)


def split_end(paragraphs: Sequence[str]) -> tuple[Sequence[str], list[Removed]]:
    """Return the text, and what stands after it: the author's bio, the publisher's own description, other stories."""
    starts = _end_starts()
    for place, paragraph in enumerate(paragraphs):
        if place and len(paragraph) <= MAX_NOTICE and paragraph.lstrip(_BULLET)[:4].casefold() in starts:
            reason = _end(paragraphs, place)
            if reason is not None:
                return paragraphs[:place], [Removed(text, reason) for text in paragraphs[place:]]
    for place, paragraph in list(enumerate(paragraphs))[-MAX_BIO:]:
        if place and _HOUSE.match(paragraph) is not None:
            return paragraphs[:place], [Removed(text, "bio") for text in paragraphs[place:]]
    return paragraphs, []


def _end(paragraphs: Sequence[str], place: int) -> str | None:
    """Why the text ends before a paragraph: other stories, or a bio, if little enough follows the portrait."""
    form = comparable(paragraphs[place])
    if form in _other_stories():
        return "related"
    if form != comparable(BIO_MARK) or len(paragraphs) - place > MAX_AFTER_TEXT:
        return None
    return "bio" if sum(not is_furniture(text) for text in paragraphs[place + 1 :]) <= MAX_BIO else None


@cache
def _starts(language: str | None) -> frozenset[str]:
    """How all begin that a whole paragraph is compared with."""
    return frozenset(form[:_START] for form in (*label_forms(language), *_alone(language), *_furniture_starts()))


@cache
def _end_starts() -> frozenset[str]:
    return frozenset(phrase[:4] for phrase in (*OTHER_STORIES, BIO_MARK))


@cache
def _alone(language: str | None) -> frozenset[str]:
    return frozenset(map(comparable, (*phrases_of(ALONE, language), BIO_MARK)))


@cache
def _player_texts() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What matches a run of the player's texts, sizes and times in comparable form, and the phrases that tell it."""
    phrases = {comparable(phrase) for table in (PLAYER, SHARE) for phrase in phrases_of(table, None)}
    words = "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))
    telling = tuple(comparable(phrase) for phrase in phrases_of(PLAYER, None))
    return re.compile(rf"(?>{words}|kbps|mp[34]|mb|p|\d)++"), (*(t for t in telling if len(t) >= _MIN_TELLING), "kbps")


@cache
def _furniture_starts() -> tuple[str, ...]:
    return tuple(map(comparable, STARTS))


@cache
def _other_stories() -> frozenset[str]:
    return frozenset(map(comparable, OTHER_STORIES))


@cache
def _initials() -> frozenset[str]:
    return frozenset(form[0] for form in _other_stories())
