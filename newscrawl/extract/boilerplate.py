"""Furniture of the page that stands among the paragraphs: whole paragraphs only, so that no body text is lost."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawl.extract.phrases import ALONE, BIO_STARTS, STARTS, TITLES_OF_LISTS
from newscrawl.items import Removed

MAX_NOTICE = 200
"""Characters: a longer paragraph that begins like a notice is text."""
BIO_REACH = 8
"""Paragraphs from the end in which a bio may begin."""


def without_boilerplate(paragraphs: Sequence[str]) -> tuple[list[str], tuple[Removed, ...]]:
    """The text without share, print, player and accessibility lines and without the bio at its end; and what was taken.

    All languages together: no phrase of one language in the tables is a sentence of another's.
    """
    body, bio = _split_bio(paragraphs)
    kept: list[str] = []
    removed: list[Removed] = []
    for paragraph in body:
        if is_furniture(paragraph):
            removed.append(Removed(paragraph, "boilerplate"))
        else:
            kept.append(paragraph)
    removed += [Removed(paragraph, "bio") for paragraph in bio]
    return kept, tuple(removed)


def is_furniture(paragraph: str) -> bool:
    """Whether the whole paragraph is a label, a notice or a pointer elsewhere."""
    if len(paragraph) > MAX_NOTICE:
        return False
    folded = paragraph.casefold().strip(" \t•*|·»›")
    return folded in ALONE or folded.rstrip(".!:") in ALONE or folded.startswith(STARTS)


def _split_bio(paragraphs: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The text, and what follows from the first sign of a bio near the end or of a list of other stories."""
    for index, paragraph in enumerate(paragraphs):
        folded = paragraph.casefold().strip(" \t•*|·")
        if folded in TITLES_OF_LISTS and index:
            return paragraphs[:index], paragraphs[index:]
        if index >= len(paragraphs) - BIO_REACH and index and folded.startswith(BIO_STARTS):
            return paragraphs[:index], paragraphs[index:]
    return paragraphs, ()
