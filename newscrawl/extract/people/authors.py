"""The byline: persons and organisations, from the layout and the structured data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeGuard

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import link, listed, listed_texts, plain, types_of
from newscrawl.extract.people.bylines import by_length, byline_names
from newscrawl.extract.phrases.agencies import AGENCIES
from newscrawl.extract.text import clean, comparable, is_small
from newscrawl.items import Author
from newscrawl.site import Layout

_MAX_AUTHORS = 50
_NOT_A_NAME = re.compile(r"^https?:|^#|^\S+@\S+$")
_MAX_GIVEN = 3
"""Given names of one person after the family name."""

_MAX_VALUES = 5_000
"""Values of the JSON-LD among which an author is looked up that another item refers to."""

_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")


def authors_of(page: Page, item: Item, layout: Layout, language: str | None) -> tuple[Author, ...]:
    """The authors, each once: JSON-LD, layout, ``meta``, ``utag_data``.

    ``item`` is the page's own description; the author of a reviewed claim is not the page's. Where JSON-LD and layout
    both name authors the longer list counts, completed with what the other knows of the same names. Where they name
    none but the house, ``meta`` may name a person.
    """
    stated = stated_authors(page, item, language)
    shown = _of_layout(page, layout, language)
    first, second = (shown, stated) if len(shown) > len(stated) else (stated, shown)
    metas = [page.metas[name] for name in _METAS if name in page.metas][:1]
    if metas and len(first) < 2:
        house = _house(page, item)
        if all(comparable(author.name) in house for author in first):
            named = _of_texts(metas, language)
            first = [author for author in named if comparable(author.name) not in house] or first
    if not first:
        first = _of_texts([plain(page.utag_data.get("byline")) or ""], language)
    return _completed(first, second)


def _house(page: Page, item: Item) -> frozenset[str]:
    """What the publisher is called, as it compares."""
    names = [plain(page.open_graph.get("og:site_name"))]
    for publisher in listed(item.get("publisher")):
        names += listed_texts(publisher.get("name"))
    return frozenset(comparable(name) for name in names if name)


def stated_authors(page: Page, item: Item, language: str | None) -> list[Author]:
    """Those that the JSON-LD names."""
    for key in ("author", "creator"):
        value = item.get(key)
        people = value if isinstance(value, list) else [value]
        authors = [author for person in people[:_MAX_AUTHORS] for author in _person(page, person, language)]
        if authors:
            return authors
    return []


def _person(page: Page, person: Any, language: str | None) -> list[Author]:
    """The authors in one entry: an item, a reference to an item elsewhere on the page, or a text."""
    if isinstance(person, list) and person:
        person = person[0]
    if isinstance(person, str) and person.startswith("#"):
        person = {"@id": person}
    if not isinstance(person, dict):
        name = plain(person)
        return [Author(each) for each in byline_names(name, language)] if _is_name(name) else []
    if not _stated_names(person) and person.get("@id"):
        person = _item_called(page, person["@id"]) or person
    url = page.absolute(link(person.get("url")))
    kinds = types_of(person)
    names = (each for name in _stated_names(person) for each in _names_of_item(name, kinds, language))
    return [Author(name, None, url) for name in names]


def _stated_names(person: Item) -> list[str]:
    """The names of an item: one mostly, a list on some sites, the given and the family name on others."""
    whole = listed_texts(person.get("name"))
    parts = [part for key in ("givenName", "familyName") if (part := plain(person.get(key)))]
    return [name for name in whole or [" ".join(parts)] if _is_name(name)]


def _is_name(name: str | None) -> TypeGuard[str]:
    return bool(name) and not _NOT_A_NAME.search(name or "")


def _item_called(page: Page, identifier: object) -> Item | None:
    """The item with a name that another one refers to, be it an item of its own or within one."""
    values: list[Any] = list(page.json_ld)
    for value in values:  # grows on the way
        if isinstance(value, dict):
            if value.get("@id") == identifier and _stated_names(value):
                return value
            value = list(value.values())
        if isinstance(value, list) and len(values) < _MAX_VALUES:
            values += value
    return None


def _names_of_item(name: str, kinds: tuple[str, ...], language: str | None) -> tuple[str, ...]:
    """The names in an item's name: one item may be several people in a row, "Family, Given" is one, and so is an
    organisation but for agencies.
    """
    names = byline_names(name, language)
    if len(names) < 2 or any(each.casefold() in AGENCIES for each in names):
        return names
    if any(kind.endswith("Organization") for kind in kinds):
        return (name[by_length(name, language) :],)
    if "Person" in kinds and len(names) == 2 and _has_family_first(name):
        return (name,)
    return names


def _has_family_first(name: str) -> bool:
    """Whether it is one name, the family's first: "You, Xiaoying", "van der Berg, Jan"; "Ann Lee, Bo Day" is not."""
    family, comma, given = name.partition(",")
    return bool(comma) and len(given.split()) <= _MAX_GIVEN and all(map(is_small, family.split()[:-1]))


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
