"""Images of a page by its layout: the lead image, those of the text, galleries; each with its caption once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from newscrawl.extract.captions.credit import MAX_CREDIT, credit_of, names_agency
from newscrawl.extract.captions.parse import caption_parts
from newscrawl.extract.html.classify import Regions
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import outermost, places, text_of, within
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import link, listed, plain
from newscrawl.extract.text import comparable, is_small
from newscrawl.items import Image
from newscrawl.site import Layout

_MAX_IMAGES = 500
"""Images of one page that are read: the longest galleries seen have 200."""

_MAX_ITEMS = 3 * _MAX_IMAGES
"""Elements that look like items of a gallery: the item, its picture, its link."""

_MAX_CAPTIONS = 5
"""Elements of one figure that may be its caption: an empty one or a button may stand before it."""

_MAX_BOX_TEXT = 500
"""Characters of a text beside a picture that is its caption."""

_CAPTION_LEVELS = 3
"""Levels from a figure up at which a caption that was pushed out of it is looked for."""

_INLINE = frozenset({"span", "em", "i", "small", "strong", "b", "cite"})
_SENTENCE_ENDS = (".", "!", "?", "…", "。", '"', "”", "»", ")")
_IDENTIFIER = re.compile(r"[\w:.-]{1,100}")

Attributes = dict[str, str | None]

_ITEM_SOURCE = "data-lbox-gallery-item-src"
_LAZY_SOURCES = (
    *("data-native-src", "data-hi-res-src", "data-highres", "data-full-src", "data-orig-file", "data-src"),
    *("data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-img-src", "data-image"),
)
"""What is loaded later is the picture; ``src`` beside it is a small copy or a placeholder, the same for all."""
_SOURCES = (*_LAZY_SOURCES, "src", _ITEM_SOURCE)
_SOURCE_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_DESCRIPTOR = re.compile(r"\s+(\d+(?:\.\d+)?)([wxh])$")
_PLACEHOLDER = re.compile(
    r"(?:^|/)(?:blank|spacer|pixel|placeholder|transparent|loading|loader|lazy|dummy|empty|1x1|grey|gray)[\w-]*\.(?:gif|png|svg|jpe?g)",
    re.I,
)
"""Pictures that stand for one that is loaded later."""
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*['\"]?([^'\")]+)", re.I)
_SIZE = re.compile(r"(?:-\d{2,4}x\d{2,4}|-scaled|@2x|[-_](?:small|medium|large|thumb(?:nail)?|original|full))+$", re.I)
"""What the names of renditions of one picture end with."""
_MIN_NAME = 6
"""Characters of a file name that tells a picture from others: "image.jpg" does not."""
_NEXT_CANDIDATE = re.compile(r"(?<=\d[wxh]),(?=\S)")
"""Of a source set without a blank after its commas."""
_ITEM_CAPTIONS = ("data-lbox-gallery-item-title", "data-lbox-gallery-item-caption", "data-caption")
_ITEM_CREDITS = ("data-lbox-gallery-item-credit", "data-lbox-gallery-item-copyright", "data-credit")
_PICTURES = "img, amp-img, source[srcset], source[data-srcset]"
_OTHER_PICTURES = f"[{_ITEM_SOURCE}], [data-src], [data-lazy-src], [style*='background']"
_PIXELS = ("0", "1")
"""Widths of pictures that count readers."""

_NOT_THE_ARTICLES = "/Content/responsive/"
"""The CMS's own pictures: logos, spinners."""


def images_of(page: Page, cover: LexborNode | None, layout: Layout, figures: Iterable[LexborNode]) -> tuple[Image, ...]:
    """All images in reading order: the lead image, those of the text, the gallery's; each picture once."""
    nodes = [
        *([] if cover is None else [cover]),
        *_unfolded(figures, layout),
        *_gallery_items(page.all(layout.gallery)[:_MAX_ITEMS]),
    ]
    return merged(image for node in nodes[:_MAX_IMAGES] if (image := _image(page, node, layout)))


def with_stated_image(page: Page, item: Item, layout: Layout, images: tuple[Image, ...]) -> tuple[Image, ...]:
    """``images``, led by the one that the page states for sharing."""
    for url in _stated_urls(page, item):
        lead = image_at(page, url, layout)
        if lead is not None:
            known = next((image for image in images if _is_same(image, lead, layout)), None)
            if known is not None:
                return merged((known, *images))
            return merged((_described(lead, item, url), *images))
    return images


def _is_same(image: Image, lead: Image, layout: Layout) -> bool:
    """Return whether both are one picture: of one URL, or, on a page of no site, renditions with one file name."""
    if image.url == lead.url:
        return True
    return not layout.headline and bool(image.url) and _file_name(image.url or "") == _file_name(lead.url or "") != ""


def _file_name(url: str) -> str:
    """Return the name of a picture's file without size and ending; empty if too short to tell pictures apart."""
    name = _SIZE.sub("", urlsplit(url).path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    return name.casefold() if len(name) >= _MIN_NAME else ""


def _described(lead: Image, item: Item, url: str | None) -> Image:
    """Return the lead image with the caption and the credit that the structured data gives it."""
    stated = next((entry for entry in listed(item.get("image")) if link(entry) == url), None)
    if stated is None:
        return lead
    parts = caption_parts(plain(stated.get("caption")) or "")
    credit = plain(stated.get("creditText"))
    return Image(
        lead.url, parts.caption, credit or parts.creditText, None, parts.location, parts.dateCreated, lead.contentUrl
    )


def cover_of(page: Page, header: Page, layout: Layout) -> LexborNode | None:
    """Return the lead image: in the header, where it mostly is, or elsewhere before the text."""
    cover = header.first(layout.cover)
    if cover is None and page is not header:
        cover = page.first(layout.cover)
    return _figure_before_text(page, layout) if cover is None and layout.lead else cover


def _figure_before_text(page: Page, layout: Layout) -> LexborNode | None:
    """Return the first figure that stands before the text and in no box of other stories."""
    texts = places(page.all(layout.body[-1])) if layout.body else frozenset()
    boxes = Regions(page, ", ".join(filter(None, (layout.related, layout.foreign, layout.bio, layout.players))))
    for node in page.all(", ".join((layout.lead, *layout.body)))[:_MAX_IMAGES]:
        if node.mem_id in texts or within(node, texts):
            return None
        if not boxes.hold(node) and _shows_picture(page, node):
            return node
    return None


def _shows_picture(page: Page, node: LexborNode) -> bool:
    return _first_served(page, [node] if node.tag == "amp-img" else node.css(_PICTURES))[1] is not None


def _stated_urls(page: Page, item: Item) -> Iterator[str | None]:
    yield link(item.get("image"))
    yield link(item.get("thumbnailUrl"))
    yield page.open_graph.get("og:image")
    yield page.metas.get("twitter:image") or page.metas.get("twitter:image:src")


def merged(images: Iterable[Image]) -> tuple[Image, ...]:
    """``images`` with each picture once; what an earlier one lacks is taken from a later one of the same picture."""
    found: dict[str, Image] = {}
    for image in images:
        key = image.url or image.caption or ""
        known = found.get(key)
        found[key] = image if known is None else _filled(known, image)
    return tuple(found.values())


def image_at(page: Page, url: str | None, layout: Layout) -> Image | None:
    """The image that is served at ``url``, without a caption."""
    served = page.absolute(url)
    if served is None or _NOT_THE_ARTICLES in served:
        return None
    return Image(url=original_url(served, layout), contentUrl=served)


def original_url(served: str, layout: Layout) -> str:
    """The URL of the original size of the picture served at ``served``."""
    if layout.rendition is None:
        return served
    return layout.rendition.sub("", served, count=1)


def _unfolded(figures: Iterable[LexborNode], layout: Layout) -> Iterator[LexborNode]:
    """``figures``, galleries among them as their items."""
    for figure in figures:
        items = figure.css(layout.gallery)[:_MAX_ITEMS] if layout.gallery else []
        yield from _gallery_items(items) or [figure]


def _gallery_items(nodes: list[LexborNode]) -> list[LexborNode]:
    """The items among ``nodes``: what holds several others is the gallery itself, what lies in one is a part of it."""
    if not nodes:
        return nodes
    by_id = {node.mem_id: node for node in nodes}
    held = dict.fromkeys(by_id, 0)
    for node in by_id.values():
        parent = node.parent
        while parent is not None:
            if parent.mem_id in held:
                held[parent.mem_id] += 1
            parent = parent.parent
    return outermost([node for key, node in by_id.items() if held[key] < 2])


def _image(page: Page, node: LexborNode, layout: Layout) -> Image | None:
    """The image in ``node``; None where there is neither picture nor caption."""
    own = node.attributes
    pictures = [node] if node.tag in ("img", "amp-img") else node.css(_PICTURES)
    picture, shown = _first_served(page, pictures)
    if shown is None and node.tag not in ("img", "amp-img"):
        picture, shown = _first_served(page, node.css(_OTHER_PICTURES))
    item = picture if _ITEM_SOURCE in picture else own
    served = _served(page, own) or shown
    credit = _first(item, _ITEM_CREDITS) or _taken_text(node, layout.credit)
    if credit is None and not layout.headline:
        credit = _last_part(node, layout)
    text = _first(item, _ITEM_CAPTIONS) or _caption_text(node, layout)
    if not text and not layout.headline:
        text = _referred_caption(page, node, picture) or _pushed_out_caption(node) or _box_text(node)
    if (_NOT_THE_ARTICLES in served if served else not text) or picture.get("width") in _PIXELS:
        return None
    labels = () if text else (picture.get("aria-label"), own.get("aria-label"))
    stated = (picture.get("alt"), picture.get("title"), *labels)
    alt = next(filter(None, map(plain, stated)), None)
    parts = caption_parts(text or "")
    return Image(
        url=original_url(served, layout) if served else None,
        caption=parts.caption or None,
        creditText=(credit_of(credit) if credit else None) or parts.creditText,
        description=alt if alt and not _says_the_same(alt, text, parts.caption) else None,
        location=parts.location,
        dateCreated=parts.dateCreated,
        contentUrl=served,
    )


def _caption_text(node: LexborNode, layout: Layout) -> str | None:
    """The text of the first caption that has one."""
    if not layout.caption or (first := node.css_first(layout.caption)) is None:
        return _pushed_out_caption(node) if node.tag == "figure" else None
    if text := text_of(first):
        return text
    captions = node.css(layout.caption)[1:_MAX_CAPTIONS]
    return next((text for caption in captions if (text := text_of(caption))), None)


def _pushed_out_caption(node: LexborNode) -> str | None:
    """Return the caption that a stray end tag pushed out of its figure: it follows the figure or what holds that."""
    for _ in range(_CAPTION_LEVELS):
        sibling = node.next
        while sibling is not None and (sibling.is_text_node and sibling.text().isspace()):
            sibling = sibling.next
        if sibling is not None and sibling.tag == "figcaption":
            return text_of(sibling)
        parent = node.parent
        if sibling is not None or parent is None:
            return None
        node = parent
    return None


def _last_part(node: LexborNode, layout: Layout) -> str | None:
    """Return the credit that is the last element of a caption, after the end of its sentence; it leaves the caption."""
    caption = node.css_first(layout.caption)
    part = caption.last_child if caption is not None else None
    while part is not None and not part.is_element_node and not part.text().strip():
        part = part.prev
    if caption is None or part is None or part.tag not in _INLINE or part.prev is None:
        return None
    text = text_of(part)
    before = (text_of(caption) or "").removesuffix(text or "").rstrip()
    if not text or len(text) > MAX_CREDIT or is_small(text) or not before.endswith(_SENTENCE_ENDS):
        return None
    if text.endswith(_SENTENCE_ENDS[:1]) and not names_agency(text):
        return None
    part.decompose(recursive=False)
    return text


def _box_text(node: LexborNode) -> str | None:
    """Return the text beside the picture in a figure or box that has no element for a caption."""
    if node.tag in ("img", "amp-img", "p"):
        return None
    text = text_of(node)
    return text if text and len(text) <= _MAX_BOX_TEXT else None


def _referred_caption(page: Page, node: LexborNode, picture: Attributes) -> str | None:
    """Return the caption that a figure has as its label, or that its picture refers to by id."""
    if label := plain(node.attributes.get("aria-label")):
        return label
    identifier = picture.get("aria-describedby") or node.attributes.get("aria-describedby")
    if not identifier or not _IDENTIFIER.fullmatch(identifier):
        return None
    return text_of(page.first(f'[id="{identifier}"]'))


def _first_served(page: Page, pictures: list[LexborNode]) -> tuple[Attributes, str | None]:
    """Return the first picture that has an address, those to be loaded later before others, and that address."""
    found: tuple[Attributes, str | None] = {}, None
    for picture in pictures[:_MAX_IMAGES]:
        attributes = picture.attributes
        served = _served(page, attributes)
        if served and any(attributes.get(name) for name in _LAZY_SOURCES):
            return attributes, served
        if served and found[1] is None:
            found = attributes, served
    return found


def _says_the_same(alt: str, *captions: str | None) -> bool:
    return alt in captions or comparable(alt) in [comparable(caption) for caption in captions if caption]


def _served(page: Page, attributes: Attributes) -> str | None:
    """Return the picture's URL: where it is loaded from, now or later; the largest of a set."""
    for name in _SOURCES:
        if name in attributes and (url := page.absolute(attributes[name])) and _PLACEHOLDER.search(url) is None:
            return url
    for name in _SOURCE_SETS:
        if name in attributes and (url := page.absolute(_largest_candidate(attributes[name]))):
            return url
    background = _BACKGROUND.search(attributes.get("style") or "")
    return page.absolute(background[1]) if background else None


def _largest_candidate(source_set: str | None) -> str | None:
    """Return the URL of the widest or densest picture of a set; the last where none has a descriptor."""
    best: tuple[float, str] | None = None
    for candidate in _NEXT_CANDIDATE.sub(", ", source_set or "").split(", "):
        text = candidate.strip(" \t\r\n,")
        if not text:
            continue
        descriptor = _DESCRIPTOR.search(text)
        size = float(descriptor[1]) if descriptor else 0.0
        if best is None or size >= best[0]:
            best = size, text.split()[0]
    return best[1] if best else None


def _first(attributes: Attributes, names: tuple[str, ...]) -> str | None:
    for name in names:
        if name in attributes and (text := plain(attributes[name])):
            return text
    return None


def _taken_text(node: LexborNode, selector: str) -> str | None:
    """The text of the credit element, which leaves the caption that it stands in."""
    credit = node.css_first(selector) if selector else None
    if credit is None:
        return None
    text = text_of(credit)
    if credit.tag == "small" and credit.parent is not None and text == text_of(credit.parent):
        return None  # small print, but all there is: the caption
    credit.decompose(recursive=False)
    return text


def _filled(known: Image, later: Image) -> Image:
    return Image(*(getattr(known, name) or getattr(later, name) for name in Image.__slots__))
