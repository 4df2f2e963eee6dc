"""Captions: each image's once, and none of them in the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from newscrawl.extract.caption_parts import CaptionParts, caption_parts, split_credit
from newscrawl.extract.text import comparable
from newscrawl.items import Article, Image, Removed

__all__ = ["CaptionParts", "caption_parts", "without_repeated_captions"]

MIN_LETTERS = 12
"""A caption whose comparable form is shorter ("A house") could be a sentence of the text: it must match to the letter."""

_RENDITION = re.compile(r"_(?:cx\d+|cy\d+|cw\d+|w\d+|h\d+|r\d+|n|s|tv|mx\d+)(?=[_.]|$)", re.IGNORECASE)
_SLIDE_NUMBER = re.compile(r"^\s*\d{1,3}\s*(?:/|of|из|з|от|od)?\s*\d{0,3}\s*[.):–-]?\s+")


def without_repeated_captions(article: Article) -> Article:
    """``article`` with one image entry per image and no caption in its body; what left the body is in ``removed``.

    A paragraph is a repeated caption when it says exactly what a caption or an alternative text says, give or take
    credit, case, quotes, dashes, punctuation, white space and a slide's number. A sentence that quotes a caption or
    resembles one says more, or something else, and stays.
    """
    images = _once_each(article.images)
    forms = _forms(images if article.mainImage is None else (*images, article.mainImage))
    kept, removed = _without(article.paragraphs, forms) if forms else (article.paragraphs, ())
    if not removed and images == article.images:
        return article
    return replace(
        article,
        images=images,
        paragraphs=kept,
        articleBody="\n\n".join(kept) or None,
        removed=(*article.removed, *removed),
    )


def _once_each(images: Sequence[Image]) -> tuple[Image, ...]:
    """Each image once: the first entry, completed by what later ones tell of the same picture."""
    merged: dict[str, Image] = {}
    for image in images:
        key = _identity(image) or f"no address {comparable(image.caption or '')}"
        merged[key] = _completed(merged[key], image) if key in merged else image
    return tuple(merged.values())


def _identity(image: Image) -> str | None:
    address = image.url or image.contentUrl
    return _RENDITION.sub("", address) if address else None


def _completed(first: Image, later: Image) -> Image:
    return Image(
        url=first.url or later.url,
        caption=first.caption or later.caption,
        creditText=first.creditText or later.creditText,
        description=first.description or later.description,
        location=first.location or later.location,
        dateCreated=first.dateCreated or later.dateCreated,
        contentUrl=first.contentUrl or later.contentUrl,
    )


def _forms(images: Iterable[Image]) -> frozenset[str]:
    """The comparable forms under which the captions could stand in the body."""
    forms: set[str] = set()
    for image in images:
        for text in (image.caption, image.description):
            if not text:
                continue
            forms |= {comparable(text), comparable(split_credit(text)[0])}
            if image.creditText:
                forms |= {comparable(f"{text} {image.creditText}"), comparable(f"{text} photo {image.creditText}")}
    return frozenset(form for form in forms if len(form) >= MIN_LETTERS) | _short(images)


def _short(images: Iterable[Image]) -> frozenset[str]:
    """Short captions, as they are written: marked, so that they match only word for word."""
    texts = (text for image in images for text in (image.caption, image.description) if text)
    return frozenset(f"={text}" for text in texts if len(comparable(text)) < MIN_LETTERS)


def _without(paragraphs: Sequence[str], forms: frozenset[str]) -> tuple[tuple[str, ...], tuple[Removed, ...]]:
    kept: list[str] = []
    removed: list[Removed] = []
    longest = max(map(len, forms))
    for paragraph in paragraphs:
        if _repeats(paragraph, forms, longest):
            removed.append(Removed(paragraph, "caption"))
        else:
            kept.append(paragraph)
    return tuple(kept), tuple(removed)


_VARIATION = 3
"""How many times longer than its comparable form a paragraph with credit, quotes and spaces may be."""


def _repeats(paragraph: str, forms: frozenset[str], longest: int) -> bool:
    if len(paragraph) > _VARIATION * longest + 200:
        return False
    if f"={paragraph}" in forms:
        return True
    form = comparable(paragraph)
    if form in forms or _is_doubled(form, forms):
        return True
    without_number = _SLIDE_NUMBER.sub("", paragraph)
    bare, credit = split_credit(without_number)
    return (credit is not None or without_number != paragraph) and (
        comparable(bare) in forms or comparable(without_number) in forms
    )


def _is_doubled(form: str, forms: frozenset[str]) -> bool:
    """Whether the paragraph is a caption twice in a row."""
    half = len(form) // 2
    return len(form) % 2 == 1 and form[half] == " " and form[:half] == form[half + 1 :] and form[:half] in forms
