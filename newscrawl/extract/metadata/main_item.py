"""Identify the item of a page's structured data that describes the page's own article.

Pages state several articles: related stories, a list of the newest, an item of another plugin. The own one is told by
its URL or its headline, not by its position.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import link, plain, rank_of
from newscrawl.extract.metadata.microdata import microdata
from newscrawl.extract.text import comparable
from newscrawl.site import Site

_ADDRESSES = ("url", "mainEntityOfPage", "@id")
"""Properties that name the page which an item describes."""

_PAGE_RANK = 3
"""The rank of items that describe a web page; see :func:`newscrawl.extract.jsonld.values.rank_of`."""

_MAX_TITLES = 5
_MIN_SHARED = 0.5
"""Share of the words of the shorter title that two spellings of one headline have in common at least."""

_MIN_LETTERS = 12
"""Letters from which one title may be the beginning or the end of another."""

_WORD = re.compile(r"\w+")
_KEYS = (
    *("headline", "description", "datePublished", "dateModified", "dateCreated", "uploadDate", "author", "creator"),
    *("articleSection", "keywords", "inLanguage", "publisher", "image", "articleBody", "thumbnailUrl", "name", "url"),
)
_BY_SMALL_LETTERS = {key.lower(): key for key in _KEYS}


class _Candidate(NamedTuple):
    """An item that may describe the article."""

    rank: int
    is_of_another: bool
    is_own: bool
    item: Item


def main_item_of(page: Page, site: Site | None) -> Item:
    """Return the item that describes the article, completed from other items that do so too; empty if there is none.

    An article comes before a review, before media, before the web page. On a site with a profile an item that names
    another article of the site is not considered.
    """
    ranked = [(rank, item) for item in page.json_ld if (rank := rank_of(item)) is not None]
    if site is None:
        ranked += [(rank, item) for item in microdata(page) if (rank := rank_of(item)) is not None]
    else:
        ranked = [(rank, item) for rank, item in ranked if rank < _PAGE_RANK]
        if any(_stated(page, item) for _, item in ranked) and (own := _own_ids(page, site)):
            ranked = [(rank, item) for rank, item in ranked if not _is_of_another(page, item, site, own)]
    if len(ranked) < 2 and site is not None:
        return _with_known_keys(ranked[0][1]) if ranked else {}
    titles = _titles(page)
    candidates = [_candidate(page, rank, item, titles) for rank, item in ranked]
    candidates = [candidate for candidate in candidates if not candidate.is_of_another]
    if not candidates:
        return {}
    best = min(candidates, key=lambda candidate: (candidate.rank, not candidate.is_own))
    others = [c.item for c in candidates if c.is_own and best.is_own and c.rank in (best.rank, _PAGE_RANK)]
    return _completed(best.item, others)


def _completed(item: Item, others: list[Item]) -> Item:
    """Return ``item`` with the properties that it lacks from ``others``, which describe the same article."""
    complete = _with_known_keys(item)
    for other in others:
        for key, value in _with_known_keys(other).items():
            if value and not complete.get(key):
                complete = {**complete, key: value}
    return complete


def _with_known_keys(item: Item) -> Item:
    """Return ``item`` with known properties in schema.org's spelling: ``datepublished`` as ``datePublished``."""
    misspelt = {known: name for name in item if (known := _BY_SMALL_LETTERS.get(name.lower(), name)) not in item}
    return {**item, **{known: item[name] for known, name in misspelt.items()}} if misspelt else item


def _titles(page: Page) -> list[str]:
    """Return what the page calls itself: the titles of its head and its first headings."""
    shown = [text_of(node) for node in page.all("h1")[:_MAX_TITLES]]
    named = (page.open_graph.get("og:title"), page.metas.get("twitter:title"), page.title)
    return [title for title in (*map(plain, named), *shown) if title]


def _candidate(page: Page, rank: int, item: Item, titles: list[str]) -> _Candidate:
    headline = plain(item.get("headline")) or plain(item.get("name"))
    has_headline = headline is not None and any(_is_same_title(headline, title) for title in titles)
    addresses = _addresses(page, item)
    has_address = not addresses.isdisjoint(_own_addresses(page))
    is_of_another = bool(headline and titles and addresses) and not (has_headline or has_address)
    return _Candidate(rank, is_of_another, has_headline or has_address, item)


def _is_same_title(first: str, second: str) -> bool:
    """Return whether two titles are of one article: the same words, one within the other, or mostly the same words."""
    short, long = sorted((comparable(first), comparable(second)), key=len)
    if short == long or (len(short) >= _MIN_LETTERS and short in long):
        return True
    words, others = set(_WORD.findall(first.casefold())), set(_WORD.findall(second.casefold()))
    least = min(len(words), len(others))
    return least > 1 and len(words & others) / least > _MIN_SHARED


def _addresses(page: Page, item: Item) -> frozenset[str]:
    named = (link(item[key]) for key in _ADDRESSES if key in item)
    return frozenset(_bare(url) for name in named if name and (url := page.absolute(name)))


def _own_addresses(page: Page) -> frozenset[str]:
    named = (page.url, page.absolute(page.canonical), page.absolute(page.open_graph.get("og:url")))
    return frozenset(_bare(url) for url in named if url)


def _bare(url: str) -> str:
    """Return the host and path of a URL, without ``www.``, a fragment, a query beside a path, and the last slash."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[" and the like
        return url
    path = parts.path.rstrip("/")
    return f"{parts.netloc.removeprefix('www.').casefold()}{path}{'' if path else '?' + parts.query}"


def _own_ids(page: Page, site: Site) -> set[str]:
    canonical = page.absolute(page.canonical)
    return {found for url in (page.url, canonical) if url and (found := site.article_id(url))}


def _is_of_another(page: Page, item: Item, site: Site, own: set[str]) -> bool:
    named = {found for url in _stated(page, item) if (found := site.article_id(url))}
    return bool(named) and named.isdisjoint(own)


def _stated(page: Page, item: Item) -> list[str]:
    """Return the pages that an item names; none if it names this page, as most items do."""
    named = [named for key in _ADDRESSES if key in item and (named := link(item[key]))]
    if page.url in named or (page.canonical and page.canonical in named):
        return []
    return [url for name in named if (url := page.absolute(name))]
