"""The byline: persons and organisations, from the layout and the structured data."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.extract.blocks import text_of
from newscrawl.extract.bylines import byline_names
from newscrawl.extract.entities import listed, plain
from newscrawl.extract.page import Page
from newscrawl.extract.structured import Item
from newscrawl.extract.text import clean
from newscrawl.items import Author
from newscrawl.site import Layout

_MAX_AUTHORS = 50
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
    authors: list[Author] = []
    value = item.get("author") or item.get("creator")
    for entry in value if isinstance(value, list) else [value]:
        for person in listed(entry)[:1] or [{"name": entry}]:
            raw = plain(person.get("name"))
            url = page.absolute(plain(person.get("url")))
            authors += [Author(name, None, url) for name in byline_names(raw or "", language)]
    return authors


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
        if (raw := clean(text)) and not raw.startswith(("http:", "https:"))
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
