"""Read the entries of feeds: RSS 2.0, RSS 1.0 and Atom.

https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec, RFC 4287.
"""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.discovery.found import Faults, Found
from newscrawl.discovery.sitemaps import first_values
from newscrawl.discovery.urls import absolute_url
from newscrawl.discovery.xml import Element, Entry


def feed_entry(entry: Entry, url: str, faults: Faults) -> Found | None:
    """Return one entry of the feed at ``url``; None, and a fault, where it names no usable address."""
    values = first_values(entry.elements)
    # A guid is the address unless it says otherwise; podcasts of the family have nothing else (RSS 2.0, guid).
    link = values.get("link") or _alternate(entry.elements) or _permalink(entry.elements)
    address = absolute_url(link, url) if link else None
    if address is None:
        faults.note_address(link or "")
        return None
    return Found(
        url=address,
        source="feed",
        via=url,
        lastmod=values.get("updated"),
        title=values.get("title"),
        published=values.get("pubdate") or values.get("published") or values.get("date"),
        category=values.get("category") or _term(entry.elements),
    )


def _alternate(elements: Iterable[Element]) -> str | None:
    """Return Atom's link to the page itself (RFC 4287, 4.2.7.2)."""
    for path, attributes, _ in elements:
        if path == "link" and attributes.get("rel", "alternate") == "alternate" and attributes.get("href"):
            return attributes["href"]
    return None


def _term(elements: Iterable[Element]) -> str | None:
    """Return Atom's category (RFC 4287, 4.2.2)."""
    return next(
        (attributes["term"] for path, attributes, _ in elements if path == "category" and "term" in attributes), None
    )


def _permalink(elements: Iterable[Element]) -> str | None:
    for path, attributes, text in elements:
        if path == "guid" and attributes.get("ispermalink", "true") == "true" and text.startswith(("http:", "https:")):
            return text
    return None
