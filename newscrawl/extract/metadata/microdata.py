"""Read microdata and RDFa of a page as items in the form of JSON-LD.

Sources: HTML, 5.2 "Encoding microdata"; RDFa Lite 1.1.
"""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborNode

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import rank_of

_SCOPES = "[itemtype], [typeof]"
_MAX_SCOPES = 30
"""Items of one page that are read."""

_MAX_PROPERTIES = 200
"""Properties of one item that are read."""

_MAX_LEVELS = 40
"""Levels from a property up to its item."""

_MAX_TEXT = 500
"""Characters of a property's text; longer ones are texts, which the reader of the body finds."""

_VALUE_ATTRIBUTES = {
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("img", "audio", "embed", "iframe", "source", "track", "video"), "src"),
    "object": "data",
    "data": "value",
    "meter": "value",
    "time": "datetime",
}
"""The attribute that holds a property's value (HTML, 5.2.4)."""


def microdata(page: Page) -> list[Item]:
    """Return the page's items of microdata and RDFa that may describe an article, in the page's order."""
    scopes = page.all(_SCOPES)[:_MAX_SCOPES]
    return [item for scope in scopes if (item := _item(scope)) and len(item) > 1 and rank_of(item) is not None]


def _item(scope: LexborNode) -> Item:
    attributes = scope.attributes
    is_microdata = "itemtype" in attributes
    types = (attributes.get("itemtype" if is_microdata else "typeof") or "").split()
    item: Item = {"@type": [_bare(name) for name in types]}
    if rank_of(item) is None:
        return {}
    key = "itemprop" if is_microdata else "property"
    boundary = "[itemscope]" if is_microdata else "[typeof]"
    for node in scope.css(f"[{key}]")[:_MAX_PROPERTIES]:
        names = (node.attributes.get(key) or "").split()
        if names and _owner(node, is_microdata=is_microdata) == scope.mem_id:
            value = _value(node, key, boundary)
            for name in map(_bare, names):
                _add(item, name, value)
    return item


def _add(item: Item, name: str, value: Any) -> None:
    """Add a value; several of one property make a list."""
    known = item.get(name)
    if not value or name.startswith("@"):
        return
    if known is None:
        item[name] = value
    elif isinstance(known, list):
        known.append(value)
    elif known != value:
        item[name] = [known, value]


def _bare(name: str) -> str:
    """Return a name without its vocabulary: ``https://schema.org/NewsArticle``, ``rnews:headline``."""
    return name.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1].rsplit("#", 1)[-1]


def _owner(node: LexborNode, *, is_microdata: bool) -> int | None:
    """Return the place of the item that a property belongs to."""
    mark = "itemscope" if is_microdata else "typeof"
    outer = node.parent
    for _ in range(_MAX_LEVELS):
        if outer is None:
            return None
        if mark in outer.attributes:
            return outer.mem_id
        outer = outer.parent
    return None


def _value(node: LexborNode, key: str, boundary: str) -> Any:
    attributes = node.attributes
    if boundary[1:-1] in attributes:
        return _nested(node, key)
    content = attributes.get("content") or attributes.get(_VALUE_ATTRIBUTES.get(node.tag or "", ""))
    if content and not (key == "property" and node.tag == "a"):
        return content.strip()
    text = text_of(node)
    return text if text and len(text) <= _MAX_TEXT else None


def _nested(node: LexborNode, key: str) -> Item:
    """Return a nested item with the properties that readers of authors, images and publishers use."""
    item: Item = {"@type": [_bare(name) for name in (node.attributes.get("itemtype") or "").split()]}
    for part in node.css(f"[{key}]")[:_MAX_PROPERTIES]:
        for name in map(_bare, (part.attributes.get(key) or "").split()):
            if name in ("name", "url", "contentUrl", "caption", "@id") and name not in item:
                attributes = part.attributes
                content = attributes.get("content") or attributes.get(_VALUE_ATTRIBUTES.get(part.tag or "", ""))
                item[name] = (content if name != "name" or part.tag == "meta" else None) or text_of(part)
    if "name" not in item and (text := text_of(node)) and len(text) <= _MAX_TEXT:
        item["name"] = text
    return item
