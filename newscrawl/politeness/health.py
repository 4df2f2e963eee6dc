"""Compute the pauses of a failing host from its failures and their times: a circuit breaker."""

from __future__ import annotations

from dataclasses import dataclass

STREAK = 5
"""Failures in a row after which a host counts as failing: more than the requests that run at one time."""
FIRST_PAUSE = 5.0
"""Seconds; each further pause is twice as long."""


@dataclass(slots=True)
class HostHealth:
    """The failures in a row of one host. Times are seconds of a monotonic clock."""

    longest_pause: float
    """Seconds."""
    streak: int = 0
    failing_since: float = 0.0
    """Time of the first failure of the streak."""
    paused_until: float = 0.0
    pauses: int = 0

    @property
    def is_failing(self) -> bool:
        """Whether the host fails, and not only a page."""
        return self.streak >= STREAK

    def succeeded(self) -> bool:
        """Note an answer, and return whether the host was failing before."""
        was_failing = self.is_failing
        self.streak = self.pauses = 0
        return was_failing

    def failed(self, now: float) -> float:
        """Note a failure, and return the seconds to pause from ``now`` on; 0 while only a page may have failed.

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
        """Return the seconds since the host began to fail; 0 where it does not fail."""
        return now - self.failing_since if self.is_failing else 0.0
