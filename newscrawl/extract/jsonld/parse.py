"""Parse the JSON-LD and OpenGraph of a page.

JSON-LD that is JSON is read by orjson, any other by our reader of JavaScript literals. OpenGraph under a declared
prefix is read by extruct from a small tree that holds nothing but the ``meta`` elements.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
import orjson
from extruct.opengraph import OpenGraphExtractor
from lxml import etree

from newscrawl.extract.jsonld.js_literals import MAX_DEPTH, MAX_LENGTH, read_literals

Item = dict[str, Any]

_MAX_ITEMS = 200
"""JSON-LD items of one page that are read."""

_MAX_REPAIRED = 500_000
"""Characters of JSON-LD that are repaired on one page: fifty scripts of 60,000 took two seconds. The largest script
seen in a real page was below 100,000."""

_MAX_ESCAPES = 3
"""Times that HTML escapes are resolved in one script."""

_ESCAPED_START = 500
"""Characters among which a script with escaped quotes has its first."""

_UNFOLDED = ("mainEntity", "mainEntityOfPage", "@graph")
"""Properties whose items are items of the page too."""

_SCHEMA_PREFIX = re.compile(r"(?:schema:|https?://schema\.org/)(?=[A-Za-z])")

_USED_PROPERTIES = {f"og:{name}" for name in ("title", "description", "url", "image", "site_name", "locale")}

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BRACKETS = re.compile(r"[{}\[\]]")
_OPENING = re.compile(r"[{\[]")
_NOTHING = object()
_OPEN_GRAPH = OpenGraphExtractor()


def json_ld(scripts: Iterable[str]) -> tuple[Item, ...]:
    """Return all items of the page's JSON-LD scripts in the page's order.

    Lists, ``@graph``, ``mainEntity``, ``mainEntityOfPage`` and the articles of an ``ItemList`` are unfolded. Scripts
    that are not JSON are repaired as far as :func:`newscrawl.extract.jsonld.js_literals.read_literals` can.
    """
    return tuple(_unfolded(_all_items(scripts)))


def _all_items(scripts: Iterable[str]) -> Iterator[Any]:
    """Yield the items of all scripts; repair no more than :data:`_MAX_REPAIRED` characters."""
    left = _MAX_REPAIRED
    for script in scripts:
        data = _plain_script(script)
        if data is not _NOTHING:
            items = data if isinstance(data, list) else [data] if isinstance(data, dict) else []
        else:
            items = _repaired_items(script[:left])
            left -= min(left, len(script))
        has_prefix = "schema:" in script or "schema.org/" in script
        yield from (_without_prefixes(item) if has_prefix else item for item in items if item)


def open_graph(properties: Iterable[tuple[str, str]], prefix: str | None) -> dict[str, str]:
    """Return the first value of each OpenGraph property that an article uses.

    ``prefix`` is the page's declaration of prefixes (RDFa Core, 5), which extruct resolves. Without one ``og:`` means
    OpenGraph.
    """
    firsts: dict[str, str] = {}
    for name, content in properties:
        firsts.setdefault(name.strip().lower(), content)
    used = {name: _NOT_XML.sub("", firsts[name]) for name in _USED_PROPERTIES & firsts.keys()}
    return used if prefix is None else _with_prefixes(used, prefix)


def _with_prefixes(properties: dict[str, str], prefix: str) -> dict[str, str]:
    tree = _small_tree()
    tree.set("prefix", _NOT_XML.sub("", prefix))
    for name, content in properties.items():
        etree.SubElement(tree.head, "meta", property=name, content=content)
    found: dict[str, str] = {}
    for data in _OPEN_GRAPH.extract_items(tree):
        for name, content in data["properties"]:
            found.setdefault(name, content)
    return found


def _small_tree() -> lxml.html.HtmlElement:
    root: lxml.html.HtmlElement = lxml.html.Element("html")
    etree.SubElement(root, "head")
    return root


def is_json(text: str) -> bool:
    """Return whether any JSON parser reads ``text``."""
    return _plain(text) is not _NOTHING


def _plain(text: str) -> Any:
    """Return the value of a JSON text; :data:`_NOTHING` if it is not JSON."""
    if _too_deep(text):
        return _NOTHING
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _NOTHING


def _plain_script(script: str) -> Any:
    """Return the value of a script; :data:`_NOTHING` if it must be repaired, None if it is too long."""
    if len(script) > MAX_LENGTH:
        return None
    return _plain(script) if "\ufffe" not in script and "\uffff" not in script else _NOTHING


def _repaired_items(script: str) -> list[Any]:
    """Return the items of a script that is not JSON: those of its repair, or of several values in a row."""
    text = _unescaped(_NOT_XML.sub("", script))
    data = _plain(text)
    values = [data] if data is not _NOTHING else list(read_literals(text, _first_bracket(text)))
    items: list[Any] = []
    for value in values:
        items += value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    return items


def _unescaped(text: str) -> str:
    """Return ``text`` without the HTML escapes of its quotes, which some systems write into scripts once or twice."""
    for _ in range(_MAX_ESCAPES):
        if "quot;" not in text[:_ESCAPED_START] and "#34;" not in text[:_ESCAPED_START]:
            break
        text = html.unescape(text)
    return text


def _too_deep(text: str) -> bool:
    """Return whether ``text`` may nest deeper than a recursive parser should follow; brackets in strings count too."""
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return False
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth += 1 if bracket[0] in "{[" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _first_bracket(text: str) -> int:
    found = _OPENING.search(text)
    return found.start() if found else len(text)


def _without_prefixes(value: Any) -> Any:
    """Return ``value`` with ``schema:headline`` and ``https://schema.org/headline`` as ``headline``; types likewise."""
    if isinstance(value, list):
        return [_without_prefixes(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    bare: Item = {}
    for name, entry in value.items():
        key = _SCHEMA_PREFIX.sub("", name, count=1)
        if key == "@type":
            types = entry if isinstance(entry, list) else [entry]
            bare[key] = [_SCHEMA_PREFIX.sub("", kind, count=1) if isinstance(kind, str) else kind for kind in types]
        else:
            bare[key] = _without_prefixes(entry)
    return bare


def _unfolded(items: Iterable[Any]) -> Iterator[Item]:
    stack = list(items)[::-1]
    left = _MAX_ITEMS
    while stack and left:
        left -= 1
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            for inner in (*(item.get(name) for name in _UNFOLDED), _listed_items(item)):
                if isinstance(inner, list | dict):
                    stack.extend(reversed(inner) if isinstance(inner, list) else [inner])
            yield item


def _listed_items(item: Item) -> list[Any]:
    """Return the articles that an ``ItemList`` names; its videos and products describe other pages."""
    entries = item.get("itemListElement") if item.get("@type") in ("ItemList", ["ItemList"]) else None
    listed = entries if isinstance(entries, list) else [entries]
    items = [entry.get("item") or entry for entry in listed if isinstance(entry, dict)]
    return [entry for entry in items if isinstance(entry, dict) and "Article" in str(entry.get("@type"))]
