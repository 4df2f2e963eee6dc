"""RSS 2.0 (https://www.rssboard.org/rss-specification) and Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from newscrawl.discovery.found import Found
from newscrawl.discovery.sitemaps import first_values, pieces
from newscrawl.discovery.xml import Element, entries

_ENTRIES = frozenset({"item", "entry"})


def feed_entries(document: bytes | Iterable[bytes], url: str) -> Iterator[Found]:
    """The entries of a feed.

    Raises:
        DiscoveryError: no XML, or it breaks off; the entries before were yielded.
    """
    for _, inside in entries(pieces(document), _ENTRIES, url):
        values = first_values(inside)
        # A guid is the address unless it says otherwise; podcasts of the family have nothing else (RSS 2.0, guid).
        if link := values.get("link") or _alternate(inside) or _permalink(inside):
            yield Found(
                url=urljoin(url, link),
                source="feed",
                via=url,
                lastmod=values.get("updated"),
                title=values.get("title"),
                published=values.get("pubDate") or values.get("published"),
                category=values.get("category"),
            )


def _alternate(inside: Iterable[Element]) -> str | None:
    """Atom's link to the page itself (RFC 4287, 4.2.7.2)."""
    for path, attributes, _ in inside:
        if path == "link" and attributes.get("rel", "alternate") == "alternate" and attributes.get("href"):
            return attributes["href"]
    return None


def _permalink(inside: Iterable[Element]) -> str | None:
    for path, attributes, text in inside:
        if path == "guid" and attributes.get("isPermaLink", "true") == "true" and text.startswith(("http:", "https:")):
            return text
    return None
