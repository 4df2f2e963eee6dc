"""Remove repeated captions: each image has its caption once, and the body has none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from newscrawl.extract.captions.joined import (
    caption_and_text,
    caption_twice,
    doubled_captions,
    opens_with,
    pieces_of_caption,
)
from newscrawl.extract.captions.match import (
    HEAD,
    START,
    Forms,
    letter_form,
    may_be_labelled,
    may_be_slide,
    says_the_same,
    tells_enough,
)
from newscrawl.extract.captions.parse import CaptionParts, caption_parts, spellings
from newscrawl.extract.metadata.datelines import split_dateline
from newscrawl.extract.text import comparable
from newscrawl.items import Article, Image, Removed

__all__ = [
    "CaptionParts",
    "caption_parts",
    "image_of_caption",
    "without_repeated_captions",
]

_MIN_OPENING = 60
"""Characters of a sentence that opens a text and stands under its picture too."""

LABEL = 20
"""Characters in which a label such as "FILE PHOTO:" ends."""

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SLIDE_ALONE = re.compile(r"\d{1,3}(?:\s*(?:/|of|из|з|од|od|от|din|nga)\s*\d{1,3})?\.?", re.I)


def without_repeated_captions(article: Article) -> Article:
    """Return ``article`` with each image once and no caption in its body; what left the body is in ``removed``.

    A paragraph is a repeated caption if it says what a caption or an alternative text says and nothing more, apart from
    credit, place, case, quotes, dashes, punctuation, white space and a slide's number; once or several in a row.
    A sentence that quotes a caption or resembles one says more, or something else, and stays. A paragraph that stands
    twice in a row at the top of a text and looks like a caption becomes one.
    """
    images = _once_each(article.images)
    paragraphs, dateline = _with_place_of_caption(article, images)
    if doubled := doubled_captions(paragraphs):
        images = _once_each(_with_captions(images, doubled))
    pictures = images if article.mainImage is None else (article.mainImage, *images)
    kept, removed = _without_repeats(paragraphs, pictures)
    if _opens_with_sentence(article, paragraphs, kept):
        kept, removed = [paragraphs[0], *kept], removed[1:]
    if kept[:1] == paragraphs[:1]:
        dateline, kept[:1] = article.dateline, article.paragraphs[:1]
    elif not dateline:  # a caption stood before the dateline
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


def _opens_with_sentence(article: Article, paragraphs: list[str], kept: list[str]) -> bool:
    """Return whether the first paragraph left a page of no site though it is a sentence that a caption repeats.

    Such pages put the first sentence of a story under its picture; an agency's caption tells a place and a day.
    """
    if article.metadata is None or article.metadata.layout != "general" or kept[:1] == paragraphs[:1] or not paragraphs:
        return False
    text = paragraphs[0]
    same = [image for image in article.images if image.caption and comparable(image.caption) == comparable(text)]
    is_sentence = len(text) >= _MIN_OPENING and text.rstrip('"”»')[-1:] in (".", "!", "?", "。")
    return bool(same) and is_sentence and not any(image.location or image.dateCreated for image in same)


def _with_place_of_caption(article: Article, images: tuple[Image, ...]) -> tuple[list[str], str | None]:
    """Return paragraphs and dateline; the place of a caption that opens the text ("UKRAINE --") is no dateline."""
    paragraphs = list(article.paragraphs)
    if article.dateline is None or not paragraphs:
        return paragraphs, article.dateline
    whole = f"{article.dateline} {paragraphs[0]}"
    start = whole[:3].casefold()
    shown = (text for image in images for text in (image.caption, image.description) if text)
    is_caption = (
        any(opens_with(whole, text) for text in shown if text[:3].casefold() == start)
        or caption_twice(whole) is not None
        or (len(paragraphs) > 1 and says_the_same(whole, paragraphs[1]))
    )
    return ([whole, *paragraphs[1:]], None) if is_caption else (paragraphs, article.dateline)


def image_of_caption(text: str) -> Image:
    """Return an image of which nothing but the caption is known."""
    parts = caption_parts(text)
    return Image(
        caption=parts.caption,
        creditText=parts.creditText,
        location=parts.location,
        dateCreated=parts.dateCreated,
    )


def _once_each(images: tuple[Image, ...]) -> tuple[Image, ...]:
    """Return each picture once: the first entry, completed from later ones."""
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
    """Return what all renditions of a picture share: the GUID in its address, else the address."""
    address = image.url or image.contentUrl
    if not address:
        return None
    guid = _GUID.search(address)
    return guid[0].casefold() if guid else address


def _completed(first: Image, later: Image) -> Image:
    return Image(*(getattr(first, name) or getattr(later, name) for name in Image.__slots__))


def _with_telling_texts(image: Image) -> Image:
    """Return ``image`` without an alternative text or a credit that repeats the caption."""
    if not image.caption or not (image.creditText or image.description):
        return image
    caption, credit = comparable(image.caption), comparable(image.creditText or "")
    return replace(
        image,
        creditText=None if credit == caption else image.creditText,
        description=None if comparable(image.description or "") in (caption, caption + credit) else image.description,
    )


def _main(main: Image | None, images: tuple[Image, ...]) -> Image | None:
    """Return the lead image as it is among the images."""
    if main is None or main in images:
        return main or (images[0] if images else None)
    key = _identity(main)
    return next((image for image in images if key and _identity(image) == key), images[0] if images else main)


def _with_captions(images: tuple[Image, ...], captions: Sequence[str]) -> tuple[Image, ...]:
    """Give captions that no image has to the lead image if it has none, else to new images."""
    for caption in captions:
        known = (spelling for image in images if image.caption for spelling in spellings(image.caption))
        if Forms.of(known, images).repeated_by(caption):
            continue
        found = image_of_caption(caption)
        has_room = bool(images) and not images[0].caption
        images = (_completed(images[0], found), *images[1:]) if has_room else (*images, found)
    return images


def _without_repeats(paragraphs: list[str], images: Iterable[Image]) -> tuple[list[str], list[Removed]]:
    """Return the paragraphs without repeated captions, and the repeated captions.

    A repeated caption begins as a caption begins; most paragraphs do not, and are compared no further.
    """
    images = [image for image in images if image.caption or image.description]
    texts = {image.caption for image in images if image.caption}
    texts |= {image.description for image in images if image.description and tells_enough(image.description)}
    spelled = {spelling for text in texts for spelling in spellings(text)}
    starts = _starts(*spelled, *(image.creditText or "" for image in images))
    suspects = {
        place
        for place, paragraph in enumerate(paragraphs)
        if ((not paragraph[:1].isalpha() or letter_form(paragraph[0]) in starts) and _may_begin(paragraph, starts))
        or ((paragraph.find(":", 0, LABEL) >= 0 or paragraph[:4] == "FILE") and may_be_labelled(paragraph))
    }
    if not suspects:
        return paragraphs, []
    forms = Forms.of(spelled, images)
    kept: list[str] = []
    removed: list[Removed] = []
    after_caption = False
    place = 0
    while place < len(paragraphs):
        paragraph = paragraphs[place]
        pieces = _length_of_repeat(paragraphs, place, forms) if place in suspects else 0
        if after_caption and not pieces and (forms.is_credit(paragraph) or _SLIDE_ALONE.fullmatch(paragraph)):
            pieces = 1
        if pieces:
            removed += [Removed(text, "caption") for text in paragraphs[place : place + pieces]]
        else:
            caption, text = caption_and_text(paragraph, forms) if place in suspects else (None, paragraph)
            removed += [Removed(caption, "caption")] if caption else []
            kept += [text] if text else []
        after_caption = pieces > 0
        place += pieces or 1
    return kept, removed


def _length_of_repeat(paragraphs: Sequence[str], place: int, forms: Forms) -> int:
    """Return how many paragraphs from ``place`` on are one caption, or captions in a row; 0 if none is."""
    return 1 if forms.repeated_by(paragraphs[place]) else pieces_of_caption(paragraphs, place, forms)


def _starts(*texts: str) -> dict[str, set[str]]:
    """Return how captions and credits begin: their first letters and digits by their first letter, case-folded."""
    starts: dict[str, set[str]] = {}
    for text in texts:
        head = comparable(text[:HEAD])[:START]
        starts.setdefault(head[:1], set()).add(head)
    return starts


def _may_begin(paragraph: str, starts: dict[str, set[str]]) -> bool:
    """Return whether a paragraph begins as one of ``starts``, or with a number that may be a slide's."""
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
