"""Read the entries of sitemaps (https://www.sitemaps.org/protocol.html), with the news and the video extension.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap and …/video-sitemaps
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from newscrawl.discovery.found import Faults, Found
from newscrawl.discovery.urls import MAX_URL, absolute_url
from newscrawl.discovery.xml import Element, Entry

MAX_LINES = 1_000_000
"""Lines of a text sitemap that are read: the protocol allows 50,000."""


def sitemap_entry(entry: Entry, url: str, faults: Faults) -> Found | None:
    """Return one entry of the sitemap or index at ``url``; None, and a fault, where it names no usable address."""
    values = first_values(entry.elements)
    location = values.get("loc")
    address = absolute_url(location, url) if location else None
    if address is None:
        faults.note_address(location or "")
        return None
    return Found(
        url=address,
        source="sitemap",
        via=url,
        lastmod=values.get("lastmod"),
        title=values.get("news/title") or values.get("video/title"),
        published=values.get("news/publication_date") or values.get("video/publication_date"),
        category=values.get("news/keywords") or values.get("video/category"),
        language=values.get("news/publication/language"),
        is_sitemap=entry.name == "sitemap",
    )


def text_entries(chunks: Iterable[bytes], url: str, faults: Faults) -> Iterator[Found]:
    """Yield the addresses of a text sitemap, one on each line."""
    number = 0
    for line in _lines(chunks):
        if number >= MAX_LINES:
            faults.note(f"more than {MAX_LINES} lines")
            return
        number += 1
        if not line.strip():
            continue
        address = absolute_url(line, url)
        if address is None:
            faults.note_address(line)
        else:
            yield Found(url=address, source="sitemap", via=url)


def first_values(elements: Iterable[Element]) -> dict[str, str]:
    """Return the first value that is not empty of each path."""
    values: dict[str, str] = {}
    for path, _, text in elements:
        if text:
            values.setdefault(path, text)
    return values


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    rest = ""
    for chunk in chunks:
        *whole, rest = (rest + decoder.decode(chunk)).splitlines() if chunk else [rest]
        yield from whole
        rest = rest[: 2 * MAX_URL]  # too long for an address already
    yield rest
