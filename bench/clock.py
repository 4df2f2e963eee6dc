"""A Scrapy extension that writes what a crawl cost, from the spider's start to the process's end.

``EXTENSIONS={"bench.clock.Clock": 0}``; the figures go to ``$BENCH_SCRATCH/clock.json``.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import time
from pathlib import Path
from typing import Any, Self

from scrapy import signals


class Clock:
    """Wall time until the spider closes; CPU of this process and its children until they end; the largest memory."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._cpu = self._wall = 0.0

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """As Scrapy makes it."""
        clock = cls(crawler)
        crawler.signals.connect(clock.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(clock.spider_closed, signal=signals.spider_closed)
        return clock

    def spider_opened(self) -> None:
        """Begin."""
        self._cpu, self._wall = _cpu(), time.perf_counter()

    def spider_closed(self) -> None:
        """Stop the wall clock; the CPU time ends with the process, after its children."""
        wall = time.perf_counter() - self._wall
        units = self._crawler.stats.get_value("response_received_count", 0)
        atexit.register(self._write, wall, units)

    def _write(self, wall: float, units: int) -> None:
        figures = {"units": units, "wall": wall, "cpu": _cpu() - self._cpu, "peak": _peak()}
        Path(os.environ["BENCH_SCRATCH"], "clock.json").write_text(json.dumps(figures))


def _cpu() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _peak() -> int:
    return 1024 * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
