"""Datelines: the place that opens a report, such as "KYIV --" or "ПРАГА —"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from newscrawl.extract.dates.calendars import written_day
from newscrawl.extract.dates.closing_day import closing_day
from newscrawl.extract.phrases import listed
from newscrawl.extract.phrases.places import PLACES
from newscrawl.extract.text import clean

MAX_DATELINE = 70
"""Characters: "WASHINGTON/NEW YORK/BRUSSELS (RFE/RL) --" has 41; more is a sentence."""

_MAX_CAPTION = 4_000
"""Characters from the end of a paragraph in which the day of a caption is looked for."""

MIN_UNKNOWN = 6
"""Letters from which a word in capitals is taken for a place that is not in the table: shorter ones are mostly
acronyms, and a dash after one is the copula of Slavic sentences ("НАТО — это союз")."""

_DASH = r"(?:--+|[–—―‒]+|-|(?<=\s)ـ+)"
"""Persian keyboards draw a dash with what stretches letters."""
_LINE = re.compile(
    rf"(?P<place>[^\W\d_][^–—―‒:;!?\"“”«»]{{1,{MAX_DATELINE}}}?)\s*(?P<dash>{_DASH})(?=[\s–—-]|$|(?<=--)\S)\s*"
)
_DASH_AFTER = re.compile(rf"\s*(?P<dash>{_DASH})(?:\s+|$|(?<=--)(?=\S))")
_LEADING_DASH = re.compile(r"(?P<dash>--+|[–—―‒]+|-)(?:\s+|$|(?<=--)(?=\S))")
_SOURCE = re.compile(r"\s*\((?:[^()]{2,30})\)$")
_DATE = re.compile(r",?\s+(?:[^\W\d_]+\.?\s+)?\d{1,2}(?:\.|,)?(?:\s+[^\W\d_]+)?(?:,?\s+(?:19|20)\d\d)?$")
_DAY = re.compile(
    r"(?P<day>[^\W\d_]{3,12}\.?\s+\d{1,2},\s+(?:19|20)\d\d|\d{1,2}\.?\s+[^\W\d_]{3,12}\.?,?\s+(?:19|20)\d\d)"
    rf"(?:\s*\([^()]{{2,30}}\))?\s*(?P<dash>{_DASH})\s*(?=\S)"
)
"""``May 11, 2006 --``, as texts of those years begin."""
_NO_PLACES = frozenset(
    listed(
        """
        update|updated|breaking|exclusive|analysis|explainer|interview|live|video|watch|photos|audio|podcast|opinion
        commentary|correction|editor's note|unesco|unicef|обновлено|срочно|видео|фото|важно|подкаст|внимание|эксклюзив
        юнеско|юнисеф|оновлено|терміново|відео|важливо|ексклюзив|роскомнадзор|росфинмониторинг|росгвардия|газпром
        роснефть|us|u.s|usa|uk|u.k|uae|сша|сащ|сад|sad|bih|sua|shba|abş|ақш|акш|ամն|აშშ
        """
    )
)
"""Words in capitals before a dash that are no places, or countries by their initials, which open sentences."""


class Dated(NamedTuple):
    """A text without its dateline."""

    dateline: str | None
    """As it stands, with its dash."""
    paragraphs: list[str]


def split_dateline(paragraphs: Sequence[str]) -> Dated:
    """The dateline that opens the first paragraph, and the paragraphs without it.

    A place is told by its capitals, or by being known before two hyphens or, in scripts without capitals, any dash.
    A sentence with a dash stays whole.
    """
    kept = list(paragraphs)
    day = _DAY.match(kept[0]) if kept else None
    if day is not None and written_day(day["day"]) is not None:
        kept[0] = clean(kept[0][day.end() :])
        return Dated(clean(day[0]), kept)
    match = _LINE.match(kept[0]) if kept else None
    if match is None or not _is_dateline(match["place"], match["dash"]) or _is_agency_caption(kept[0]):
        return Dated(None, kept)
    rest = clean(kept[0][match.end() :])
    if not rest and len(kept) == 1:
        return Dated(None, kept)
    kept[:1] = [rest] if rest else []
    return Dated(clean(match[0]), kept)


def with_its_dash(dateline: str, paragraphs: Sequence[str]) -> Dated:
    """A dateline that the markup tells, with the dash that the text after it begins with where it has none."""
    kept = list(paragraphs)
    match = _LEADING_DASH.match(kept[0]) if kept and dateline[-1].isalnum() else None
    if match is None:
        return Dated(dateline, kept)
    rest = clean(kept[0][match.end() :])
    kept[:1] = [rest] if rest else []
    return Dated(f"{dateline} {match['dash']}", kept)


def with_stated(stated: str, paragraphs: Sequence[str]) -> Dated:
    """The dateline that the page states of itself; it leaves the first paragraph where that begins with it."""
    kept = list(paragraphs)
    if len(stated) > MAX_DATELINE:
        return Dated(None, kept)
    opening = kept[0][: len(stated)] if kept else ""
    match = _DASH_AFTER.match(kept[0], len(stated)) if opening.casefold() == stated.casefold() else None
    if match is None:
        return Dated(stated, kept)
    rest = clean(kept[0][match.end() :])
    kept[:1] = [rest] if rest else []
    return Dated(f"{opening} {match['dash']}", kept)


def _is_agency_caption(paragraph: str) -> bool:
    """``Belgium -- … in Brussels, November 9, 2016``: a caption opens as a dateline does, but ends with its day."""
    return paragraph[-1].isalnum() and closing_day(paragraph[-_MAX_CAPTION:]) is not None


def _is_dateline(text: str, dash: str) -> bool:
    place = _DATE.sub("", _SOURCE.sub("", clean(text)))
    names = [name.strip(" .'’") for name in re.split(r"[/,،]|\s+(?:and|и|і|та)\s+", place) if name.strip()]
    if not names:
        return False
    first = names[0]
    known = any(map(_is_known, names))
    if first.casefold() in _NO_PLACES:
        return False
    if first.isupper():  # the script has capitals, and all letters of the place are
        return known or (len(first) >= MIN_UNKNOWN and _could_be_place(first))
    if first.title() != first.casefold():
        has_more = _SOURCE.search(clean(text)) is not None and _DATE.search(_SOURCE.sub("", clean(text))) is not None
        return dash.startswith("--") and (
            _is_known(first) or (has_more and first[:1].isupper() and _could_be_place(first))
        )
    return all(map(_is_known, names))  # a script without capitals


def _has_source_and_day(text: str) -> bool:
    """Return whether a dateline has an agency and a day besides its place: "Boston, 5 June 2001 (RFE/RL)"."""
    line = clean(text)
    return _SOURCE.search(line) is not None and _DATE.search(_SOURCE.sub("", line)) is not None


def _is_known(name: str) -> bool:
    turkic = name.replace("İ", "i").replace("I", "ı").lower()  # QIRIM, İSTANBUL
    return name.casefold() in PLACES or turkic in PLACES


def _could_be_place(name: str) -> bool:
    words = name.casefold().split()
    return 0 < len(words) <= 4 and not any(word in _NO_PLACES for word in words) and not re.search(r"\d", name)
