"""Start the crawls that are due on Scrapyd, each once, even if many processes on many machines try at the same time.

Three checks ensure this; each covers what the previous one cannot:

1. A claim on this machine (:mod:`.claims`): only one of several processes starts the crawl.
2. The job id is the same on every machine, so Scrapyd is asked whether it already knows the job.
3. Two machines may ask at the same moment, and a restarted Scrapyd has forgotten its finished jobs. So the job carries
   its slot, and the crawl claims it on its own machine before it does anything (:mod:`.start`). Each site has one node,
   so that claim decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from newscrawl.errors import ScrapydError
from newscrawl.operations.claims import claim_on
from newscrawl.operations.schedule import Job
from newscrawl.operations.scrapyd import Scrapyd
from newscrawl.operations.start import SLOT_SETTING


class What(StrEnum):
    """Say what happened to a job."""

    FIRED = "fired"
    RAN = "ran"
    """The crawl ran on this machine and ended well."""
    DONE = "done"
    """The slot was already started, here or on another machine."""
    WAITS = "waits"
    """Another crawl of the site is pending or running; the next call tries again."""
    FAILED = "failed"
    """The server does not answer or refuses the job, and the next call tries again; or the crawl failed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what happened to one job, and why."""

    job: Job
    what: What
    why: str = ""


def fire(jobs: Iterable[Job], project: str, servers: Mapping[str, Scrapyd], folder: Path) -> Iterator[Outcome]:
    """Start each of ``jobs`` that was not started yet, and yield what happened; claims are kept in ``folder``."""
    nodes = {name: _NodeJobs(server, project) for name, server in servers.items()}
    for job in jobs:
        with claim_on(folder, job.crawl.series, job.slot, "fired") as claim:
            if claim is None:
                yield Outcome(job, What.DONE)
                continue
            outcome = _fired(job, nodes[job.crawl.node])
            if outcome.what in (What.FIRED, What.DONE):
                claim.keep()
            yield outcome


def _fired(job: Job, node: _NodeJobs) -> Outcome:
    try:
        busy = node.busy_with(job.crawl.site)
        if state := node.server.job_state(node.project, job.job_id):
            return Outcome(job, What.DONE, f"{state} on {job.crawl.node}")
        if busy:
            return Outcome(job, What.WAITS, f"for {busy}")
        node.schedule(job)
    except ScrapydError as error:
        return Outcome(job, What.FAILED, str(error))
    return Outcome(job, What.FIRED, f"on {job.crawl.node}")


class _NodeJobs:
    """Know which sites a server is crawling; it is asked once, since the locks of the crawls decide in the end."""

    def __init__(self, server: Scrapyd, project: str) -> None:
        self.server = server
        self.project = project
        self._busy: dict[str, str] | None = None

    def busy_with(self, site: str) -> str | None:
        """Return the id of a job of ``site`` that is pending or running, or None."""
        if self._busy is None:
            jobs = self.server.jobs(self.project)
            self._busy = {str(job.get("spider")): str(job.get("id")) for job in jobs["pending"] + jobs["running"]}
        return self._busy.get(site)

    def schedule(self, job: Job) -> None:
        crawl = job.crawl
        self.server.schedule(
            self.project,
            crawl.site,
            job.job_id,
            dict(crawl.arguments),
            settings={**dict(crawl.settings), SLOT_SETTING: f"{crawl.series}/{job.slot}"},
            priority=crawl.priority,
            version=crawl.version,
        )
        if self._busy is not None:
            self._busy[crawl.site] = job.job_id
