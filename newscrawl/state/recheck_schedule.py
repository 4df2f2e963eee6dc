"""Compute when a known article is fetched again, from its age alone."""

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
"""After this number of failures in a row the wait has reached :data:`LONGEST_RETRY`."""


@dataclass(frozen=True, slots=True)
class RecheckRule:
    """When articles become due: after ``share`` of their age, at least ``shortest`` and at most ``longest``.

    With a share of a half, the age grows by half from one fetch to the next: some 20 fetches in the first year, half of
    them in the first three days, when most corrections come.
    """

    shortest: timedelta = timedelta(hours=1)
    longest: timedelta = timedelta(days=180)
    share: float = 0.5

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Return the rule of ``RECHECK_SHORTEST``, ``RECHECK_LONGEST`` (seconds) and ``RECHECK_SHARE``."""
        usual = cls()
        return cls(
            timedelta(seconds=settings.getfloat("RECHECK_SHORTEST", usual.shortest.total_seconds())),
            timedelta(seconds=settings.getfloat("RECHECK_LONGEST", usual.longest.total_seconds())),
            settings.getfloat("RECHECK_SHARE", usual.share),
        )

    def due(self, outcome: Outcome, fetched: datetime, published: datetime, failures: int) -> datetime:
        """Return the instant at which an article that was published and fetched at these instants is due again.

        After a failure the wait is :data:`FIRST_RETRY`, and doubles with each further one in a row. A withdrawn article
        becomes due like any other, because articles that were taken down by mistake come back.
        """
        if outcome is Outcome.FAILED:
            doublings = min(max(failures - 1, 0), _DOUBLINGS)
            return fetched + min(FIRST_RETRY * (1 << doublings), LONGEST_RETRY)
        age = max(fetched - published, timedelta())
        return fetched + min(max(age * self.share, self.shortest), self.longest)
