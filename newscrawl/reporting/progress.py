"""Show the progress of a crawl: a live line on a terminal, a plain line every two seconds elsewhere; never in logs."""

from __future__ import annotations

import sys
from collections import deque
from logging import StreamHandler, getLogger
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.file_proxy import FileProxy
from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newscrawl.display import counted, readable_bytes

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

LIVE_SECONDS = 0.25
PLAIN_SECONDS = 2.0
WIDTH = 79
"""Columns of the line: a terminal of 80 columns shows it whole, with the cursor behind it."""
_SEPARATOR = " · "
RATE_SECONDS = 15.0
"""Period of the rate: long enough for a delay of some seconds between two pages."""


def progress_wanted(settings: BaseSettings) -> bool:
    """Return whether progress is shown: the setting ``PROGRESS_ENABLED``, by default on a terminal."""
    if settings.get("PROGRESS_ENABLED") is None:
        return sys.stdout.isatty()
    return settings.getbool("PROGRESS_ENABLED")


class Progress:
    """Show pages, queue, rate, errors and remaining time while a crawl runs, if :func:`progress_wanted`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._console = Console(file=sys.stdout, highlight=False)
        self._live = (
            Live(console=self._console, auto_refresh=False, transient=True) if self._console.is_terminal else None
        )
        self._samples: deque[tuple[float, int]] = deque()
        self._log_streams: list[tuple[StreamHandler[Any], Any]] = []
        self._loop = create_looping_call(self._show)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the extension; Scrapy calls this.

        Raises:
            NotConfigured: No progress is wanted.
        """
        if not progress_wanted(crawler.settings):
            raise NotConfigured  # PROGRESS_ENABLED is off, or there is no terminal
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signal=signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        """Start to show the progress."""
        self._samples.append((monotonic(), 0))
        if self._live:
            self._live.start()
            self._keep_log_above()
        self._loop.start(LIVE_SECONDS if self._live else PLAIN_SECONDS, now=False)

    def spider_closed(self) -> None:
        """Show the last state and stop."""
        if self._loop.running:
            self._loop.stop()
        if self._live:
            for handler, stream in self._log_streams:
                handler.setStream(stream)
            self._live.stop()
        self._console.print(Text(self.line()))

    def line(self) -> str:
        """Return the state of the crawl in one line."""
        stats = self._crawler.stats
        assert stats is not None
        pages = stats.get_value("response_received_count", 0)
        queued = stats.get_value("scheduler/enqueued", 0) - stats.get_value("scheduler/dequeued", 0)
        rate = self._rate(pages)
        waiting = stats.get_value("discovery/waiting", 0)
        failed = stats.get_value("pages/failed", 0)
        errors = stats.get_value("log_count/ERROR", 0)
        # The most important first: what does not fit into the width is left out from the end.
        parts = [
            counted(pages, "page"),
            counted(stats.get_value("articles/written", 0), "article"),
            f"{failed} failed" if failed else "",
            counted(errors, "error") if errors else "",
            # What the documents that are not read yet announce comes on top.
            f"{'over' if waiting else 'about'} {_clock(queued / rate)} to go" if queued and rate else "",
            f"{rate:.1f} pages/s",
            f"{counted(waiting, 'document')} left to read" if waiting else "",
            f"{queued} queued" if queued else "",
            readable_bytes(stats.get_value("warc/bytes", 0)),
        ]
        line = f"{self._crawler.spidercls.name}: {parts[0]}"
        for part in filter(None, parts[1:]):
            if len(line) + len(part) + len(_SEPARATOR) <= WIDTH:
                line += _SEPARATOR + part
        return line

    def _rate(self, pages: int) -> float:
        """Return the pages per second over the last :data:`RATE_SECONDS`."""
        now = monotonic()
        self._samples.append((now, pages))
        while len(self._samples) > 2 and now - self._samples[0][0] > RATE_SECONDS:
            self._samples.popleft()
        since, before = self._samples[0]
        return (pages - before) / (now - since) if now > since else 0.0

    def _keep_log_above(self) -> None:
        """Write log lines that go to the same terminal above the live line, not into it."""
        for handler in getLogger().handlers:
            stream = getattr(handler, "stream", None)
            if isinstance(handler, StreamHandler) and stream is not None and stream.isatty():
                self._log_streams.append((handler, stream))
                handler.setStream(FileProxy(self._console, stream))

    def _show(self) -> None:
        if self._live:
            self._live.update(Text(self.line(), no_wrap=True, overflow="ellipsis"), refresh=True)
        else:
            self._console.print(Text(self.line()))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
