"""Who does the tasks of a replay: this process, or a pool of processes that survives the death of one of them."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Protocol

from newscrawl.chain.processes import become_child
from newscrawl.errors import RecordError
from newscrawl.replay.extraction.extractor import Extraction, Extractor, Task
from newscrawl.replay.extraction.progress_counter import ProgressCounter
from newscrawl.replay.recipe import Recipe

WATCH_SECONDS = 0.25
"""How often the meter's watcher is called while all processes are at work."""


def process_context() -> BaseContext:
    """How processes are made: forked, which costs milliseconds, where nothing but this thread runs in this process.

    With other threads (a spider's) a fork would copy their locks in whatever state; a fresh interpreter takes a second.
    """
    forking = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forking else "spawn")


@dataclass(frozen=True, slots=True)
class Done:
    """A task with what came of it."""

    task: Task
    extraction: Extraction | None = None
    """None: it was left, because the replay is to stop, or the process that did it died."""
    death: RecordError | None = None


class Workers(Protocol):
    """Does tasks."""

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """What came of each task, in the order in which they end. Tasks are begun in theirs."""


class ThisProcess:
    """Does one task after the other, here."""

    def __init__(self, recipe: Recipe, folder: Path, meter: ProgressCounter) -> None:
        self._extractor = Extractor(recipe, folder, meter)
        self._meter = meter

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """What came of each task."""
        for task in tasks:
            if self._meter.stopped:
                return
            yield Done(task, self._extractor(task))


class Pool:
    """Does as many tasks at once as it has processes."""

    def __init__(
        self, recipe: Recipe, folder: Path, meter: ProgressCounter, processes: int, context: BaseContext
    ) -> None:
        self._context = context
        self._arguments = (recipe, folder, meter)
        self._meter = meter
        self._processes = processes

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """What came of each task; one during which its process died is tried once more, alone."""
        rest = iter(tasks)
        while True:
            suspects = yield from self._results_until_a_death(rest, self._processes)
            if not suspects:
                return
            for task in suspects:
                if (yield from self._results_until_a_death(iter([task]), 1)):
                    reason = "the process that read it died (out of memory, or a fault in a library)"
                    yield Done(task, death=RecordError(task.unit.name, 0, reason))

    def _results_until_a_death(self, tasks: Iterator[Task], processes: int) -> Generator[Done, None, list[Task]]:
        """Returns the tasks that were being done when a process died; none when all are done."""
        executor = ProcessPoolExecutor(processes, self._context, _begin, self._arguments)
        doing: dict[Future[Extraction | None], Task] = {}
        suspects: list[Task] = []
        try:
            while not suspects:
                # One more than there are processes, so that none waits for its next task.
                room = 0 if self._meter.stopped else processes + 1 - len(doing)
                for task in islice(tasks, room):
                    try:
                        doing[executor.submit(_extraction, task)] = task
                    except BrokenProcessPool:
                        suspects.append(task)
                if not doing:
                    break
                self._meter.watched()
                for future in wait(doing, WATCH_SECONDS, FIRST_COMPLETED).done:
                    task = doing.pop(future)
                    try:
                        yield Done(task, future.result())
                    except BrokenProcessPool:
                        suspects.append(task)
            suspects.extend(doing.values())
        finally:
            if doing and not suspects:
                self._meter.stop()  # the caller gave up: an error, an interrupt
            executor.shutdown(wait=True, cancel_futures=True)
        return suspects


_extractor: Extractor | None = None


def _begin(recipe: Recipe, folder: Path, meter: ProgressCounter) -> None:
    """What each process of a pool does first."""
    global _extractor
    become_child()
    _extractor = Extractor(recipe, folder, meter)


def _extraction(task: Task) -> Extraction | None:
    assert _extractor is not None
    return _extractor(task)
