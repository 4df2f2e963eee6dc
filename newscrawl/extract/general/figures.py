"""The figures of a page of any site: pictures with their captions, outside of what belongs to another article."""

from __future__ import annotations

from collections.abc import Container

from selectolax.lexbor import LexborNode

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


def general_figures(page: Page) -> list[LexborNode]:
    """The elements that hold a picture with its caption, outside of what is not the article's."""
    found: dict[int, LexborNode | None] = {}
    for caption in _captions(page):
        figure = _picture_around(caption)
        if figure is not None and figure.mem_id not in found:
            found[figure.mem_id] = figure if figure.tag == "figure" or _has_one_caption(figure) else None
    return [figure for figure in found.values() if figure is not None]


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
