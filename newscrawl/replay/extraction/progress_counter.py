"""Count the progress of a replay in all its processes, and carry the request to stop."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing.context import BaseContext
from time import monotonic
from typing import Any

REPORT_SECONDS = 0.1
"""How often a process reports its counts: the lock costs some 10 µs, a page some 2,000."""


class ProgressCounter:
    """Pages, articles and bytes done. Made by the parent, passed to the processes of the pool when they start."""

    def __init__(self, context: BaseContext) -> None:
        self._counts = context.Array("Q", 3)
        self._stop = context.Event()
        self._parent = os.getpid()
        self.expected = 0
        """Bytes of all sources, as far as known. Only the parent knows."""
        self.watcher: Callable[[], None] | None = None
        """Called now and then in the parent, such as to show the progress."""

    def add(self, pages: int, articles: int, size: int) -> None:
        """Add to the counts; ``size`` is in bytes."""
        with self._counts.get_lock():
            for place, more in enumerate((pages, articles, size)):
                self._counts[place] += more

    def totals(self) -> tuple[int, int, int]:
        """Return pages, articles and bytes so far."""
        pages, articles, size = self._counts[:]
        return pages, articles, size

    def watched(self) -> None:
        """Call the watcher if this is the parent."""
        if self.watcher is not None and os.getpid() == self._parent:
            self.watcher()

    def stop(self) -> None:
        """Ask all processes to abandon their tasks."""
        self._stop.set()

    def __getstate__(self) -> dict[str, Any]:
        """Pickle what the processes of the pool share; the watcher stays with the parent."""
        return {**self.__dict__, "watcher": None}

    @property
    def stopped(self) -> bool:
        """Whether tasks are to be abandoned: someone asked for it, or the parent ended."""
        return self._stop.is_set() or self._parent not in (os.getpid(), os.getppid())


class UnitProgress:
    """Count the pages and bytes of one unit and report them to the counter now and then."""

    def __init__(self, counter: ProgressCounter, size: int | None) -> None:
        self._counter = counter
        self._size = size or 0
        self._reached = 0
        self._reported = 0
        self._pages = self._articles = 0
        self._next = monotonic() + REPORT_SECONDS

    def page(self, *, article: bool) -> None:
        """Count one more page; ``article`` says whether it gave a line."""
        self._pages += 1
        self._articles += article

    def reached(self, offset: int) -> bool:
        """Note that reading has reached ``offset``; return whether to abandon the unit."""
        self._reached = min(max(self._reached, offset), self._size)
        if monotonic() < self._next:
            return False
        self._report()
        return self._counter.stopped

    def finish(self) -> None:
        """Report that the unit is done."""
        self._reached = self._size
        self._report()

    def _report(self) -> None:
        self._counter.add(self._pages, self._articles, self._reached - self._reported)
        self._pages = self._articles = 0
        self._reported = self._reached
        self._counter.watched()
        self._next = monotonic() + REPORT_SECONDS
