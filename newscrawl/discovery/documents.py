"""Read a document that announces pages: a sitemap, an index of sitemaps, a list of addresses, or a feed.

A document is read as what it is, whatever named it: robots.txt names feeds as sitemaps, and indexes name text files.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from newscrawl.discovery.feeds import feed_entry
from newscrawl.discovery.found import Faults, Found
from newscrawl.discovery.sitemaps import sitemap_entry, text_entries
from newscrawl.discovery.xml import entries, plain
from newscrawl.errors import DiscoveryError

_FEEDS = frozenset({"rss", "rdf", "feed"})
_PIECE = 65_536
_LIST_BEGINS = (b"http://", b"https://")


def document_entries(document: bytes | Iterable[bytes], url: str, faults: Faults | None = None) -> Iterator[Found]:
    """Yield what the document at ``url`` announces, gzip-coded or not; ``faults`` counts what it had to skip.

    Raises:
        DiscoveryError: it is another document, breaks off, or exceeds a limit; the entries before were yielded.
    """
    faults = Faults() if faults is None else faults
    try:
        yield from _entries(plain(_pieces(document)), url, faults)
    except (OSError, EOFError, zlib.error, ValueError, LookupError) as error:
        raise DiscoveryError(f"{url}: {error}") from error


def _entries(pieces: Iterator[bytes], url: str, faults: Faults) -> Iterator[Found]:
    first = next(pieces, b"")
    whole = chain((first,), pieces)
    if first.removeprefix(b"\xef\xbb\xbf").lstrip()[:8].lower().startswith(_LIST_BEGINS):
        yield from text_entries(whole, url, faults)
        return
    for entry in entries(whole, faults):
        found = (feed_entry if entry.root in _FEEDS else sitemap_entry)(entry, url, faults)
        if found is not None:
            yield found


def _pieces(document: bytes | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(document, bytes):
        return (document[start : start + _PIECE] for start in range(0, len(document), _PIECE))
    return document
