"""The figures of a page of any site: pictures with their captions, outside of what belongs to another article."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from selectolax.lexbor import LexborNode

from newscrawl.extract.general.outline import Outline
from newscrawl.extract.general.text_finder import FoundText
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import outermost, places, text_of
from newscrawl.site import Layout

GENERAL = Layout(
    name="general",
    caption="figcaption, [class*=caption i]:not(html, body, main, article, figure, svg)",
    credit="figcaption cite, figcaption small, [class*=credit i], [class*=copyright i], [class*=photographer i], "
    "figcaption [class*=source i], figcaption [class*=rights i], figcaption [class*=quelle i]",
    foreign="nav, aside, footer, [class*=related i], [class*=teaser i], [class*=promo i], [class*=recommend i]",
)
"""What most news pages have in common; their titles and bylines are too often another's ("Log in", teasers)."""

_WHOLE = frozenset({"html", "body", "main", "article"})
"""Their classes tell of the page, not of a part of it."""

_MAX_FIGURES = 200
_MAX_PARTS = 50
"""Elements within one caption that may look like captions themselves."""

_CAPTION_HEIGHT = 4
"""Levels from a caption up to the element that holds its picture too."""


_MIN_SIZE = 100
"""Pixels of a picture's width or height; smaller ones are icons."""

_ICON = re.compile(
    r"(?<![a-z])(?:icons?|logos?|avatars?|emoji|badges?|sprites?|gravatar|spinner|pixel)(?![a-z])|\.svg\b", re.I
)
_LEAD = re.compile(
    r"lead|hero|feature|cover|main|post-thumbnail|article|entry|gallery|carousel|slide|media|picture", re.I
)
_BOX = re.compile(r"picture|image|photo|media|figure|img|gallery|slide|foto|bild|lightbox|carousel|head|grey", re.I)
_BOX_TAGS = frozenset({"div", "li", "section", "header", "span"})
_MIN_BOX, _MAX_BOX = 12, 500
"""Characters of text beside a picture that are its caption."""

_MAX_COPIES = 2
"""Pictures in such a box: one may be the other's small copy."""
_FIGURE_WORDS = frozenset({"figure", "figcaption"})
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.I)


def general_figures(page: Page, found: FoundText, outline: Outline) -> list[LexborNode]:
    """Return the elements that hold a picture, in the page's order, outside of what is not the article's.

    They are those with a caption anywhere, and those without one in the text and between the headline and the text.
    """
    captioned: dict[int, LexborNode | None] = {}
    for caption in _captions(page):
        figure = _picture_around(caption)
        if figure is not None and figure.mem_id not in captioned:
            captioned[figure.mem_id] = figure if figure.tag == "figure" or _has_one_caption(figure) else None
    figures = {key: figure for key, figure in captioned.items() if figure is not None}
    places = outline.places
    for place in _places_of_pictures(found, outline, places, set(figures)):
        node = outline.nodes[place]
        figures.setdefault(node.mem_id, node)
    return sorted(figures.values(), key=lambda node: places.get(node.mem_id, 0))


def _places_of_pictures(
    found: FoundText, outline: Outline, places: dict[int, int], captioned: set[int]
) -> Iterator[int]:
    """Yield the places of pictures, or of the boxes with their captions, in and right above the text."""
    if found.root is None:
        return
    root = places.get(found.root.mem_id, 0)
    heading = max((place for place in range(root) if outline.tags[place] == "h1"), default=root)
    left = _MAX_FIGURES
    for place in range(heading, len(outline.nodes)):
        is_inside = _is_within(outline, place, root)
        if place > root and not is_inside:
            return
        if outline.tags[place] in ("img", "amp-img") and (is_inside or _is_lead(outline, place)):
            left -= 1
            if left < 0:
                return
            box = _box_of(outline, place, captioned)
            if box is not None and _is_content(outline.nodes[place]):
                yield box


def _is_within(outline: Outline, place: int, root: int) -> bool:
    while place > root:
        place = outline.parents[place]
    return place == root


def _is_lead(outline: Outline, place: int) -> bool:
    """Return whether a picture above the text is in a figure or named as the article's."""
    for _ in range(_CAPTION_HEIGHT):
        if place < 0:
            return False
        names = outline.nodes[place].attributes.get("class") or ""
        if outline.tags[place] == "figure" or _LEAD.search(names) is not None:
            return True
        place = outline.parents[place]
    return False


def _box_of(outline: Outline, place: int, captioned: set[int]) -> int | None:
    """Return the place of a picture or of the figure around it; None where it is another's or has a caption anyway."""
    box = place
    outer = place
    while outer >= 0:
        node = outline.nodes[outer]
        word = outline.suspect[outer]
        if node.mem_id in captioned or (word and word not in _FIGURE_WORDS and not word.startswith("!caption")):
            return None
        href = node.attributes.get("href") if outline.tags[outer] == "a" else None
        if href and outline.is_of_site(href) and _PICTURE_FILE.search(href) is None:
            return None
        if outline.tags[outer] == "figure" or node.attributes.get("data-caption"):
            box = outer
        outer = outline.parents[outer]
    return _box_with_text(outline, place) if box == place else box


def _box_with_text(outline: Outline, place: int) -> int:
    """Return the place of the box that holds a picture and a short text, which is its caption; else of the picture."""
    outer = place
    for _ in range(_CAPTION_HEIGHT):
        outer = outline.parents[outer]
        if outer < 0 or outline.length[outer] > _MAX_BOX or len(outline.nodes[outer].css("img")) > _MAX_COPIES:
            return place
        names = outline.nodes[outer].attributes.get("class") or ""
        is_caption = outline.length[outer] >= _MIN_BOX and not outline.linked[outer]
        if is_caption and outline.tags[outer] in _BOX_TAGS and _BOX.search(names) is not None:
            return outer
    return place


def _is_content(picture: LexborNode) -> bool:
    """Return whether a picture is no icon, portrait or logo, by its size and its names."""
    attributes = picture.attributes
    sizes = [attributes.get(name) or "" for name in ("width", "height")]
    if any(size.isdecimal() and int(size) < _MIN_SIZE for size in sizes):
        return False
    names = " ".join(attributes.get(name) or "" for name in ("class", "id", "src", "data-src"))
    return _ICON.search(names) is None


def _captions(page: Page) -> list[LexborNode]:
    """The captions outside of what may be another article's."""
    captions = [node for node in page.all(GENERAL.caption)[:_MAX_FIGURES] if _is_caption(node)]
    boxes = places(node for node in page.all(GENERAL.foreign) if node.tag not in _WHOLE) if captions else ()
    if not boxes:
        return captions
    links = page.all("a[href]")
    linked, holding = places(links), _around(links)
    return [caption for caption in captions if not _leads_elsewhere(caption, boxes, linked, holding)]


def _around(nodes: list[LexborNode]) -> set[int]:
    """The places of the elements that hold one of ``nodes``."""
    holding = set[int]()
    for node in nodes:
        outer = node.parent
        while outer is not None and outer.mem_id not in holding:
            holding.add(outer.mem_id)
            outer = outer.parent
    return holding


def _leads_elsewhere(caption: LexborNode, boxes: Container[int], linked: Container[int], holding: set[int]) -> bool:
    """Whether it lies in a box that holds a link or lies in one; what leads nowhere belongs to this article."""
    in_box = False
    outer = caption.parent
    while outer is not None:
        in_box = in_box or outer.mem_id in boxes
        if (outer.mem_id in boxes and outer.mem_id in holding) or (in_box and outer.mem_id in linked):
            return True
        outer = outer.parent
    return False


def _is_caption(node: LexborNode) -> bool:
    """Whether it may be one: what is called "caption" may be the whole figure, or a paragraph with its picture."""
    if node.tag == "figcaption" or node.css_first("img, picture") is None:
        return True
    return node.tag == "p" and bool(text_of(node))


def _picture_around(caption: LexborNode) -> LexborNode | None:
    """The nearest element around ``caption`` with a picture."""
    figure: LexborNode | None = caption
    for _ in range(_CAPTION_HEIGHT):
        figure = figure.parent if figure is not None else None
        if figure is None or figure.tag == "figure" or figure.css_first("img, picture") is not None:
            return figure
    return None


def _has_one_caption(figure: LexborNode) -> bool:
    captions = figure.css(GENERAL.caption)
    return len(captions) <= _MAX_PARTS and len(outermost(list(filter(_is_caption, captions)))) <= 1
