"""Which of the items of a page's JSON-LD describes the page's own article."""

from __future__ import annotations

from operator import itemgetter

from newscrawl.extract.html.page import Page
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import link, rank_of
from newscrawl.site import Site

_ADDRESSES = ("url", "mainEntityOfPage", "@id")
"""Where an item says what page it describes."""


def main_item_of(page: Page, site: Site | None) -> Item:
    """The item that describes the article: an article before a claim review before media; nothing where none does.

    On a site with a profile an item that names another article of the site is about that one: stacked pages may hold
    such items. Elsewhere addresses tell too little, since many systems write short links into them.
    """
    ranked = [(rank, item) for item in page.json_ld if (rank := rank_of(item)) is not None]
    if site and any(_stated(page, item) for _, item in ranked) and (own := _own_ids(page, site)):
        ranked = [(rank, item) for rank, item in ranked if not _is_of_another(page, item, site, own)]
    return min(ranked, key=itemgetter(0), default=(0, {}))[1]


def _own_ids(page: Page, site: Site) -> set[str]:
    canonical = page.absolute(page.canonical)
    return {found for url in (page.url, canonical) if url and (found := site.article_id(url))}


def _is_of_another(page: Page, item: Item, site: Site, own: set[str]) -> bool:
    named = {found for url in _stated(page, item) if (found := site.article_id(url))}
    return bool(named) and named.isdisjoint(own)


def _stated(page: Page, item: Item) -> list[str]:
    """What an item says it describes; nothing where that is the page: most say just that."""
    named = [named for key in _ADDRESSES if key in item and (named := link(item[key]))]
    if page.url in named or (page.canonical and page.canonical in named):
        return []
    return [url for name in named if (url := page.absolute(name))]
