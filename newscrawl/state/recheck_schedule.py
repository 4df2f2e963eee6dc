"""When a known article is fetched again: a function of its age and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from newscrawl.state.records import Outcome

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

FIRST_RETRY = timedelta(minutes=15)
LONGEST_RETRY = timedelta(days=30)
_DOUBLINGS = 12
"""After that many failures in a row the wait is :data:`LONGEST_RETRY` anyway."""


@dataclass(frozen=True, slots=True)
class RecheckRule:
    """An article is due again after ``share`` of its age, but not before ``shortest`` nor after ``longest``.

    With a share of a half, the ages at which an article is looked at grow by half each time: some 20 looks in its first
    year, half of them in its first three days, when most corrections come.
    """

    shortest: timedelta = timedelta(hours=1)
    longest: timedelta = timedelta(days=180)
    share: float = 0.5

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """The rule of ``RECHECK_SHORTEST``, ``RECHECK_LONGEST`` (seconds) and ``RECHECK_SHARE``."""
        usual = cls()
        return cls(
            timedelta(seconds=settings.getfloat("RECHECK_SHORTEST", usual.shortest.total_seconds())),
            timedelta(seconds=settings.getfloat("RECHECK_LONGEST", usual.longest.total_seconds())),
            settings.getfloat("RECHECK_SHARE", usual.share),
        )

    def due(self, outcome: Outcome, fetched: datetime, published: datetime, failures: int) -> datetime:
        """When an article that was published and fetched at these instants is to be fetched again.

        After a failure it is :data:`FIRST_RETRY`, and twice as long after each further one in a row. A withdrawn
        article is due again like any other: what was taken down by mistake comes back.
        """
        if outcome is Outcome.FAILED:
            doublings = min(max(failures - 1, 0), _DOUBLINGS)
            return fetched + min(FIRST_RETRY * (1 << doublings), LONGEST_RETRY)
        age = max(fetched - published, timedelta())
        return fetched + min(max(age * self.share, self.shortest), self.longest)
