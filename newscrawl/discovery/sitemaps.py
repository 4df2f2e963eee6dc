"""Sitemaps (https://www.sitemaps.org/protocol.html) in bounded memory, with the news and the video extension.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap and …/video-sitemaps
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newscrawl.discovery.found import Found
from newscrawl.discovery.xml import Element, entries

_ENTRIES = frozenset({"url", "sitemap"})
_ROOTS = frozenset({"urlset", "sitemapindex"})
_PIECE = 65_536


def sitemap_entries(document: bytes | Iterable[bytes], url: str) -> Iterator[Found]:
    """The entries of a urlset or an index, gzip-coded or not; those of an index have ``is_sitemap``.

    Raises:
        DiscoveryError: no sitemap, or it breaks off; the entries before were yielded.
    """
    for name, inside in entries(pieces(document), _ENTRIES, _ROOTS, url):
        values = first_values(inside)
        if location := values.get("loc"):
            yield Found(
                url=location,
                source="sitemap",
                via=url,
                lastmod=values.get("lastmod"),
                title=values.get("news/title") or values.get("video/title"),
                published=values.get("news/publication_date") or values.get("video/publication_date"),
                category=values.get("news/keywords") or values.get("video/category"),
                language=values.get("news/publication/language"),
                is_sitemap=name == "sitemap",
            )


def pieces(document: bytes | Iterable[bytes]) -> Iterable[bytes]:
    """The document in pieces."""
    if isinstance(document, bytes):
        return (document[start : start + _PIECE] for start in range(0, len(document), _PIECE))
    return document


def first_values(inside: Iterable[Element]) -> dict[str, str]:
    """The first value that is not empty of each path."""
    values: dict[str, str] = {}
    for path, _, text in inside:
        if text:
            values.setdefault(path, text)
    return values
