"""The progress bar of a command that reads files: bytes done, pages, rate, time left. On a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


class Counter(Protocol):
    """Whoever counts what was done, from whatever process or thread."""

    expected: int
    """Bytes that there are to do; 0: not known."""

    watcher: Callable[[], None] | None
    """Called now and then by whoever does the work: no thread is needed to keep the bar up to date."""

    def totals(self) -> tuple[int, int, int]:
        """Pages, articles, bytes so far."""


class Bar(Progress):
    """Shows a counter, until it is closed; on anything but a terminal it shows nothing."""

    def __init__(self, counter: Counter, *, clock: Callable[[], float] = monotonic) -> None:
        self._counter = counter
        self._clock = clock
        self._started = clock()
        console = Console(file=sys.stderr, highlight=False)
        super().__init__(
            TextColumn("{task.fields[pages]} pages, {task.fields[rate]}/s, {task.fields[articles]} articles"),
            BarColumn(bar_width=20),
            TaskProgressColumn(),
            TimeRemainingColumn(compact=True),
            TextColumn("to go"),
            console=console,
            transient=True,
            auto_refresh=False,
            disable=not console.is_terminal,
        )
        self._only = self.add_task("replay", total=None, pages=0, articles=0, rate="0.0")
        if not self.disable:
            counter.watcher = self.look

    def look(self) -> None:
        """Show where the counter stands."""
        pages, articles, size = self._counter.totals()
        rate = pages / max(self._clock() - self._started, 1e-9)
        self.update(
            self._only,
            total=self._counter.expected or None,
            completed=size,
            pages=pages,
            articles=articles,
            rate=f"{rate:.1f}",
            refresh=True,
        )
