"""Normalise texts so that repeated captions and credits can be recognised: letters and digits alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from newscrawl.extract.captions.credit import MAX_CAPTION, names_agency, split_credit
from newscrawl.extract.captions.parse import caption_parts, spellings
from newscrawl.extract.captions.prefix_index import Beginnings
from newscrawl.extract.phrases.captions import CREDIT_LABELS, FROM_THE_FILES, SHOWN
from newscrawl.extract.sentences import ends_clause
from newscrawl.extract.text import columns, comparable, is_small
from newscrawl.items import Image

MIN_JOINED = 12
"""Letters and digits of a caption that may occur within a longer paragraph, joined to a credit or to its own copy;
shorter ones ("A house") count only if they are the whole paragraph."""

MIN_COLUMNS = 28
MIN_WORDS = 5
"""Letters and digits, or words, from which a text without place, day and credit may be a caption if only its doubling
or an alternative text says so: shorter ones are headings ("2. ADP", "Table of Contents")."""

HEAD = 48
"""Characters from the start of a paragraph in which the first ones of a caption are looked for."""

START = 12
"""Letters and digits at the start that distinguish most paragraphs from a caption."""

MAX_BRACKET_WORDS, MAX_SMALL_IN_BRACKET = 6, 2
"""Words of a credit in brackets, and those without a capital among them; what has more is a remark."""

_HANGUL = "\u1100"

_SLIDE = re.compile(r"^\s*\d{1,3}\s*(?:(?:/|of|из|з|од|od|от|din|nga)\s*\d{1,3})?\s*[.):–—-]?\s+(?=\S)", re.I)
_BRACKET = re.compile(r"\s*[(\[（](?P<credit>[^()\[\]（）!?:;：；]{2,80})[)\]）][\s.。]*$")
_LAST = re.compile(r",\s*(?P<credit>[^,]{2,40}?)[\s.]*$")
_LABEL = re.compile(
    rf"[(\[]?(?:{'|'.join(map(re.escape, (*CREDIT_LABELS, *FROM_THE_FILES, *SHOWN)))})\s*[)\]:：-]", re.I
)


@dataclass(frozen=True, slots=True)
class Forms:
    """The comparable forms in which the captions and credits of an article may stand in its body."""

    captions: frozenset[str]
    credits: frozenset[str]
    long: Beginnings
    """Captions that may occur within a longer paragraph."""
    dated: frozenset[str]
    """Those that state a day: a text does not begin with their words."""
    parts: Beginnings
    """What a paragraph may be composed of besides labels: long captions, credits."""

    @classmethod
    def of(cls, spelled: Iterable[str], images: Sequence[Image]) -> Forms:
        """Return the forms of captions in all their spellings, and of the credits of their images."""
        known = {*spelled}
        captions = frozenset(filter(None, map(comparable, {*known, *map(_without_tail, known)})))
        credited = frozenset(comparable(image.creditText) for image in images if image.creditText)
        long = {caption for caption in captions if len(caption) >= MIN_JOINED}
        dated = (image.caption for image in images if image.caption and image.dateCreated)
        return cls(
            captions,
            credited,
            Beginnings(long),
            frozenset(
                comparable(spelling) for caption in dated for spelling in spellings(caption) if _is_long(spelling)
            ),
            Beginnings(long | credited),
        )

    def repeated_by(self, paragraph: str) -> bool:
        """Return whether the paragraph is a caption, or captions and credits in a row, with the number of a slide."""
        return self._says(paragraph) or (
            _SLIDE.match(paragraph) is not None and self._says(_SLIDE.sub("", paragraph, count=1))
        )

    def is_credit(self, paragraph: str) -> bool:
        """Return whether the paragraph is one of the credits, with its label or without."""
        return any(part in self.credits for part in self._joined(comparable(paragraph)))

    def _says(self, paragraph: str) -> bool:
        form = comparable(paragraph)
        if form in self.captions or any(part in self.captions for part in self._joined(form)):
            return True
        bare, credit = split_credit(paragraph)
        if credit is not None and comparable(bare) in self.captions:
            return True
        bare = _without_tail(paragraph)
        return bare != paragraph and comparable(bare) in self.long

    def _joined(self, form: str) -> list[str]:
        """Return the parts that ``form`` is composed of; none if it holds anything else."""
        joined: list[str] = []
        while form:
            part = max((next(parts.of(form), "") for parts in (self.parts, _labels())), key=len)
            if not part:
                return []
            joined.append(part)
            form = form[len(part) :]
        return joined


@cache
def _labels() -> Beginnings:
    return Beginnings(comparable(label) for label in (*CREDIT_LABELS, *FROM_THE_FILES, *SHOWN))


def may_be_labelled(text: str) -> bool:
    """Return whether a text begins with a label such as "FILE PHOTO:": its caption would follow."""
    return _LABEL.match(text) is not None


def without_bracket(text: str) -> str:
    """Return ``text`` without the brackets at its end if they may hold a credit: few words, most with a capital."""
    match = _BRACKET.search(text) if text.endswith((")", "]", "）", ".", "。")) else None
    if match is None:
        return text
    words = match["credit"].split()
    small = sum(map(is_small, words))
    is_remark = len(words) > MAX_BRACKET_WORDS or small > MAX_SMALL_IN_BRACKET or small == len(words)
    is_known = names_agency(match["credit"]) or _LABEL.match(f"{match['credit']}:") is not None
    return text[: match.start()] if is_known or not is_remark else text


def _without_tail(text: str) -> str:
    """Return a long ``text`` without an unlabelled credit at its end; return other texts as they are."""
    bare = without_bracket(text)
    if bare == text and (match := _LAST.search(text)) and names_agency(match["credit"]):
        bare = text[: match.start()]
    return bare if _is_long(bare) else text


def _is_long(text: str) -> bool:
    return len(text.split()) >= MIN_WORDS or columns(comparable(text)) >= MIN_COLUMNS


def may_be_slide(text: str) -> bool:
    """Return whether a text begins with a number that may be a slide's: its caption would follow."""
    return _SLIDE.match(text) is not None


def is_caption_like(text: str) -> bool:
    """Return whether a paragraph could be a caption: it states a place, a day or a credit, or ends no sentence."""
    parts = caption_parts(text)
    return bool(parts.location or parts.dateCreated or parts.creditText) or not ends_clause(text)


def tells_enough(text: str) -> bool:
    """Return whether a text says more than a heading or a label does."""
    parts = caption_parts(text)
    if parts.location or parts.dateCreated or parts.creditText:
        return True
    return _is_long(text)


def has_credit(text: str) -> bool:
    """Return whether a credit closes the text."""
    return split_credit(text)[1] is not None


@lru_cache(maxsize=4_096)
def letter_form(character: str) -> str:
    """Return the first letter of the comparable form of a text that begins with ``character``."""
    return comparable(character)[:1]


def _begin_otherwise(first: str, second: str) -> bool:
    """Return whether the first two characters of two texts show that the texts differ.

    Only letters and digits show it, and only before Hangul, where neighbours may be one letter in compatibility forms.
    """
    if not (first.isalnum() and second.isalnum() and first < _HANGUL and second < _HANGUL):
        return False
    return letter_form(first[0]) != letter_form(second[0])


def says_the_same(first: str, second: str) -> bool:
    """Return whether two texts are equal but for punctuation, spaces, case and a credit; most differ at the start."""
    if first == second:
        return bool(first.strip())
    if _begin_otherwise(first[:2], second[:2]):
        return False
    head, other = comparable(first[:HEAD])[:START], comparable(second[:HEAD])[:START]
    if head[: len(other)] != other[: len(head)]:
        return False
    if max(len(first), len(second)) > MAX_CAPTION:
        return comparable(first) == comparable(second)
    return comparable(split_credit(first)[0]) == comparable(split_credit(second)[0])
