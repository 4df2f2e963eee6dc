"""What a crawl's archive adds to the statistics, gathered: told with each record they took a tenth of its time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newscrawl.archive.records.exchange import RecordEntry

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_RECORDS = "warc/records/"


class ArchiveFigures:
    """``warc/...`` of the statistics, as of the last :meth:`tell`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler  # it has its statistics only when it starts
        self._counted: Counter[str] = Counter()

    def add(self, entries: Sequence[RecordEntry]) -> None:
        """Records that were written."""
        for entry in entries:
            self._counted[_RECORDS + entry.record_type] += 1
            self._counted["warc/bytes"] += entry.length
            if entry.truncated:
                self._counted[f"warc/truncated/{entry.truncated}"] += 1

    def salvaged(self) -> None:
        """A file that a killed crawl had left open."""
        self._counted["warc/salvaged"] += 1

    def tell(self) -> None:
        """Add what came since the last time."""
        counted, self._counted = self._counted, Counter()
        if files := counted[_RECORDS + "warcinfo"]:
            counted["warc/file_count"] = files
        for name, number in counted.items():
            if self._crawler.stats is not None and number:
                self._crawler.stats.inc_value(name, number)
