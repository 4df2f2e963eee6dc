"""What this crawl has captured already, in memory: the revisit index of a crawl without a persistent one."""

from __future__ import annotations

from collections import OrderedDict

from newscrawl.archive.records.exchange import Reference

MAX_ENTRIES = 500_000
"""Captures that are remembered, the oldest forgotten first: about 400 bytes each, so 200 MB at most."""


class SeenInCrawl:
    """A :class:`newscrawl.archive.records.exchange.RevisitIndex` of this crawl alone."""

    def __init__(self, max_entries: int = MAX_ENTRIES) -> None:
        self._max_entries = max_entries
        self._by_digest: OrderedDict[str, Reference] = OrderedDict()
        self._by_url: OrderedDict[str, Reference] = OrderedDict()

    def seen(self, digest: str) -> Reference | None:
        """Return the first capture with this payload digest."""
        return self._by_digest.get(digest)

    def captured(self, url: str) -> Reference | None:
        """Return the last whole capture of ``url``."""
        return self._by_url.get(url)

    def remember(self, url: str, digest: str, reference: Reference) -> None:
        """``url`` was captured whole: its payload is in the record ``reference``, which is written."""
        self._by_digest.setdefault(digest, reference)
        self._by_url[url] = reference
        self._by_url.move_to_end(url)
        for entries in (self._by_digest, self._by_url):
            while len(entries) > self._max_entries:
                entries.popitem(last=False)
