"""Sitemaps (https://www.sitemaps.org/protocol.html), with the news extension, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newscrawl.discovery.found import Found
from newscrawl.discovery.xml import Element, entries

_ENTRIES = frozenset({"url", "sitemap"})
_PIECE = 65_536


def sitemap_entries(document: bytes | Iterable[bytes], url: str) -> Iterator[Found]:
    """The entries of a urlset or an index, gzip-coded or not; those of an index have ``is_sitemap``.

    Raises:
        DiscoveryError: no XML, or it breaks off; the entries before were yielded.
    """
    for name, inside in entries(pieces(document), _ENTRIES, url):
        values = first_values(inside)
        if location := values.get("loc"):
            yield Found(
                url=location,
                source="sitemap",
                via=url,
                lastmod=values.get("lastmod"),
                title=values.get("news/title"),
                published=values.get("news/publication_date"),
                category=values.get("news/keywords"),
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
