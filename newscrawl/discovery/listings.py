"""Section listings: the links of an HTML page, and the page that follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from newscrawl.discovery.found import Found

MAX_LINKS = 5000
"""Links of one page that are looked at: the fullest listing page has some hundreds."""
_NEXT = "a[rel=next], link[rel=next], .link-showMore[href], a.pagination__item--next, li.next a"
_FEED = "link[type='application/rss+xml'], link[type='application/atom+xml']"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing page links to."""

    entries: tuple[Found, ...]
    sections: tuple[str, ...]
    """URLs of section listings (/z/N) that it links to."""
    feeds: tuple[str, ...]
    """URLs of feeds that its head names."""
    next_page: str | None


def listing_entries(document: bytes, url: str) -> Listing:
    """The links of a listing page, absolute, each once, in the order of the page."""
    tree = LexborHTMLParser(document)
    links = dict.fromkeys(_absolute(tree, "a[href]", url))
    following = next(iter(_absolute(tree, _NEXT, url)), None)
    return Listing(
        entries=tuple(Found(url=link, source="listing", via=url) for link in links if not _is_section(link)),
        sections=tuple(link for link in links if _is_section(link)),
        feeds=tuple(dict.fromkeys(_absolute(tree, _FEED, url))),
        next_page=following,
    )


def _absolute(tree: LexborHTMLParser, selector: str, url: str) -> Iterator[str]:
    for node in tree.css(selector)[:MAX_LINKS]:
        href = (node.attributes.get("href") or "").strip()
        try:
            link = urljoin(url, href).split("#", 1)[0]
        except ValueError:
            continue
        if link.startswith(("http://", "https://")):
            yield link


def _is_section(link: str) -> bool:
    """Whether it is the first page of a section listing; a query pages, or narrows down to a day."""
    address = urlsplit(link)
    parts = address.path.strip("/").split("/")
    return len(parts) in (2, 3) and parts[0] == "z" and parts[1].isdigit() and not address.query
