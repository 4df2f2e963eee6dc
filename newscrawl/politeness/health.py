"""How a host is doing: a circuit breaker, as a function of what its requests met and when."""

from __future__ import annotations

from dataclasses import dataclass

STREAK = 5
"""Failures in a row after which a host counts as failing: more than the requests that are under way at once."""
FIRST_PAUSE = 5.0
"""Seconds; each further pause is twice as long."""


@dataclass(slots=True)
class HostHealth:
    """The failures in a row of one host. Times are seconds of a clock that never goes back."""

    longest_pause: float
    """Seconds."""
    streak: int = 0
    failing_since: float = 0.0
    """When the first failure of the streak was met."""
    paused_until: float = 0.0
    pauses: int = 0

    @property
    def is_failing(self) -> bool:
        """Whether it is the host and not a page that fails."""
        return self.streak >= STREAK

    def succeeded(self) -> bool:
        """A request was answered; whether the host was failing before."""
        was_failing = self.is_failing
        self.streak = self.pauses = 0
        return was_failing

    def failed(self, now: float) -> float:
        """A request met a failure: the seconds to pause from ``now`` on, 0 while it may be the page's own.

        Failures of requests that were sent before the pause began add nothing to it.
        """
        if not self.streak:
            self.failing_since = now
        self.streak += 1
        if not self.is_failing or now < self.paused_until:
            return 0.0
        pause = min(FIRST_PAUSE * 2.0**self.pauses, self.longest_pause)
        self.pauses = min(self.pauses + 1, 30)
        self.paused_until = now + pause
        return pause

    def down_for(self, now: float) -> float:
        """Seconds since it began to fail; 0 while it is well."""
        return now - self.failing_since if self.is_failing else 0.0
