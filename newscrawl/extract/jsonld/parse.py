"""JSON-LD and OpenGraph of a page, read by extruct from a small tree of their own.

extruct's own parse of a whole page costs more than our whole article; on a tree that holds nothing but the ``meta``
elements or the JSON-LD scripts it costs 0.05 ms. JSON-LD that is plain JSON, as most is, needs no tree at all: what
extruct gives then is the JSON itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
import orjson
from extruct.jsonld import JsonLdExtractor
from extruct.opengraph import OpenGraphExtractor
from lxml import etree

from newscrawl.extract.jsonld.js_literals import MAX_DEPTH, MAX_LENGTH, read_literal

Item = dict[str, Any]

_MAX_ITEMS = 200
"""JSON-LD items of one page that are looked at."""

_MAX_REPAIRED = 500_000
"""Characters of JSON-LD that are repaired on one page: fifty scripts of 60,000 took two seconds. The largest of a real
page seen was below 100,000."""

_USED_PROPERTIES = {f"og:{name}" for name in ("title", "description", "url", "image", "site_name", "locale")}

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BRACKETS = re.compile(r"[{}\[\]]")
_OPENING = re.compile(r"[{\[]")
_NOTHING = object()
_JSON_LD = JsonLdExtractor()
_OPEN_GRAPH = OpenGraphExtractor()


def json_ld(scripts: Iterable[str]) -> tuple[Item, ...]:
    """All items of the page's JSON-LD scripts, ``@graph``, ``mainEntity`` and lists unfolded, in the page's order.

    Scripts that are no JSON are repaired as far as :func:`newscrawl.extract.jsonld.js_literals.read_literal` can.
    """
    return tuple(_unfolded(_all_items(scripts)))


def _all_items(scripts: Iterable[str]) -> Iterator[Any]:
    """The items of all scripts; those to be repaired as far as the page may have such."""
    left = _MAX_REPAIRED
    for script in scripts:
        data = _plain_script(script)
        if data is not _NOTHING:
            items = data if isinstance(data, list) else [data] if isinstance(data, dict) else []
        else:
            items = _repaired_items(script[:left])
            left -= min(left, len(script))
        yield from filter(None, items)


def open_graph(properties: Iterable[tuple[str, str]], prefix: str | None) -> dict[str, str]:
    """The first value of each OpenGraph property that an article has a use for.

    ``prefix`` is what the page says of its prefixes (RDFa Core, 5); extruct knows what they mean then. Without one
    ``og:`` means OpenGraph.
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
    """Whether ``text`` is JSON that any reader takes."""
    return _plain(text) is not _NOTHING


def _plain(text: str) -> Any:
    """What JSON says that any reader takes; :data:`_NOTHING` where it is none."""
    if _too_deep(text):
        return _NOTHING
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _NOTHING


def _plain_script(script: str) -> Any:
    """What a script says that is JSON; :data:`_NOTHING` where it must be repaired, nothing where it is too long."""
    if len(script) > MAX_LENGTH:
        return None
    return _plain(script) if "\ufffe" not in script and "\uffff" not in script else _NOTHING


def _repaired_items(script: str) -> list[Any]:
    """The items of a script that is no JSON as it stands."""
    document = _repaired(_NOT_XML.sub("", script))
    if document is None:
        return []
    tree = _small_tree()
    etree.SubElement(tree.head, "script", type="application/ld+json").text = document
    items: list[Any] = _JSON_LD.extract_items(tree)
    return items


def _repaired(text: str) -> str | None:
    """``text`` if it is JSON by now, else its repair, else None."""
    if is_json(text):
        return text
    value = read_literal(text, _first_bracket(text))
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else None


def _too_deep(text: str) -> bool:
    """Whether ``text`` may nest deeper than a recursive reader should follow; brackets in strings count too."""
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


def _unfolded(items: Iterable[Any]) -> Iterator[Item]:
    stack = list(items)[::-1]
    left = _MAX_ITEMS
    while stack and left:
        left -= 1
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            for inner in (item.get("mainEntity"), item.get("@graph")):
                if isinstance(inner, list | dict):
                    stack.extend(reversed(inner) if isinstance(inner, list) else [inner])
            yield item
