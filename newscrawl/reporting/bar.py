"""Show the progress of a command that reads files: pages, rate, share of the bytes, time left."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


class Counter(Protocol):
    """Count what was done, in any process or thread."""

    expected: int
    """Bytes in total, or 0 if that is not known."""

    watcher: Callable[[], None] | None
    """Called from time to time by the code that does the work, so that the bar needs no thread."""

    def totals(self) -> tuple[int, int, int]:
        """Return the numbers of pages, articles and bytes so far."""


class Bar(Progress):
    """Show a counter until it is closed; show nothing unless standard error is a terminal."""

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
        """Show the current figures of the counter."""
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
