"""Bring the units of one run from pending to extracted: the pending ones, the deferred revisits, up to the limit."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from newscrawl.account import Entry, Outcome
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.files.sources import Source
from newscrawl.replay.extraction.extractor import Task
from newscrawl.replay.extraction.progress_counter import ProgressCounter
from newscrawl.replay.extraction.workers import Done, Workers
from newscrawl.replay.manifest.article_limit import limit_lines, revision_count
from newscrawl.replay.manifest.manifest import PENDING, Manifest, UnitState
from newscrawl.replay.manifest.outcomes import entries, totals
from newscrawl.replay.reading.units import Unit, units_of
from newscrawl.replay.recipe import Recipe

DEFERRED_REVISITS = Unit("revisits of originals in other files", "revisits", None)
"""Not a file: the revisits whose originals are in another file than they."""


@dataclass(slots=True)
class RunReport:
    """What a replay did."""

    files: int = 0
    """Units named."""
    skipped: int = 0
    """How many of these an earlier run had done."""
    counts: Counter[str] = field(default_factory=Counter)
    """Of what this run extracted: see :class:`newscrawl.replay.extraction.extractor.Extraction`. ``articles`` counts
    all captures that gave an article, whether its line is kept or not."""
    outcomes: Counter[str] = field(default_factory=Counter)
    """The account of all units named, earlier runs included: captures by outcome."""
    lines: int = 0
    """Articles that the outputs of the units named hold."""
    faults: list[RecordError] = field(default_factory=list)
    """Records and files that could not be read, in all units named, earlier runs included."""
    stopped: bool = False
    """It was interrupted; the same command continues it."""


class Run:
    """One run over the units that were named."""

    def __init__(
        self,
        manifest: Manifest,
        recipe: Recipe,
        progress: ProgressCounter,
        units: list[Unit],
        workers: Callable[[], Workers],
    ) -> None:
        self._manifest = manifest
        self._recipe = recipe
        self._progress = progress
        self._make_workers = workers
        self._workers: Workers | None = None
        self._units = {manifest.unit(unit.name, unit.stem, unit.stamp).number: unit for unit in units}
        self._deferred: int | None = None
        self._counts: Counter[str] = Counter()
        self._skipped = len(units) - len(self._pending())

    def extract(self) -> None:
        """Extract every pending unit, then the deferred revisits; find duplicates."""
        self._progress.expected += sum(self._units[number].size or 0 for number in self._pending())
        for done in self._results(self._tasks()):
            self._store(done)
        if not self._progress.stopped and not self._is_limit_reached():
            self._extract_deferred()
        if not self._progress.stopped and self._recipe.limit is not None:
            limit_lines(self._manifest.database, self._numbers(), self._recipe.limit)
        if not self._progress.stopped and self._recipe.duplicates != "no":
            self._manifest.find_duplicates()

    def extract_reopened(self) -> bool:
        """Extract complete units again of which other lines are to be kept than were; return whether there were any."""
        reopened = self._manifest.reopen_doubtful()
        for unit in reopened:
            self._find(unit)
        if reopened:
            self.extract()
        return bool(reopened)

    def report(self) -> RunReport:
        """Return what was done."""
        numbers = self._numbers()
        deferred_done = self._deferred is not None
        return RunReport(
            files=len(self._units),
            skipped=self._skipped,
            counts=self._counts,
            outcomes=totals(self._manifest, numbers, deferred_done=deferred_done),
            lines=self._manifest.kept_count(numbers),
            faults=list(self._manifest.faults(numbers)),
            stopped=self._progress.stopped,
        )

    def outcomes(self) -> Iterator[Entry]:
        """Yield the outcome of every capture in the units named, in the order of reading."""
        return entries(self._manifest, self._numbers(), deferred_done=self._deferred is not None)

    def _numbers(self) -> list[int]:
        return [*self._units, *([self._deferred] if self._deferred is not None else [])]

    def _pending(self) -> list[int]:
        pending = {unit.number for unit in self._manifest.units(PENDING)}
        return [number for number in self._units if number in pending]

    def _tasks(self) -> Iterator[Task]:
        for number in self._pending():
            if self._is_limit_reached():
                return
            yield Task(number, self._units[number])

    def _is_limit_reached(self) -> bool:
        """Return whether the units before the first pending one hold as many articles as are wanted."""
        if self._recipe.limit is None:
            return False
        pending = set(self._pending())
        numbers = list(self._units)
        end = next((place for place, number in enumerate(numbers) if number in pending), len(numbers))
        return revision_count(self._manifest.database, numbers[:end]) >= self._recipe.limit

    def _results(self, tasks: Iterator[Task]) -> Iterator[Done]:
        first = next(tasks, None)
        if first is None:
            return
        if self._workers is None:
            self._workers = self._make_workers()
        yield from self._workers.results(_chained(first, tasks))

    def _store(self, done: Done) -> None:
        if done.extraction is not None:
            extraction = done.extraction
            counts = Counter(extraction.counts)
            self._counts.update(counts)
            self._counts["articles"] += counts[Outcome.ARTICLE] + counts[Outcome.REPEAT]
            self._manifest.add_extraction(
                done.task.number, extraction.staged, extraction.counts, opened=extraction.opened
            )
        elif done.death is not None:
            self._counts[Outcome.FAULT] += 1
            self._manifest.add_fault(done.task.number, done.death)

    # ── Deferred revisits ────────────────────────────────────────────────────────────────────────────────────────────

    def _extract_deferred(self) -> None:
        wanted = frozenset(self._manifest.deferred(self._units))
        if not wanted and not self._manifest.has(DEFERRED_REVISITS.name):
            return
        sources = tuple(unit.source for unit in self._units.values() if unit.source is not None)
        stamp = self._deferred_stamp(wanted, sources)
        unit = self._manifest.unit(DEFERRED_REVISITS.name, DEFERRED_REVISITS.stem, stamp)
        self._deferred = unit.number
        if unit.state == PENDING:
            for done in self._results(iter([Task(unit.number, DEFERRED_REVISITS, (sources, wanted))])):
                self._store(done)

    def _deferred_stamp(self, wanted: frozenset[tuple[str, int]], sources: tuple[Source, ...]) -> str:
        stamps = [(unit.name, unit.stamp) for unit in self._units.values()]
        return hashlib.sha256(repr((sorted(wanted), [source.name for source in sources], stamps)).encode()).hexdigest()

    def _find(self, unit: UnitState) -> None:
        """Find the file of a unit of an earlier run, by its name."""
        if unit.number in self._units or unit.name == DEFERRED_REVISITS.name:
            return
        try:
            found = [each for each in units_of([unit.name.partition("#")[0]]) if each.name == unit.name]
        except ArchiveError:
            found = []
        if found:
            self._units[unit.number] = found[0]
        else:
            reason = "it shares articles with files that were replayed since, but it no longer exists"
            self._manifest.add_fault(unit.number, RecordError(unit.name, 0, reason))


def _chained(first: Task, rest: Iterator[Task]) -> Iterator[Task]:
    yield first
    yield from rest
