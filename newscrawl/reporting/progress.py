"""Progress of a crawl: a live line on a terminal, a plain line now and then elsewhere, nothing of it in logs."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newscrawl.reporting.summary import readable_bytes

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

LIVE_SECONDS = 0.25
PLAIN_SECONDS = 2.0


class Progress:
    """Shows done, queued, rate, errors and remaining time while a crawl runs (setting ``PROGRESS_ENABLED``)."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._console = Console(file=sys.stdout, highlight=False)
        self._live = (
            Live(console=self._console, auto_refresh=False, transient=True) if self._console.is_terminal else None
        )
        self._started = monotonic()
        self._loop = create_looping_call(self._show)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it; not configured unless ``PROGRESS_ENABLED``."""
        if not crawler.settings.getbool("PROGRESS_ENABLED"):
            raise NotConfigured("PROGRESS_ENABLED is off")
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signal=signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        """Start to show."""
        self._started = monotonic()
        if self._live:
            self._live.start()
        self._loop.start(LIVE_SECONDS if self._live else PLAIN_SECONDS, now=False)

    def spider_closed(self) -> None:
        """Show the last state and stop."""
        self._loop.stop()
        if self._live:
            self._live.stop()
        self._console.print(Text(self.line()))

    def line(self) -> str:
        """The state of the crawl in one line."""
        stats = self._crawler.stats
        assert stats is not None
        pages = stats.get_value("response_received_count", 0)
        queued = stats.get_value("scheduler/enqueued", 0) - stats.get_value("scheduler/dequeued", 0)
        elapsed = max(monotonic() - self._started, 1e-9)
        rate = pages / elapsed
        parts = [
            f"{pages} pages",
            f"{stats.get_value('articles/written', 0)} articles",
            f"{queued} queued",
            f"{rate:.1f} pages/s",
            f"{readable_bytes(stats.get_value('warc/bytes', 0))} archived",
            f"{stats.get_value('pages/failed', 0)} failed",
        ]
        if queued and rate:
            parts.append(f"about {_clock(queued / rate)} to go")
        return f"{self._crawler.spidercls.name}: " + " · ".join(parts)

    def _show(self) -> None:
        if self._live:
            self._live.update(Text(self.line(), no_wrap=True, overflow="ellipsis"), refresh=True)
        else:
            self._console.print(Text(self.line()))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
