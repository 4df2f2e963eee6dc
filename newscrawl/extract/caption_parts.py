"""What a caption tells: place, day, credit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newscrawl.extract.calendars import written_days
from newscrawl.extract.phrases.agencies import AGENCIES
from newscrawl.extract.phrases.captions import CREDIT_LABELS, FROM_THE_FILES
from newscrawl.extract.phrases.places import PLACES
from newscrawl.extract.text import WHITE_SPACE, clean, is_small

MAX_CAPTION = 4_000
"""Characters that are looked at; longer "captions" are whole texts put into the wrong field."""
MAX_CREDIT = 120
MAX_PLACE = 45
"""Characters before the dash: "Bosnia and Herzegovina, Sarajevo"; more is a sentence."""
MAX_PLACE_WORDS = 3
"""Words of a place that one dash marks: "Біла Церква", "Ростов-на-Дону"; names with titles have more."""
MAX_WORDS_TO_VERB = 8
"""Words after the dash among which a sentence has some without a capital: its verb and what follows."""

_FIRST_PHOTO_YEAR = 1840
"""Photographs of news are not older."""


def _any_of(phrases: tuple[str, ...]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


_LABEL = rf"(?:(?:{_any_of(CREDIT_LABELS)})\s*(?:[:：]|\s(?:by|credit)\b|(?<=by)\s|(?<=of)\s|(?<=از)\s)|©|\(c\)|℗)"
_LABELLED_AT_START = re.compile(rf"\s*{_LABEL}\s*[:：]?\s*(?=\S)", re.I)
_LABELLED = re.compile(
    rf"(?P<before>^|[.|/(\[,;–—-]\s*|\s)(?P<label>{_LABEL})\s*(?P<credit>[^()\[\]!?\"“”]{{2,{MAX_CREDIT}}}?)[\s.)\]|]*$",
    re.I,
)
_IN_BRACKETS = re.compile(rf"\s*[(\[（](?P<credit>[^()\[\]（）]{{2,{MAX_CREDIT}}})[)\]）]\s*[.。]?\s*$")
_AFTER_SLASH = re.compile(
    r"(?<=[\s.,»\"”])[/|]\s*(?P<credit>[^/|()\[\]]{2,60}(?:\s?[/|]\s?[^/|()\[\]]{2,60})?)\s*/?\s*$"
)
_BARE_AGENCY = re.compile(r"(?<=[.!?»\"”])\s+(?P<credit>[^\s.!?/](?:[^.!?]|(?<=\b[^\W\d_])\.){1,80})\.?\s*$")
_AFTER_BRACKET = f"{WHITE_SPACE}.。"
_FROM = re.compile(r"\bاز ")


def _ends_in_bracket(caption: str) -> bool:
    return caption.rstrip(_AFTER_BRACKET).endswith((")", "]", "）"))


def _has_label(caption: str) -> bool:
    if ":" in caption or " by " in caption or " of " in caption or "(c)" in caption or "(C)" in caption:
        return True
    return not caption.isascii() and ("©" in caption or "：" in caption or _FROM.search(caption) is not None)


def _has_slash(caption: str) -> bool:
    return "/" in caption or "|" in caption


_CREDITS = (
    (_IN_BRACKETS, True, _ends_in_bracket),
    (_LABELLED, False, _has_label),
    (_AFTER_SLASH, True, _has_slash),
    (_BARE_AGENCY, True, re.compile(r"[.!?»\"”]\s+\S").search),
)
"""How a credit may be written, whether it must name an agency then, and a quick look that spares most captions the
search."""

_IS_FROM_FILES = re.compile(rf"(?:{_any_of(FROM_THE_FILES)})\.?", re.I)
_NAMES = re.compile(r"\s*[/|,;]\s*|\s+(?:via|for|through|по|via)\s+|(?<=[Pp]ool)\s|\s+-\s+")

_FILE_INITIAL = re.compile(f"[{''.join(sorted({phrase[0] for phrase in FROM_THE_FILES}))}]", re.I)
_FILE_PREFIX = re.compile(rf"(?:{_any_of(FROM_THE_FILES)})\s*(?:--+|[-–—:.])\s*", re.I)
_LOCATION = re.compile(
    rf"(?P<place>[^\W\d_][^–—:;!?\"“”«»()]{{1,{MAX_PLACE}}}?)\s*(?P<dash>--+|\s[–—-](?=\s)|[–—])\s*(?=\S)"
)
_SMALL_WORDS = frozenset(
    ("and", "of", "the", "de", "la", "i", "и", "і", "й", "та", "ў", "у", "в", "на", "və", "ve", "și", "dhe")
)

_AFTER_DATE = re.compile(
    rf"[\s.,;:)\]»\"”'’/-]*(?:(?:года?|року|р|г|год|жыл|թ|წ|undated|{_any_of(FROM_THE_FILES)})[\s.,;:)\]»\"”'’/-]*)*",
    re.I,
)
_DATED_REACH = 24
"""Characters of the longest of these words with its blank, and more."""

_DATED = re.compile(
    r"(?:\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?|in this|taken(?: on)?|dated|photo(?:graph)? of)\s+|\()$",
    re.I,
)


class CaptionParts(NamedTuple):
    """A caption taken apart. ``caption`` is what remains without the credit."""

    caption: str | None = None
    creditText: str | None = None  # noqa: N815 - schema.org's name, as in Image
    location: str | None = None
    dateCreated: str | None = None  # noqa: N815 - same


def caption_parts(text: str | None) -> CaptionParts:
    """The parts of a caption: ``Belgium -- … in Brussels, November 9, 2016`` gives location and day.

    Place and day stay in the caption, a credit at its end does not. What cannot be told is None: a dash after a name
    may join a sentence, a date within a sentence may be that of an event.
    """
    caption = clean((text or "")[:MAX_CAPTION])
    if not caption:
        return CaptionParts()
    caption, credit = split_credit(caption)
    return CaptionParts(caption or None, credit, location_of(caption), _day_of(caption))


def split_credit(caption: str) -> tuple[str, str | None]:
    """The caption without the credit at its end, and the credit without its label and brackets."""
    for pattern, needs_agency, hint in _CREDITS:
        match = pattern.search(caption) if hint(caption) else None
        if match is None or (pattern is _LABELLED and not _is_label(match)):
            continue
        credit, was_labelled = _without_label(match["credit"])
        if not credit or _IS_FROM_FILES.fullmatch(credit):
            continue
        if not needs_agency or was_labelled or names_agency(credit):
            return _without_loose_end(caption[: match.start()], match[0]), credit
    return caption, None


def _is_label(match: re.Match[str]) -> bool:
    """Whether it labels a credit and is no part of the sentence ("a photo by police shows the scene")."""
    credit, label, before = match["credit"], match["label"], match["before"]
    if is_small(credit) and not names_agency(credit):
        return False
    return before != " " or (not is_small(label) and label.rstrip()[-1] in ":：©)℗")


def names_agency(text: str) -> bool:
    """Whether ``text`` begins or ends with a known agency: ``AP Photo/Alex Brandon``, ``J. Doe, Reuters``."""
    names = [name.casefold().strip(" .") for name in _NAMES.split(text) if name.strip()]
    return bool(names) and (names[0] in AGENCIES or names[-1] in AGENCIES)


def spellings(caption: str) -> Iterator[str]:
    """The ways in which a caption is repeated: whole, without its credit, without "FILE -", without its place."""
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
    """The place that opens an agency caption, before a dash; two hyphens mark it, one dash only known places.

    One dash marks any place where the caption is laid out as agencies do it: a day closes it, and a sentence begins
    after the dash ("Горішнє – Петро Зарічний оглядає пристань, 28 лютого 2026 року").
    """
    if "-" not in caption and "–" not in caption and "—" not in caption:
        return None
    match = _LOCATION.match(caption, _prefix_length(caption))
    if match is None:
        return None
    place = match["place"].strip(" ,.")
    if place.casefold() in PLACES or place.rsplit(",", 1)[-1].strip().casefold() in PLACES:
        return place
    if not _could_be_place(place):
        return None
    return place if match["dash"].startswith("--") or _is_laid_out(place, match, caption) else None


def _prefix_length(caption: str) -> int:
    """How many characters "FILE -" and the like take at the start of a caption."""
    prefix = _FILE_PREFIX.match(caption) if _FILE_INITIAL.match(caption) else None
    return prefix.end() if prefix else 0


def _is_laid_out(place: str, match: re.Match[str], caption: str) -> bool:
    """Whether one dash parts a place from a sentence: capitals on both its sides, a verb's small letters, a day.

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
        and _day_of(caption) is not None
    )


def _could_be_place(text: str) -> bool:
    """A few words, each with a capital where the script has any."""
    words = text.replace("-", " ").replace("/", " ").split()
    if text.isupper() and len(text) < 6:
        return False  # NATO, OSCE
    capitals = not any(is_small(word) and word not in _SMALL_WORDS for word in words)
    return 0 < len(words) <= 5 and capitals and not re.search(r"\d|\.\s", text)


def credit_of(text: str) -> str | None:
    """Who is credited in a text that is nothing but a credit: without brackets and label."""
    return _without_label(clean(text[:MAX_CAPTION]).strip("()[] "))[0] or None


def _without_label(credit: str) -> tuple[str, bool]:
    label = _LABELLED_AT_START.match(credit)
    bare = credit[label.end() :] if label else credit
    return bare.strip(" .,;:/|"), label is not None


def _without_loose_end(before: str, taken: str) -> str:
    """What stood before the credit, with the full stop of its sentence."""
    rest = before.rstrip(" |/,;–—-(")
    return f"{rest}." if taken.startswith(".") and rest else rest


def _day_of(caption: str) -> str | None:
    """The day that closes the caption, or stands where agencies put it ("Monday, Nov. 7, 2016, in Manchester")."""
    days = sorted(written_days(caption), key=lambda written: written.start)
    for written in reversed(days):
        closes = not caption[written.end :].rstrip(" .") or _AFTER_DATE.fullmatch(caption, written.end)
        if (
            closes or _DATED.search(caption, max(written.start - _DATED_REACH, 0), written.start)
        ) and written.day.year >= _FIRST_PHOTO_YEAR:
            return written.day.isoformat()
    return None
