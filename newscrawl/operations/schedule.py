"""The schedule as data: crawls, their slots and their jobs. :mod:`.schedule_file` reads the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newscrawl.operations.cadence import Cadence, CronCadence


@dataclass(frozen=True, slots=True)
class Crawl:
    """Describe one crawl: one site in one mode, at one cadence, on one node."""

    site: str
    name: str
    """Distinguishes the crawls of one site; by default the mode."""
    cadence: Cadence | CronCadence
    node: str
    arguments: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...] = ()
    priority: float = 0.0
    version: str | None = None

    @property
    def series(self) -> str:
        """Return ``<site>-<name>``, the series that the slots of this crawl belong to."""
        return f"{self.site}-{self.name}"


@dataclass(frozen=True, slots=True)
class Job:
    """Describe one slot of one crawl: what Scrapyd is asked to run."""

    crawl: Crawl
    start: datetime

    @property
    def slot(self) -> str:
        """Return the start of the slot as ``20260501T0330Z``; later slots sort later."""
        return self.start.strftime("%Y%m%dT%H%MZ")

    @property
    def job_id(self) -> str:
        """Return the id of the job; it is the same on every machine, so that a slot is not started twice."""
        return f"{self.crawl.series}-{self.slot}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hold the whole schedule file."""

    project: str
    nodes: Mapping[str, str]
    """The URL of each node, by name; empty if the crawls run on this machine."""
    crawls: tuple[Crawl, ...]
    processes: int = 2
    """How many crawls run on this machine at once, without nodes."""

    def jobs(self, now: datetime) -> tuple[Job, ...]:
        """Return one job per crawl, for the slot that contains ``now``, in the order of the file.

        Missed slots are not repeated: a crawl fetches everything that is new anyway.
        """
        return tuple(Job(crawl, crawl.cadence.slot(now)) for crawl in self.crawls)
