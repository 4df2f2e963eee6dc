"""Links that the editors set beside the text: read-also boxes, related lists, other stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborNode

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.text import clean
from newscrawl.items import Link

_HEADINGS = "h1, h2, h3, h4, h5, h6"
_TITLES = f"{_HEADINGS}, [class*=title]"
_MAX_HEIGHT = 4
"""Levels from a heading up to the link that it is in."""

_MAX_LINKS = 500
"""Links of one box that are read."""


def links_in(page: Page, box: LexborNode) -> list[Link]:
    """The links of ``box``: each URL once, with the first title or text that one of its links shows.

    Where headings are links, they are what the box offers; links in the texts below them are not.
    """
    return _named(page, [box] if box.tag == "a" else _titles(box) or box.css("a[href]"))


def stories_in(page: Page, boxes: Sequence[LexborNode]) -> list[Link]:
    """The same of ``boxes`` that hold stories one after the other, be a title and its text in one of them or not."""
    titles = [anchor for box in boxes for anchor in _titles(box)]
    return _named(page, titles) if titles else [link for box in boxes for link in links_in(page, box)]


def _named(page: Page, anchors: Sequence[LexborNode]) -> list[Link]:
    names: dict[str, str | None] = {}
    for anchor in anchors[:_MAX_LINKS]:
        url = page.absolute(anchor.attributes.get("href"))
        if url and not names.get(url):
            names[url] = _name(anchor)
    return [Link(url, name) for url, name in names.items()]


def _titles(box: LexborNode) -> list[LexborNode]:
    """The links of the headings."""
    return [anchor for heading in box.css(_HEADINGS)[:_MAX_LINKS] for anchor in _anchors_of(heading)]


def _anchors_of(heading: LexborNode) -> list[LexborNode]:
    """The links in a heading, or the one that it is in."""
    around = heading.parent
    height = 0
    while around is not None and height <= _MAX_HEIGHT and around.tag != "a":
        around = around.parent
        height += 1
    is_in_link = around is not None and height <= _MAX_HEIGHT and bool(around.attributes.get("href"))
    return [around] if around is not None and is_in_link else heading.css("a[href]")


def without_repeats(links: Iterable[Link], own: Iterable[str | None]) -> tuple[Link, ...]:
    """``links`` without repeated URLs and without the article's ``own`` URLs; a later name fills an earlier gap."""
    names: dict[str, str | None] = {}
    for link in links:
        names[link.url] = names.get(link.url) or link.name
    for url in own:
        names.pop(url or "", None)
    return tuple(Link(url, name) for url, name in names.items())


def _name(anchor: LexborNode) -> str | None:
    title = anchor.css_first(_TITLES)
    return text_of(title) or clean(anchor.attributes.get("title") or "") or text_of(anchor)
