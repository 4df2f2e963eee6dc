"""Captions: each image's once, and none of them in the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from newscrawl.extract.caption_forms import (
    HEAD,
    START,
    Forms,
    has_credit,
    is_caption_like,
    letter_form,
    may_be_slide,
    says_the_same,
    tells_enough,
)
from newscrawl.extract.caption_parts import MAX_CAPTION, CaptionParts, caption_parts, spellings
from newscrawl.extract.datelines import split_dateline
from newscrawl.extract.text import comparable, is_small
from newscrawl.items import Article, Image, Removed

__all__ = [
    "CaptionParts",
    "caption_parts",
    "image_of_caption",
    "without_repeated_captions",
]

TOP = 6
"""Paragraphs from the start among which a doubled caption is looked for: it stands under the headline."""

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SLIDE_ALONE = re.compile(r"\d{1,3}(?:\s*(?:/|of|из|з|од|od|от|din|nga)\s*\d{1,3})?\.?", re.I)


def without_repeated_captions(article: Article) -> Article:
    """``article`` with each image once and no caption in its body; what left the body is in ``removed``.

    A paragraph is a repeated caption when it says what a caption or an alternative text says and nothing more, give or
    take credit, place, case, quotes, dashes, punctuation, white space and a slide's number; once or several in a row.
    A sentence that quotes a caption or resembles one says more, or something else, and stays. A paragraph that stands
    twice in a row at the top of a text and looks like a caption becomes one.
    """
    images = _once_each(article.images)
    if doubled := _doubled(article.paragraphs):
        images = _once_each(_with_captions(images, doubled))
    pictures = images if article.mainImage is None else (article.mainImage, *images)
    kept, removed = _without_repeats(list(article.paragraphs), pictures)
    dateline = article.dateline
    if removed and not dateline and kept[:1] != [*article.paragraphs[:1]]:  # a caption stood before the dateline
        dateline, kept = split_dateline(kept)
    if not removed and images == article.images:
        return article
    return replace(
        article,
        images=images,
        mainImage=_main(article.mainImage, images),
        paragraphs=tuple(kept),
        dateline=dateline,
        articleBody="\n\n".join(kept) or None,
        removed=(*article.removed, *removed),
    )


def image_of_caption(text: str) -> Image:
    """An image of which nothing but the caption is known."""
    parts = caption_parts(text)
    return Image(
        caption=parts.caption,
        creditText=parts.creditText,
        location=parts.location,
        dateCreated=parts.dateCreated,
    )


def _once_each(images: tuple[Image, ...]) -> tuple[Image, ...]:
    """Each picture once: the first entry, completed by what later ones tell of it."""
    if len(images) < 2 and not any(image.description or image.creditText for image in images):
        return images
    merged: dict[str, Image] = {}
    by_caption: dict[str, str] = {}
    for image in images:
        caption = comparable(image.caption or "")
        key = _identity(image) or by_caption.get(caption, f"caption {caption}")
        merged[key] = _completed(merged[key], image) if key in merged else image
        if caption:
            by_caption.setdefault(caption, key)
    return tuple(_with_telling_texts(image) for image in merged.values())


def _identity(image: Image) -> str | None:
    """What all renditions of a picture share: the GUID in its address, else the address."""
    address = image.url or image.contentUrl
    if not address:
        return None
    guid = _GUID.search(address)
    return guid[0].casefold() if guid else address


def _completed(first: Image, later: Image) -> Image:
    return Image(*(getattr(first, name) or getattr(later, name) for name in Image.__slots__))


def _with_telling_texts(image: Image) -> Image:
    """Without an alternative text or a credit that repeats the caption."""
    if not image.caption or not (image.creditText or image.description):
        return image
    caption, credit = comparable(image.caption), comparable(image.creditText or "")
    return replace(
        image,
        creditText=None if credit == caption else image.creditText,
        description=None if comparable(image.description or "") in (caption, caption + credit) else image.description,
    )


def _main(main: Image | None, images: tuple[Image, ...]) -> Image | None:
    """The lead image as it stands among the images."""
    if main is None or main in images:
        return main or (images[0] if images else None)
    key = _identity(main)
    return next((image for image in images if key and _identity(image) == key), images[0] if images else main)


def _with_captions(images: tuple[Image, ...], captions: Sequence[str]) -> tuple[Image, ...]:
    """The captions that no image has go to the lead image if it has none, else to pictures of their own."""
    for caption in captions:
        known = (spelling for image in images if image.caption for spelling in spellings(image.caption))
        if Forms.of(known, images).repeated_by(caption):
            continue
        found = image_of_caption(caption)
        has_room = bool(images) and not images[0].caption
        images = (_completed(images[0], found), *images[1:]) if has_room else (*images, found)
    return images


def _doubled(paragraphs: Sequence[str]) -> list[str]:
    """The captions: what stands at the top twice in a row and looks like one."""
    return [
        max(first, second, key=has_credit)
        for first, second in pairwise(paragraphs[: TOP + 1])
        if len(first) <= MAX_CAPTION
        and says_the_same(first, second)
        and any(is_caption_like(text) and tells_enough(text) for text in (first, second))
    ]


def _without_repeats(paragraphs: list[str], images: Iterable[Image]) -> tuple[list[str], list[Removed]]:
    """The paragraphs without repeated captions, and those.

    A repeated caption begins as a caption begins: most body text does not, and costs no more than that look.
    """
    images = [image for image in images if image.caption or image.description]
    texts = {image.caption for image in images if image.caption}
    texts |= {image.description for image in images if image.description and tells_enough(image.description)}
    spelled = {spelling for text in texts for spelling in spellings(text)}
    starts = _starts(*spelled, *(image.creditText or "" for image in images))
    suspects = {
        place
        for place, paragraph in enumerate(paragraphs)
        if (not paragraph[:1].isalpha() or letter_form(paragraph[0]) in starts) and _may_begin(paragraph, starts)
    }
    if not suspects:
        return paragraphs, []
    forms = Forms.of(spelled, images)
    kept: list[str] = []
    removed: list[Removed] = []
    after_caption = False
    for place, paragraph in enumerate(paragraphs):
        if (place in suspects and forms.repeated_by(paragraph)) or (
            after_caption and (forms.is_credit(paragraph) or _SLIDE_ALONE.fullmatch(paragraph))
        ):
            removed.append(Removed(paragraph, "caption"))
            after_caption = True
            continue
        after_caption = False
        caption, text = _unglued(paragraph, forms.agency if place in suspects else ())
        removed += [Removed(caption, "caption")] if caption else []
        kept.append(text)
    return kept, removed


def _starts(*texts: str) -> dict[str, set[str]]:
    """How captions and credits begin: by their first letter, case-folded, their first letters and digits."""
    starts: dict[str, set[str]] = {}
    for text in texts:
        head = comparable(text[:HEAD])[:START]
        starts.setdefault(head[:1], set()).add(head)
    return starts


def _may_begin(paragraph: str, starts: dict[str, set[str]]) -> bool:
    """Whether a paragraph begins as one of ``starts`` or with a number that may be a slide's."""
    first = paragraph[:1] if paragraph[:1].isalnum() else _first_letter(paragraph)
    letter = letter_form(first) if first else paragraph.strip()[:1]
    if letter.isdecimal() and may_be_slide(paragraph):
        return True
    heads = starts.get(letter)
    if heads is None:
        return False
    head = comparable(paragraph[:HEAD])[:START]
    return any(head[: len(start)] == start[: len(head)] for start in heads)


def _first_letter(paragraph: str) -> str:
    found = _LETTER_OR_DIGIT.search(paragraph)
    return found[0] if found else ""


def _unglued(paragraph: str, captions: Iterable[str]) -> tuple[str | None, str]:
    """The agency caption that stands before the text in one paragraph, and the text.

    Only captions that tell place and day: a text may well begin with the sentence of another.
    """
    for caption in captions:
        rest, next_to_it = paragraph, ""
        while rest.startswith(caption):
            rest = rest[len(caption) :]
            next_to_it, rest = rest[:1], rest.lstrip(" .")
        is_part_of_word = next_to_it.isalnum() and not next_to_it.isupper()
        if rest != paragraph and not is_part_of_word and _begins_sentence(rest):
            return paragraph[: len(paragraph) - len(rest)].rstrip(), rest
    return None, paragraph


def _begins_sentence(text: str) -> bool:
    """Whether a text begins as sentences do: no small letter, no punctuation but an opening quote or bracket."""
    first = text.removeprefix("(").lstrip("\"“„«‘'")[:1]
    return first.isalnum() and not is_small(first)
