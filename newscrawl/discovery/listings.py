"""Read section listings: the links of an HTML page, and the page that follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from newscrawl.discovery.found import Faults, Found
from newscrawl.discovery.sections import is_section
from newscrawl.discovery.urls import absolute_url
from newscrawl.extract.html.limits import bounded_bytes, bounded_markup

MAX_LINKS = 5000
"""Links of one page that are read: the fullest listing page has some hundreds."""
_NEXT = "a[rel=next], link[rel=next], .link-showMore[href], a.pagination__item--next, li.next a"
_FEED = "link[type='application/rss+xml'], link[type='application/atom+xml']"
_BASE = "base[href]"
_WEB = ("http://", "https://", "//")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing page links to."""

    entries: tuple[Found, ...]
    sections: tuple[str, ...]
    """URLs of section listings that it links to."""
    feeds: tuple[str, ...]
    """URLs of feeds that its head names."""
    next_page: str | None


def listing_entries(
    document: bytes, url: str, section_form: str | None = None, faults: Faults | None = None
) -> Listing:
    """Return the links of the listing page at ``url``, absolute, each once, in the order of the page.

    ``section_form`` is ``UrlScheme.listing`` of the site: which links are sections.

    The markup is cut to the limits of :mod:`newscrawl.extract.html.limits` first: parsing takes time that grows with
    the square of its depth.
    """
    markup = bounded_markup(bounded_bytes(document).decode("utf-8", "replace"))
    tree = LexborHTMLParser(markup)
    faults = Faults() if faults is None else faults
    base = next(_hrefs(tree, _BASE, url, faults), url)
    links = dict.fromkeys(_hrefs(tree, "a[href]", base, faults))
    return Listing(
        entries=tuple(
            Found(url=link, source="listing", via=url) for link in links if not is_section(section_form, link)
        ),
        sections=tuple(link for link in links if is_section(section_form, link)),
        feeds=tuple(dict.fromkeys(_hrefs(tree, _FEED, base, faults))),
        next_page=next(_hrefs(tree, _NEXT, base, faults), None),
    )


def _hrefs(tree: LexborHTMLParser, selector: str, base: str, faults: Faults) -> Iterator[str]:
    for node in tree.css(selector)[:MAX_LINKS]:
        href = (node.attributes.get("href") or "").strip()
        link = absolute_url(href, base)
        if link is not None:
            yield link
        elif href.lower().startswith(_WEB):  # not mailto:, javascript: and the like, which are no fault
            faults.note_address(href)
