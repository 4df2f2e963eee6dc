"""Find captions that are joined with text or with their own copy, or broken over several paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, pairwise

from newscrawl.extract.captions.credit import MAX_CAPTION
from newscrawl.extract.captions.match import (
    HEAD,
    START,
    Forms,
    has_credit,
    is_caption_like,
    says_the_same,
    tells_enough,
    without_bracket,
)
from newscrawl.extract.captions.parse import caption_parts
from newscrawl.extract.text import clean, comparable, is_small

TOP = 6
"""Paragraphs from the start among which a doubled caption is looked for: it stands under the headline."""

MAX_PIECES = 3
"""Paragraphs over which one caption is broken: by line breaks, which nobody sets more of in a line or two."""

MAX_COPIES = 4
"""Copies of a caption in a row that are looked at; two and three are seen."""

MAX_OPENINGS = 8
"""Captions that are looked at of those with which one paragraph begins: the spellings of one are four or fewer."""

_END = re.compile(r"[.…!?。！？։۔]*(?:[\"»”’](?!\w))?")
_BRACKET = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\.?")
_OPENING = "\"“„«‘'"


def caption_and_text(paragraph: str, forms: Forms) -> tuple[str | None, str]:
    """Return the caption that opens a paragraph and the text after it, which may be empty; None without a caption.

    A text may begin with the sentence of a caption. So the caption must state its day, or its credit or its own copy
    must follow it, and the text must begin as sentences do.
    """
    whole = comparable(paragraph)
    for caption in islice(forms.long.of(whole), MAX_OPENINGS):
        if caption == whole:
            continue
        end, copies, is_credited = _end_of_copies(paragraph, caption)
        text = paragraph[end:].lstrip(" .")
        if not (caption in forms.dated or copies > 1 or is_credited):
            continue
        if not text:
            return paragraph, ""
        is_word_cut = paragraph[end].isalnum() and not paragraph[end].isupper()
        if not is_word_cut and _begins_sentence(text):
            return clean(paragraph[: len(paragraph) - len(text)]), clean(text)
    return None, paragraph


def caption_twice(paragraph: str) -> str | None:
    """Return the caption that a paragraph holds twice in a row and nothing else, if it states a day or a credit."""
    second = paragraph.find(paragraph[:START], START, MAX_CAPTION)
    if second < 0:
        return None
    first, copy = paragraph[:second].rstrip(), paragraph[second:]
    if not says_the_same(first, copy):
        return None
    caption = max(first, copy, key=len)
    parts = caption_parts(caption)
    return caption if parts.dateCreated or parts.creditText else None


def doubled_captions(paragraphs: Sequence[str]) -> list[str]:
    """Return the captions that stand at the top twice in a row."""
    return [
        *filter(None, map(caption_twice, paragraphs[:TOP])),
        *(
            max(first, second, key=has_credit)
            for first, second in pairwise(paragraphs[: TOP + 1])
            if len(first) <= MAX_CAPTION
            and says_the_same(first, second)
            and any(is_caption_like(text) and tells_enough(text) for text in (first, second))
        ),
    ]


def opens_with(paragraph: str, caption: str) -> bool:
    """Return whether a paragraph opens with a caption or is the start of one."""
    head, start = comparable(paragraph[:HEAD])[:START], comparable(caption[:HEAD])[:START]
    if head != start:
        return False
    opening, form = comparable(paragraph[: 2 * MAX_CAPTION]), comparable(caption)
    return opening.startswith(form) or form.startswith(opening)


def pieces_of_caption(paragraphs: Sequence[str], place: int, forms: Forms) -> int:
    """Return how many paragraphs from ``place`` on are the pieces of one caption; 0 if they are none."""
    for end in range(place + 1, min(place + MAX_PIECES, len(paragraphs))):
        begun = comparable("".join(paragraphs[place:end]))
        if len(begun) < START or not forms.long.any_goes_on(begun):
            return 0
        if forms.repeated_by(" ".join(paragraphs[place : end + 1])):
            return end + 1 - place
    return 0


def _end_of_copies(paragraph: str, caption: str) -> tuple[int, int, bool]:
    """Return where the caption that opens a paragraph ends with its credit, how often it occurs, whether credited."""
    end = copies = 0
    is_credited = False
    while copies < MAX_COPIES and end < len(paragraph):
        rest = paragraph[end : end + 4 * len(caption)]
        length = bisect_left(range(len(rest)), len(caption), key=lambda size: len(comparable(rest[:size])))
        if comparable(rest[:length]) != caption:
            break
        copies += 1
        end += length
        if match := _END.match(paragraph, end):
            end = match.end()
        while (bracket := _BRACKET.match(paragraph, end)) and not without_bracket(bracket[0]):
            end, is_credited = bracket.end(), True
    return end, copies, is_credited


def _begins_sentence(text: str) -> bool:
    """Return whether a text begins as sentences do: no small letter, no punctuation but an opening quote or bracket."""
    first = text.removeprefix("(").lstrip(_OPENING)[:1]
    return first.isalnum() and not is_small(first)
