"""The byline: persons and organisations, from the layout and the structured data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from newscrawl.extract.blocks import text_of
from newscrawl.extract.bylines import byline_names
from newscrawl.extract.entities import link, plain
from newscrawl.extract.page import Page
from newscrawl.extract.structured import Item
from newscrawl.extract.text import clean
from newscrawl.items import Author
from newscrawl.site import Layout

_MAX_AUTHORS = 50
_NOT_A_NAME = re.compile(r"^https?:|^\S+@\S+$")
_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")


def authors_of(page: Page, item: Item, layout: Layout, language: str | None) -> tuple[Author, ...]:
    """The authors, each once: JSON-LD, layout, ``meta``, ``utag_data``.

    ``item`` is the page's own description; the author of a reviewed claim is not the page's. Where JSON-LD and layout
    both name authors the longer list counts, completed with what the other knows of the same names.
    """
    stated = _of_item(page, item, language)
    shown = _of_layout(page, layout, language)
    first, second = (shown, stated) if len(shown) > len(stated) else (stated, shown)
    if not first:
        first = _of_texts([page.metas[name] for name in _METAS if name in page.metas][:1], language)
    if not first:
        first = _of_texts([plain(page.utag_data.get("byline")) or ""], language)
    return _completed(first, second)


def _of_item(page: Page, item: Item, language: str | None) -> list[Author]:
    for key in ("author", "creator"):
        value = item.get(key)
        people = value if isinstance(value, list) else [value]
        authors = [author for person in people for author in _person(page, person, language)]
        if authors:
            return authors
    return []


def _person(page: Page, person: Any, language: str | None) -> list[Author]:
    """The authors in one entry: an item, a reference to an item elsewhere on the page, or a text."""
    if isinstance(person, dict) and not person.get("name") and person.get("@id"):
        same = (item for item in page.json_ld if item.get("@id") == person["@id"] and item.get("name"))
        person = next(same, person)
    name = plain(person.get("name") if isinstance(person, dict) else person)
    if not name or _NOT_A_NAME.search(name):
        return []
    url = page.absolute(link(person.get("url"))) if isinstance(person, dict) else None
    return [Author(each, None, url) for each in byline_names(name, language)]


def _of_layout(page: Page, layout: Layout, language: str | None) -> list[Author]:
    authors: list[Author] = []
    for node in page.all(layout.byline)[:_MAX_AUTHORS]:
        raw = text_of(node)
        if not raw:
            continue
        anchors = [node] if node.tag == "a" else node.css("a[href]")
        links = {clean(anchor.text()): page.absolute(anchor.attributes.get("href")) for anchor in anchors}
        names = [name for name in links if name] or list(byline_names(raw, language))
        authors += [Author(name, raw, links.get(name)) for text in names for name in byline_names(text, language)]
    return authors


def _of_texts(texts: Iterable[str], language: str | None) -> list[Author]:
    return [
        Author(name, raw)
        for text in texts
        if (raw := clean(text)) and not _NOT_A_NAME.search(raw)
        for name in byline_names(raw, language)
    ]


def _completed(first: Iterable[Author], second: Iterable[Author]) -> tuple[Author, ...]:
    known = {author.name.casefold(): author for author in second}
    authors: dict[str, Author] = {}
    for author in first:
        key = author.name.casefold()
        other = known.get(key, author)
        authors.setdefault(key, Author(author.name, author.nameRaw or other.nameRaw, author.url or other.url))
    return tuple(authors.values())
