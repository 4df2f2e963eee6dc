"""Find what any crawl of the site captured before, so that it becomes a revisit record (``WARC_REVISIT_INDEX``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from newscrawl.archive.records.exchange import Reference
from newscrawl.state.crawl import CrawlState

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class StateRevisitIndex:
    """A :class:`newscrawl.archive.records.exchange.RevisitIndex` in the state file.

    It knows a capture of an earlier crawl only once that capture is on the disk.
    """

    def __init__(self, state: CrawlState) -> None:
        self._state = state

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the index for ``WARC_REVISIT_INDEX``."""
        return cls(CrawlState.of(crawler))

    def seen(self, digest: str) -> Reference | None:
        """Return the first capture with this payload digest; None where there is none."""
        for batch in self._state.batches:
            if (reference := batch.originals.get(digest)) is not None:
                return reference
        return self._state.seen.original(digest)

    def captured(self, url: str) -> Reference | None:
        """Return the first capture of the payload that ``url`` had last; None where there is none."""
        for batch in self._state.batches:
            if (reference := batch.captured(url)) is not None:
                return reference
        return self._state.reader.captured(url)

    def remember(self, url: str, digest: str, reference: Reference) -> None:
        """Note that ``url`` was captured whole with this payload digest."""
        batch = self._state.batches[0]
        batch.originals.setdefault(digest, reference)
        batch.captures[url] = digest
