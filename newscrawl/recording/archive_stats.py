"""What a crawl's archive adds to the statistics, in batches: an update with each record takes a tenth of its time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newscrawl.archive.records.exchange import RecordEntry

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_RECORDS = "warc/records/"


class ArchiveStats:
    """Counts for ``warc/...`` of the statistics, which have them after :meth:`publish`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler  # it has its statistics only when it starts
        self._counted: Counter[str] = Counter()

    def add(self, entries: Sequence[RecordEntry]) -> None:
        """Count records that were written."""
        for entry in entries:
            self._counted[_RECORDS + entry.record_type] += 1
            self._counted["warc/bytes"] += entry.length
            if entry.truncated:
                self._counted[f"warc/truncated/{entry.truncated}"] += 1

    def salvaged(self) -> None:
        """Count a file that a killed crawl had left open."""
        self._counted["warc/salvaged"] += 1

    def publish(self) -> None:
        """Add what was counted since the last time to the statistics."""
        counted, self._counted = self._counted, Counter()
        if files := counted[_RECORDS + "warcinfo"]:
            counted["warc/file_count"] = files
        for name, number in counted.items():
            if self._crawler.stats is not None and number:
                self._crawler.stats.inc_value(name, number)
