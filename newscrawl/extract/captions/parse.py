"""Parse captions: place, day, credit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newscrawl.extract.captions.credit import MAX_CAPTION, split_credit
from newscrawl.extract.dates.closing_day import closing_day
from newscrawl.extract.phrases.captions import FROM_THE_FILES, any_of
from newscrawl.extract.phrases.places import PLACES
from newscrawl.extract.text import clean, is_small, trimmed

MAX_PLACE = 45
"""Characters before the dash: "Bosnia and Herzegovina, Sarajevo"; more is a sentence."""
MAX_PLACE_WORDS = 3
"""Words of a place that one dash marks: "Біла Церква", "Ростов-на-Дону"; names with titles have more."""
MAX_WORDS_TO_VERB = 8
"""Words after the dash among which a sentence has some without a capital: its verb and what follows."""

_FILE_INITIAL = re.compile(f"[{''.join(sorted({phrase[0] for phrase in FROM_THE_FILES}))}]", re.I)
_FILE_PREFIX = re.compile(rf"(?:{any_of(FROM_THE_FILES)})\s*(?:--+|[-–—:.])\s*", re.I)
_LOCATION = re.compile(
    rf"(?P<place>[^\W\d_][^–—:;!?\"“”«»()]{{1,{MAX_PLACE}}}?)\s*(?P<dash>--+|\s[–—-](?=\s)|[–—])\s*(?=\S)"
)
_SMALL_WORDS = frozenset(
    ("and", "of", "the", "de", "la", "i", "и", "і", "й", "та", "ў", "у", "в", "на", "və", "ve", "și", "dhe")
)


class CaptionParts(NamedTuple):
    """A caption taken apart. ``caption`` is what remains without the credit."""

    caption: str | None = None
    creditText: str | None = None  # noqa: N815 - schema.org's name, as in Image
    location: str | None = None
    dateCreated: str | None = None  # noqa: N815 - same


def caption_parts(text: str | None) -> CaptionParts:
    """Return the parts of a caption: ``Belgium -- … in Brussels, November 9, 2016`` gives location and day.

    Place and day stay in the caption, a credit at its end does not. What is uncertain is None: a dash after a name may
    be part of a sentence, a date within a sentence may be that of an event.
    """
    caption = clean((text or "")[:MAX_CAPTION])
    if not caption:
        return CaptionParts()
    caption, credit = split_credit(caption)
    caption = clean(caption) if credit else caption
    return CaptionParts(caption or None, credit, location_of(caption), closing_day(caption))


def spellings(caption: str) -> Iterator[str]:
    """Yield the ways in which a caption is repeated: whole, without its credit, without "FILE -", without its place."""
    bare, credit = split_credit(caption)
    yield caption
    if credit is not None:
        yield bare
    rest = bare[_prefix_length(bare) :]
    if location_of(rest) is not None and (match := _LOCATION.match(rest)):
        rest = rest[match.end() :]
    if rest != bare:
        yield rest


def location_of(caption: str) -> str | None:
    """Return the place that opens an agency caption, before a dash; None if there is none.

    Two hyphens mark any place, one dash known places. One dash marks any place if the caption has the layout of
    agencies: a day closes it, and a sentence begins after the dash
    ("Горішнє – Петро Зарічний оглядає пристань, 28 лютого 2026 року").
    """
    if "-" not in caption and "–" not in caption and "—" not in caption:
        return None
    match = _LOCATION.match(caption, _prefix_length(caption))
    if match is None:
        return None
    place = trimmed(match["place"], " ,.")
    if place.casefold() in PLACES or place.rsplit(",", 1)[-1].strip().casefold() in PLACES:
        return place
    if not _could_be_place(place):
        return None
    return place if match["dash"].startswith("--") or _is_laid_out(place, match, caption) else None


def _prefix_length(caption: str) -> int:
    """Return how many characters "FILE -" and the like take at the start of a caption."""
    prefix = _FILE_PREFIX.match(caption) if _FILE_INITIAL.match(caption) else None
    return prefix.end() if prefix else 0


def _is_laid_out(place: str, match: re.Match[str], caption: str) -> bool:
    """Return whether one dash separates a place from a sentence: capitals on both sides, small letters, a day.

    "Володимир Зеленський – президент" has no capital after the dash; "Марш – Київ, 5 травня 2015 року" no sentence.
    """
    words = re.findall(r"[^\W\d_]+", caption[match.end() :])[:MAX_WORDS_TO_VERB]
    return (
        match["dash"].strip() in "–—"
        and len(place.split()) <= MAX_PLACE_WORDS
        and place[0].isupper()
        and bool(words)
        and words[0][0].isupper()
        and sum(map(is_small, words)) >= 2
        and closing_day(caption) is not None
    )


def _could_be_place(text: str) -> bool:
    """Return whether a text is a few words, each with a capital if the script has any."""
    words = text.replace("-", " ").replace("/", " ").split()
    if text.isupper() and len(text) < 6:
        return False  # NATO, OSCE
    capitals = not any(is_small(word) and word not in _SMALL_WORDS for word in words)
    return 0 < len(words) <= 5 and capitals and not re.search(r"\d|\.\s", text)
