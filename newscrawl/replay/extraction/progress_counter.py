"""How far a replay is: counters that all processes of a pool share, and the wish to stop."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing.context import BaseContext
from time import monotonic
from typing import Any

SECONDS = 0.1
"""How often a process hands its counts on: the lock costs some 10 µs, a page some 2,000."""


class ProgressCounter:
    """Pages, articles and bytes done. Made by the parent, handed to the processes of the pool when they start."""

    def __init__(self, context: BaseContext) -> None:
        self._counts = context.Array("Q", 3)
        self._stop = context.Event()
        self._parent = os.getpid()
        self.expected = 0
        """Bytes that there are to do, as far as known. Only the parent knows."""
        self.watcher: Callable[[], None] | None = None
        """Called now and then in the parent, by whoever is at work there."""

    def add(self, pages: int, articles: int, size: int) -> None:
        """Count so many more."""
        with self._counts.get_lock():
            for place, more in enumerate((pages, articles, size)):
                self._counts[place] += more

    def totals(self) -> tuple[int, int, int]:
        """Pages, articles, bytes so far."""
        pages, articles, size = self._counts[:]
        return pages, articles, size

    def watched(self) -> None:
        """Call the watcher, in the parent."""
        if self.watcher is not None and os.getpid() == self._parent:
            self.watcher()

    def stop(self) -> None:
        """Ask all processes to leave their work."""
        self._stop.set()

    def __getstate__(self) -> dict[str, Any]:
        """To the processes of the pool goes what they share; the watcher is the parent's."""
        return {**self.__dict__, "watcher": None}

    @property
    def stopped(self) -> bool:
        """Whether work is to be left: it was asked for, or the parent is gone."""
        return self._stop.is_set() or self._parent not in (os.getpid(), os.getppid())


class UnitProgress:
    """Counts the pages and bytes of one unit and hands them to the meter now and then."""

    def __init__(self, meter: ProgressCounter, size: int | None) -> None:
        self._meter = meter
        self._size = size or 0
        self._reached = 0
        self._handed_on = 0
        self._pages = self._articles = 0
        self._next = monotonic() + SECONDS

    def page(self, *, article: bool) -> None:
        """One more page was read; ``article``: and gave a line."""
        self._pages += 1
        self._articles += article

    def reached(self, offset: int) -> bool:
        """Reading stands at ``offset``; whether work is to be left."""
        self._reached = min(max(self._reached, offset), self._size)
        if monotonic() < self._next:
            return False
        self._hand_on()
        return self._meter.stopped

    def finish(self) -> None:
        """All of the unit is done."""
        self._reached = self._size
        self._hand_on()

    def _hand_on(self) -> None:
        self._meter.add(self._pages, self._articles, self._reached - self._handed_on)
        self._pages = self._articles = 0
        self._handed_on = self._reached
        self._meter.watched()
        self._next = monotonic() + SECONDS
