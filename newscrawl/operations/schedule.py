"""The schedule as data: crawls, their slots, the jobs that these make. The file is read by :mod:`.schedule_file`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newscrawl.operations.cadence import Cadence


@dataclass(frozen=True, slots=True)
class Crawl:
    """One site, crawled in one way, at one cadence, on one node."""

    site: str
    name: str
    """Tells the crawls of one site apart; the mode where the file gives no name."""
    cadence: Cadence
    node: str
    arguments: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...] = ()
    priority: float = 0.0
    version: str | None = None

    @property
    def series(self) -> str:
        """``<site>-<name>``: what the slots of this crawl are counted under."""
        return f"{self.site}-{self.name}"


@dataclass(frozen=True, slots=True)
class Job:
    """One slot of one crawl: what Scrapyd is told."""

    crawl: Crawl
    start: datetime

    @property
    def slot(self) -> str:
        """The start of the slot as the job id has it; later slots sort later."""
        return self.start.strftime("%Y%m%dT%H%MZ")

    @property
    def job_id(self) -> str:
        """The same wherever it is computed, so that a slot fired twice can be told."""
        return f"{self.crawl.series}-{self.slot}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """The whole file."""

    project: str
    nodes: Mapping[str, str]
    """Name to URL."""
    crawls: tuple[Crawl, ...]

    def jobs(self, now: datetime) -> tuple[Job, ...]:
        """The slot of every crawl that ``now`` lies in, in the order of the file.

        Slots that were missed while nothing called are not made up for: a crawl fetches whatever is new anyway.
        """
        return tuple(Job(crawl, crawl.cadence.slot(now)) for crawl in self.crawls)
