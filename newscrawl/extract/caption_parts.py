"""What an agency caption tells: place, day, credit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.extract.calendars import gregorian_from_persian, written_date
from newscrawl.extract.text import clean

MAX_LOCATION = 60
"""Characters before the dash: "Bosnia and Herzegovina" and the like; more is a sentence."""
MAX_CREDIT = 120
MAX_CAPTION = 4000
"""Characters that are searched; longer "captions" are whole texts put in the wrong field."""

_LOCATION = re.compile(
    r"(?:FILE\s+(?:PHOTO\s*)?[-–—:]+\s*)?(?P<place>[^\W\d_][^—–:.!?\"“”«»]{1,58}?)\s*(?:--+|[–—])\s+\S"
)
_AGENCIES = r"AP|AFP|Reuters|RFE/RL|RFERL|TASS|ТАСС|EPA(?:-EFE)?|Getty Images|RIA Novosti|UNIAN|УНІАН|Ukrinform|VOA"
_IN_BRACKETS = re.compile(
    rf"\s*[(\[](?P<credit>(?:(?:photo|фото|foto|fotó|credit|courtesy|source|©|\(c\))\W.{{1,100}}|"
    rf"(?:[^()\[\]]{{0,80}}[/,]\s*)?(?:{_AGENCIES})(?:\s*[/,]\s*[^()\[\]]{{1,60}}|\s+Photo(?:/[^()\[\]]{{1,60}})?)?))[)\]]\s*\.?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:^|[.\s|/])\s*(?:(?:photo(?:\s+(?:by|credit|courtesy))?|foto|fotó|фото|credit|სურათი|լուսանկարը|عکس|Фотография)\s*[:：]"
    r"|©|\(c\))\s*(?P<credit>[^.|]{2,120}?)\s*\.?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:photo|foto|fotó|фото|credit|source|courtesy of|©|\(c\))\s*(?:by|credit)?\s*[:：]?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class CaptionParts:
    """A caption taken apart. ``caption`` is what remains without the credit."""

    caption: str | None = None
    creditText: str | None = None  # noqa: N815 - schema.org's name, as in Image
    location: str | None = None
    dateCreated: str | None = None  # noqa: N815 - same


def caption_parts(text: str | None) -> CaptionParts:
    """The parts of an image caption: ``Belgium -- … in Brussels, November 9, 2016`` gives location and day.

    The place and the day stay in the caption; a credit at its end does not.
    """
    caption = clean((text or "")[:MAX_CAPTION])
    if not caption:
        return CaptionParts()
    caption, credit = split_credit(caption)
    place = _LOCATION.match(caption)
    day = written_date(caption) or gregorian_from_persian(caption)
    return CaptionParts(
        caption=caption or None,
        creditText=credit,
        location=_location(place["place"]) if place else None,
        dateCreated=day.isoformat() if day else None,
    )


def split_credit(caption: str) -> tuple[str, str | None]:
    """The caption without the credit at its end, and the credit without its label."""
    match = _IN_BRACKETS.search(caption) or _LABELLED.search(caption)
    if match is None:
        return caption, None
    credit = _LABEL.sub("", match["credit"].strip(" .,;")).strip(" .,;:")
    if not credit or len(credit) > MAX_CREDIT:
        return caption, None
    before = caption[: match.start()]
    ends_sentence = match[0].startswith(".")
    return (before.rstrip(" |/") + ("." if ends_sentence else "")).strip(), credit


def _location(place: str) -> str | None:
    """A place begins with a capital (where the script has any) and is no sentence."""
    place = place.strip(" ,")
    if len(place) > MAX_LOCATION or place[0].islower() or len(place.split()) > 6 or place.casefold() == "file":
        return None
    return place
