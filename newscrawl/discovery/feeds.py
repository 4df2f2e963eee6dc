"""Feeds: RSS 2.0 (https://www.rssboard.org/rss-specification), RSS 1.0 (https://web.resource.org/rss/1.0/spec) and
Atom (RFC 4287).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from newscrawl.discovery.found import Found
from newscrawl.discovery.sitemaps import first_values, pieces
from newscrawl.discovery.xml import Element, entries

_ENTRIES = frozenset({"item", "entry"})
_ROOTS = frozenset({"rss", "feed", "RDF"})


def feed_entries(document: bytes | Iterable[bytes], url: str) -> Iterator[Found]:
    """The entries of a feed.

    Raises:
        DiscoveryError: no feed, or it breaks off; the entries before were yielded.
    """
    for _, inside in entries(pieces(document), _ENTRIES, _ROOTS, url):
        values = first_values(inside)
        # A guid is the address unless it says otherwise; podcasts of the family have nothing else (RSS 2.0, guid).
        if link := values.get("link") or _alternate(inside) or _permalink(inside):
            yield Found(
                url=_absolute(url, link),
                source="feed",
                via=url,
                lastmod=values.get("updated"),
                title=values.get("title"),
                published=values.get("pubDate") or values.get("published") or values.get("date"),
                category=values.get("category") or _term(inside),
            )


def _absolute(url: str, link: str) -> str:
    try:
        return urljoin(url, link)
    except ValueError:  # "http://[" and the like: no article has such an address
        return link


def _alternate(inside: Iterable[Element]) -> str | None:
    """Atom's link to the page itself (RFC 4287, 4.2.7.2)."""
    for path, attributes, _ in inside:
        if path == "link" and attributes.get("rel", "alternate") == "alternate" and attributes.get("href"):
            return attributes["href"]
    return None


def _term(inside: Iterable[Element]) -> str | None:
    """Atom's category (RFC 4287, 4.2.2)."""
    return next(
        (attributes["term"] for path, attributes, _ in inside if path == "category" and "term" in attributes), None
    )


def _permalink(inside: Iterable[Element]) -> str | None:
    for path, attributes, text in inside:
        if path == "guid" and attributes.get("isPermaLink", "true") == "true" and text.startswith(("http:", "https:")):
            return text
    return None
