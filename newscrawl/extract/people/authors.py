"""The authors of an article: persons and organisations, from structured data, layout and byline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeGuard
from urllib.parse import urlsplit

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import link, listed, listed_texts, plain, types_of
from newscrawl.extract.metadata.shown import shown_bylines
from newscrawl.extract.people.bylines import by_length, byline_names
from newscrawl.extract.phrases.agencies import AGENCIES
from newscrawl.extract.text import clean, comparable, is_small
from newscrawl.items import Author
from newscrawl.site import Layout

_MAX_AUTHORS = 50
_MIN_WORDS, _MAX_WORDS = 2, 5
"""Words of a person's name."""

_NOT_A_NAME = re.compile(r"^https?:|^#|^\S+@\S+$|^www\.|^/\S*$|^\S+/\S+\.\w+$|\.html?$", re.I)
_MAX_GIVEN = 3
"""Given names of one person after the family name."""

_MAX_VALUES = 5_000
"""Values of the JSON-LD among which an author is looked up that another item refers to."""

_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")


def authors_of(page: Page, item: Item, layout: Layout, language: str | None) -> tuple[Author, ...]:
    """Return the authors, each once, by JSON-LD, layout, ``meta``, ``utag_data``.

    ``item`` is the page's own description; the author of a reviewed claim is not the page's. Where JSON-LD and layout
    both name authors the longer list counts, completed with what the other knows of the same names. Where they name
    only the publisher, ``meta`` or, on a page of no site, the byline that it shows may name a person.
    """
    stated = stated_authors(page, item, language)
    shown = _of_layout(page, layout, language)
    first, second = (shown, stated) if len(shown) > len(stated) else (stated, shown)
    if len(first) < 2:
        house = _house(page, item)
        if all(comparable(author.name) in house for author in first):
            named = _of_texts(_metas(page), language)
            named = [author for author in named if comparable(author.name) not in house]
            if not named and not layout.byline:
                named = shown_authors(page, house, language)
            first = named or first
    if not first:
        first = _of_texts([plain(page.utag_data.get("byline")) or ""], language)
    return _completed(first, second)


def _metas(page: Page) -> list[str]:
    """Return the contents of the first name of ``meta`` that names authors; one element may stand for each."""
    name = next((name for name in _METAS if _is_name(page.metas.get(name))), None)
    if name is None:
        return []
    nodes = page.all(f'meta[name="{name}" i], meta[property="{name}" i]')[:_MAX_AUTHORS]
    contents = [plain(node.attributes.get("content")) for node in nodes]
    return [content for content in contents if _is_name(content)] or [page.metas[name]]


def shown_authors(page: Page, house: frozenset[str], language: str | None) -> list[Author]:
    """Return the persons that the byline of a page of no site names, without the publisher."""
    linked: list[Author] = []
    others: list[Author] = []
    for raw, node in shown_bylines(page):
        is_link = node.tag == "a"
        is_stated = is_link or by_length(raw, language) > 0
        names = [name for name in byline_names(raw, language) if comparable(name) not in house]
        if any(" " in name for name in names):
            names = [name for name in names if " " in name]  # a single word beside a full name is a place or a section
        if not names or not all(_could_be_person(name, is_stated=is_stated) for name in names):
            continue
        url = page.absolute(node.attributes.get("href")) if is_link and len(names) == 1 else None
        found = [Author(name, raw, url) for name in names]
        if is_link:
            linked += found
        elif not others:
            others = found
    return list(_completed(others if len(others) >= len(linked) else linked, linked))


def _could_be_person(name: str, *, is_stated: bool) -> bool:
    """Return whether ``name`` looks like a person's: two to five words, with capitals in a script that has any."""
    words = name.split()
    if any(character.isdigit() for character in name) or len(words) > _MAX_WORDS:
        return False
    if is_small(words[0]) or is_small(words[-1]):
        return False
    return len(words) >= _MIN_WORDS or is_stated


def _house(page: Page, item: Item) -> frozenset[str]:
    """Return the names of the publisher, in comparable form."""
    names = [plain(page.open_graph.get("og:site_name")), plain(item.get("publisher"))]
    for publisher in listed(item.get("publisher")):
        names += listed_texts(publisher.get("name"))
    host = urlsplit(page.url).hostname or ""
    names += [host, host.removeprefix("www."), host.removeprefix("www.").split(".")[0]]
    return frozenset(comparable(name) for name in names if name)


def stated_authors(page: Page, item: Item, language: str | None) -> list[Author]:
    """Return the authors that the structured data names."""
    for key in ("author", "creator"):
        people = _people(item.get(key))
        authors = [author for person in people[:_MAX_AUTHORS] for author in _person(page, person, language)]
        if authors:
            return authors
    return []


def _people(value: Any) -> list[Any]:
    """Return the entries of a list of authors in any of its forms: ``@list``, or numbered keys."""
    for _ in range(2):
        if isinstance(value, dict) and isinstance(value.get("@list"), list):
            value = value["@list"]
        elif isinstance(value, dict) and value and all(key.isdigit() for key in value):
            value = list(value.values())
    return value if isinstance(value, list) else [value]


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
        named = [
            (name, page.absolute(anchor.attributes.get("href"))) for anchor in anchors if (name := text_of(anchor))
        ]
        links = {name: url for text, url in named for name in byline_names(text, language)}
        names = byline_names(raw, language)
        is_whole = all(name in names for name in links)
        authors += [Author(name, raw, links.get(name)) for name in (names if is_whole else links)]
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
