"""Do the tasks of a replay: in this process, or in a pool of processes that survives the death of one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Protocol

from newscrawl.chain.processes import Service, WorkerProcesses
from newscrawl.errors import ExtractionDied, RecordError
from newscrawl.replay.extraction.extractor import Extraction, Extractor, Task
from newscrawl.replay.extraction.progress_counter import ProgressCounter
from newscrawl.replay.recipe import Recipe

WATCH_SECONDS = 0.25
"""How often the watcher of the progress is called while all processes are at work."""


@dataclass(frozen=True, slots=True)
class Done:
    """A task with what came of it."""

    task: Task
    extraction: Extraction | None = None
    """None if it was abandoned because the replay is to stop, or if its process died."""
    death: RecordError | None = None


class Workers(Protocol):
    """Whoever does tasks."""

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Begin the tasks in their order; yield what came of each as it ends."""


class ThisProcess:
    """Do one task after the other, in this process."""

    def __init__(self, recipe: Recipe, folder: Path, progress: ProgressCounter) -> None:
        self._extractor = Extractor(recipe, folder, progress)
        self._progress = progress

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield what came of each task."""
        for task in tasks:
            if self._progress.stopped:
                return
            yield Done(task, self._extractor(task))


@dataclass(frozen=True, slots=True)
class ExtractorService:
    """Make the service of a pool's process: extract one task."""

    recipe: Recipe
    folder: Path
    progress: ProgressCounter

    def __call__(self) -> Service:
        """Load the pipelines."""
        return Extractor(self.recipe, self.folder, self.progress)


class Pool:
    """Do as many tasks at once as there are processes."""

    def __init__(
        self, recipe: Recipe, folder: Path, progress: ProgressCounter, processes: int, context: BaseContext
    ) -> None:
        self._service = ExtractorService(recipe, folder, progress)
        self._progress = progress
        self._processes = processes
        self._context = context

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield what came of each task; one whose process died is tried once more, in a separate process."""
        rest = iter(tasks)
        doing: dict[asyncio.Task[Extraction | None], Task] = {}
        with asyncio.Runner() as runner:
            pool = WorkerProcesses(self._service, self._processes, context=self._context)
            try:
                runner.run(pool.ready())
                while True:
                    room = 0 if self._progress.stopped else self._processes - len(doing)
                    for task in islice(rest, room):
                        doing[runner.get_loop().create_task(pool.answer(task))] = task
                    if not doing:
                        break
                    self._progress.watched()
                    for ended in runner.run(_some(doing)):
                        yield _done(doing.pop(ended), ended)
            finally:
                if doing:
                    self._progress.stop()  # the caller gave up: an error, an interrupt
                pool.close()


async def _some(doing: Iterable[asyncio.Task[Extraction | None]]) -> set[asyncio.Task[Extraction | None]]:
    """Wait until something ended or the watcher is due; return what ended."""
    return (await asyncio.wait(doing, timeout=WATCH_SECONDS, return_when=asyncio.FIRST_COMPLETED))[0]


def _done(task: Task, ended: asyncio.Task[Extraction | None]) -> Done:
    try:
        return Done(task, ended.result())
    except ExtractionDied as error:
        return Done(task, death=RecordError(task.unit.name, 0, str(error)))
