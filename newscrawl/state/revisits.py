"""Revisits across crawls: what was captured by any crawl of the site, for ``WARC_REVISIT_INDEX``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from newscrawl.archive.records.exchange import Reference
from newscrawl.state.crawl import CrawlState

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class StateRevisitIndex:
    """A :class:`newscrawl.archive.records.exchange.RevisitIndex` in the state file.

    It tells of a capture of an earlier crawl only when that capture is on the disk.
    """

    def __init__(self, state: CrawlState) -> None:
        self._state = state

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As ``WARC_REVISIT_INDEX`` makes it."""
        return cls(CrawlState.of(crawler))

    def seen(self, digest: str) -> Reference | None:
        """The first capture with this payload digest."""
        for batch in self._state.batches:
            if (reference := batch.originals.get(digest)) is not None:
                return reference
        return self._state.known.original(digest)

    def captured(self, url: str) -> Reference | None:
        """The first capture of the payload that ``url`` had last."""
        for batch in self._state.batches:
            if (reference := batch.captured(url)) is not None:
                return reference
        return self._state.reader.captured(url)

    def remember(self, url: str, digest: str, reference: Reference) -> None:
        """``url`` was captured whole."""
        batch = self._state.batches[0]
        batch.originals.setdefault(digest, reference)
        batch.captures[url] = digest
