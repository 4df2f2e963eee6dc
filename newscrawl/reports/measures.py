"""Counts of a crawl whose size does not grow with its length.

They are a timeline of spans that double, and histograms with fixed bounds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from newscrawl.reports.record import Timeline

SPANS = 120
"""Spans of a timeline at most; when a crawl outgrows them, two become one."""
LATENCY_BOUNDS = (
    (0.05, "50 ms"),
    (0.1, "100 ms"),
    (0.25, "250 ms"),
    (0.5, "500 ms"),
    (1, "1 s"),
    (2.5, "2.5 s"),
    (5, "5 s"),
    (10, "10 s"),
)
LAG_BOUNDS = (
    *((900, "15 minutes"), (3600, "1 hour"), (6 * 3600, "6 hours"), (86_400, "1 day"), (3 * 86_400, "3 days")),
    *((7 * 86_400, "7 days"), (30 * 86_400, "30 days")),
)
LATER = "longer"


class TimelineCounter:
    """Count answers and bytes over time."""

    def __init__(self) -> None:
        self._seconds = 1.0
        self._answers: list[Counter[str]] = []
        self._bytes: list[int] = []

    def add(self, elapsed: float, status: int, size: int) -> None:
        """Count an answer that came ``elapsed`` seconds after the start, with ``size`` bytes of body."""
        while elapsed / self._seconds >= SPANS:
            self._halve()
        place = max(0, int(elapsed / self._seconds))
        while len(self._answers) <= place:
            self._answers.append(Counter())
            self._bytes.append(0)
        self._answers[place][f"{status // 100}xx"] += 1
        self._bytes[place] += size

    def timeline(self) -> Timeline:
        """Return what was counted."""
        return Timeline(self._seconds, tuple(dict(sorted(one.items())) for one in self._answers), tuple(self._bytes))

    def _halve(self) -> None:
        pairs = range(0, len(self._answers), 2)
        self._answers = [sum(self._answers[place : place + 2], Counter()) for place in pairs]
        self._bytes = [sum(self._bytes[place : place + 2]) for place in pairs]
        self._seconds *= 2


class Histogram:
    """Count values by upper bounds."""

    def __init__(self, bounds: tuple[tuple[float, str], ...]) -> None:
        self._limits = [limit for limit, _ in bounds]
        self._names = [*(f"up to {name}" for _, name in bounds), LATER]
        self._counts = [0] * len(self._names)

    def add(self, value: float) -> None:
        """Count a value."""
        self._counts[bisect_left(self._limits, value)] += 1

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return each bound with its count, without empty bounds at the end."""
        last = max((place for place, count in enumerate(self._counts) if count), default=-1)
        return tuple(zip(self._names[: last + 1], self._counts[: last + 1], strict=True))
