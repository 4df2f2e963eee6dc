"""Images, videos and audio recordings of a page by its layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborNode

from newscrawl.extract.blocks import text_of, within
from newscrawl.extract.caption_parts import caption_parts
from newscrawl.extract.entities import listed, plain, types_of
from newscrawl.extract.literals import read_literal
from newscrawl.extract.page import Page
from newscrawl.extract.text import clean
from newscrawl.items import Image, MediaObject
from newscrawl.site import Layout

_MAX_IMAGES = 500
"""Images of one page that are read: the longest galleries seen have 200."""

_SOURCES = ("src", "data-src", "data-lbox-gallery-item-src", "data-original", "data-lazy-src")
_ITEM_CAPTIONS = ("data-lbox-gallery-item-title", "data-lbox-gallery-item-caption", "data-caption")
_ITEM_CREDITS = ("data-lbox-gallery-item-credit", "data-lbox-gallery-item-copyright", "data-credit")


def images_of(page: Page, layout: Layout, figures: Iterable[LexborNode]) -> tuple[Image, ...]:
    """All images in reading order: the lead image, those of the text, the gallery's; each picture once."""
    nodes = [*_cover(page, layout), *_with_gallery_items(figures, layout), *_gallery(page, layout)]
    images = (image for node in nodes[:_MAX_IMAGES] if (image := _image(page, node, layout)))
    return merged(images)


def merged(images: Iterable[Image]) -> tuple[Image, ...]:
    """``images`` with each picture once; what an earlier one lacks is taken from a later one of the same picture."""
    found: dict[str, Image] = {}
    for image in images:
        key = image.url or image.contentUrl or ""
        known = found.get(key)
        found[key] = image if known is None else _filled(known, image)
    return tuple(found.values())


def image_at(page: Page, url: str | None, layout: Layout | None = None) -> Image | None:
    """The image that is served at ``url``, without a caption."""
    served = page.absolute(url)
    if served is None or "/Content/responsive/" in served:  # the CMS's own pictures: logos, spinners
        return None
    return Image(url=original_url(served, layout), contentUrl=served)


def original_url(served: str, layout: Layout | None) -> str:
    """The URL of the original size of the picture served at ``served``."""
    if layout is None or layout.rendition is None:
        return served
    return layout.rendition.sub("", served, count=1)


def media_of(page: Page, layout: Layout) -> tuple[tuple[MediaObject, ...], tuple[MediaObject, ...]]:
    """Videos and audio recordings: those of the page's players, completed with its JSON-LD."""
    videos: dict[str, MediaObject] = {}
    audios: dict[str, MediaObject] = {}
    beside = page.all(layout.foreign) if (players := page.all(layout.players)) else []
    for player in players:
        element = player.css_first("video, audio")
        if element is None or within(player, beside):
            continue
        if media := _recording(page, player, element):
            (videos if element.tag == "video" else audios).setdefault(media.url, media)
    stated = stated_media(page)
    return _completed(videos, stated["VideoObject"]), _completed(audios, stated["AudioObject"])


def stated_media(page: Page) -> dict[str, list[MediaObject]]:
    """What the JSON-LD says of videos and audio recordings, on their own or within an article."""
    found: dict[str, list[MediaObject]] = {"VideoObject": [], "AudioObject": []}
    for item in page.json_ld:
        for candidate in (item, *listed(item.get("video")), *listed(item.get("audio"))):
            for kind in types_of(candidate):
                url = page.absolute(plain(candidate.get("contentUrl")) or plain(candidate.get("embedUrl")))
                if kind in found and url:
                    found[kind].append(MediaObject(url, plain(candidate.get("name")), plain(candidate.get("duration"))))
    return found


def _completed(played: dict[str, MediaObject], stated: list[MediaObject]) -> tuple[MediaObject, ...]:
    for media in stated:
        known = played.get(media.url)
        if known is None and len(played) == len(stated) == 1:
            known = next(iter(played.values()))  # one player, one description: the same recording in two qualities
        if known is None:
            played[media.url] = media
        else:
            played[known.url] = replace(known, name=known.name or media.name, duration=known.duration or media.duration)
    return tuple(played.values())


def _recording(page: Page, player: LexborNode, element: LexborNode) -> MediaObject | None:
    attributes = element.attributes
    url = page.absolute(attributes.get("src")) or _best_source(page, element)
    if url is None:
        return None
    titled = player if player.attributes.get("data-title") else player.css_first("[data-title]")
    name = attributes.get("title") or (titled.attributes.get("data-title") if titled is not None else None)
    return MediaObject(url, clean(name or "") or None, attributes.get("data-duration") or None)


def _best_source(page: Page, element: LexborNode) -> str | None:
    """The first of ``<source src>`` and of the player's ``data-sources``, a JSON list."""
    for source in element.css("source[src]"):
        if url := page.absolute(source.attributes.get("src")):
            return url
    sources = element.attributes.get("data-sources")
    entries: Any = read_literal(sources) if sources else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and (url := page.absolute(plain(entry.get("Src")) or plain(entry.get("Url")))):
            return url
    return None


def _cover(page: Page, layout: Layout) -> list[LexborNode]:
    node = page.first(layout.cover)
    return [] if node is None else [node]


def _gallery(page: Page, layout: Layout) -> list[LexborNode]:
    return page.all(layout.gallery)


def _with_gallery_items(figures: Iterable[LexborNode], layout: Layout) -> Iterator[LexborNode]:
    for figure in figures:
        items = figure.css(layout.gallery) if layout.gallery else []
        yield from items or [figure]


def _image(page: Page, node: LexborNode, layout: Layout) -> Image | None:
    attributes = node.attributes
    pictures = [node] if node.tag in ("img", "amp-img") else node.css("img, amp-img")
    picture = next((candidate for candidate in pictures if _served(page, candidate)), None)
    served = _served(page, node) or (_served(page, picture) if picture is not None else None)
    image = image_at(page, served, layout)
    if image is None:
        return None
    credit = _first(attributes, _ITEM_CREDITS) or _taken_text(node, layout.credit)
    text = _first(attributes, _ITEM_CAPTIONS) or (text_of(node.css_first(layout.caption)) if layout.caption else None)
    alt = clean((picture.attributes.get("alt") if picture is not None else None) or "")
    parts = caption_parts(text or "")
    return replace(
        image,
        caption=parts.caption or None,
        creditText=credit or parts.creditText,
        location=parts.location,
        dateCreated=parts.dateCreated,
        description=alt if alt and alt not in (text, parts.caption) else None,
    )


def _served(page: Page, node: LexborNode) -> str | None:
    attributes = node.attributes
    return next((url for name in _SOURCES if (url := page.absolute(attributes.get(name)))), None)


def _first(attributes: dict[str, str | None], names: tuple[str, ...]) -> str | None:
    return next((text for name in names if (text := clean(attributes.get(name) or ""))), None)


def _taken_text(node: LexborNode, selector: str) -> str | None:
    """The text of the credit element, which leaves the caption that it stands in."""
    credit = node.css_first(selector) if selector else None
    if credit is None:
        return None
    text = text_of(credit)
    credit.decompose(recursive=False)
    return text


def _filled(known: Image, later: Image) -> Image:
    return Image(*(getattr(known, name) or getattr(later, name) for name in Image.__slots__))
