"""Run crawls as processes of this machine, a limited number at a time, each with its own log file."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from newscrawl.exit_statuses import ExitStatus

LOG_BYTES = 10_000_000
"""A log file of this size is renamed before the next crawl writes to it."""
LOGS_KEPT = 5
MOST_JOBS = 1000
"""More processes than this are a typing error."""


@dataclass(frozen=True, slots=True)
class CrawlRun:
    """Describe one crawl to run: ``newscrawl crawl SITE`` with arguments and settings."""

    site: str
    log: Path
    arguments: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)

    def command(self) -> list[str]:
        """Return the command line."""
        options = [word for name, value in self.arguments.items() for word in ("-a", f"{name}={value}")]
        settings = {**self.settings, "LOG_FILE": str(self.log), "PROGRESS_ENABLED": "0"}
        options += [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
        return [sys.executable, "-m", "newscrawl.command_line.main", "crawl", *options, self.site]


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """Hold the exit status of a crawl and what it printed."""

    run: CrawlRun
    status: int
    output: str


class Processes:
    """Run crawls; :meth:`stop` ends those that run and starts no more."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self.stopped = False

    def run(self, run: CrawlRun) -> CrawlResult:
        """Run one crawl to its end; any thread may call this."""
        run.log.parent.mkdir(parents=True, exist_ok=True)
        rotate(run.log)
        with self._lock:
            if self.stopped:
                return CrawlResult(run, ExitStatus.INTERRUPTED, "")
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                run.command(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            self._running.add(process)
        output, _ = process.communicate()
        with self._lock:
            self._running.discard(process)
        return CrawlResult(run, process.returncode, output.strip())

    def stop(self) -> None:
        """Ask the running crawls to end cleanly, as SIGTERM does, and start no more."""
        with self._lock:
            self.stopped = True
            for process in self._running:
                process.terminate()


def run_all(runs: Iterable[CrawlRun], jobs: int) -> Iterator[CrawlResult]:
    """Run each of ``runs``, at most ``jobs`` at a time, and yield each result when its crawl ends.

    SIGINT and SIGTERM stop the crawls cleanly; what was not started then yields status 130.
    """
    processes = Processes()
    with stopping(processes.stop), ThreadPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(processes.run, run) for run in runs]):
            yield done.result()


@contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` on SIGINT and SIGTERM while the block runs; only for the main thread."""

    def handler(_number: int, _frame: FrameType | None) -> None:
        # A lock may be held by the interrupted code, so another thread stops the processes.
        threading.Thread(target=stop).start()

    former = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, each in former.items():
            signal.signal(number, each)


def rotate(log: Path, largest: int = LOG_BYTES, kept: int = LOGS_KEPT) -> None:
    """Rename ``log`` to ``log.1`` if it is larger than ``largest`` bytes, ``log.1`` to ``log.2`` and so on.

    No process may write to ``log`` meanwhile. The oldest of ``kept`` files is replaced.
    """
    if not log.exists() or log.stat().st_size <= largest:
        return
    for number in range(kept, 0, -1):
        older = log.with_name(f"{log.name}.{number - 1}") if number > 1 else log
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number}"))
