"""Run the crawls that are due as processes of this machine: for a schedule without Scrapyd.

Cron may call it every minute. A crawl is started if its slot was not crawled yet, no other crawl of its site runs, and
fewer than the allowed number of crawls run on this machine; otherwise a later call starts it. Locks of the operating
system decide, so a killed process blocks nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

from newscrawl.exit_statuses import ExitStatus
from newscrawl.files.locks import try_lock
from newscrawl.operations.claims import claim_on
from newscrawl.operations.firing import Outcome, What
from newscrawl.operations.processes import CrawlRun, Processes, stopping
from newscrawl.operations.schedule import Job
from newscrawl.operations.start import SLOT_SETTING


def run_due(jobs: Iterable[Job], folder: Path, logs: Path, limit: int) -> Iterator[Outcome]:
    """Run each of ``jobs`` that is due, and yield what happened to it.

    Args:
        jobs: The slots that have begun.
        folder: Where claims and locks are kept.
        logs: Where the log files of the crawls go.
        limit: How many crawls may run on this machine at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    processes = Processes()
    with stopping(processes.stop), ThreadPoolExecutor(limit) as pool:
        for done in as_completed([pool.submit(_run, job, folder, logs, limit, processes) for job in jobs]):
            yield done.result()


def _run(job: Job, folder: Path, logs: Path, limit: int, processes: Processes) -> Outcome:
    crawl = job.crawl
    with claim_on(folder, crawl.series, job.slot, "fired") as claim:
        if claim is None:
            return Outcome(job, What.DONE)
        with _lock(folder, [f"{crawl.site}.site"]) as site_is_free:
            if not site_is_free:
                return Outcome(job, What.WAITS, "for another crawl of the site")
            with _lock(folder, [f"{number}.process" for number in range(limit)]) as process_is_free:
                if not process_is_free:
                    return Outcome(job, What.WAITS, f"for one of {limit} processes")
                settings = {**dict(crawl.settings), SLOT_SETTING: f"{crawl.series}/{job.slot}"}
                run = CrawlRun(crawl.site, logs / f"{crawl.series}.log", dict(crawl.arguments), settings)
                result = processes.run(run)
        if processes.stopped or result.status == ExitStatus.USAGE:
            # It did not run, or not to its end: the next call tries again.
            return Outcome(job, What.FAILED, f"status {result.status}, log {run.log}")
        claim.keep()
    if result.status:
        return Outcome(job, What.FAILED, f"status {result.status}, log {run.log}")
    return Outcome(job, What.RAN)


@contextmanager
def _lock(folder: Path, names: Iterable[str]) -> Iterator[bool]:
    """Hold the first lock file of ``names`` that is free; yield False if none is."""
    for name in names:
        descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            if try_lock(descriptor):
                yield True
                return
        finally:
            os.close(descriptor)
    yield False
