"""The units of one run through extraction: those that are pending, the late revisits, up to the limit."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from newscrawl.errors import ArchiveError, RecordError
from newscrawl.files.sources import Source
from newscrawl.replay.extraction.extractor import Task
from newscrawl.replay.extraction.progress_counter import ProgressCounter
from newscrawl.replay.extraction.workers import Done, Workers
from newscrawl.replay.manifest.article_limit import limit_lines, revision_count
from newscrawl.replay.manifest.manifest import PENDING, Entry, Manifest
from newscrawl.replay.reading.units import Unit, units_of
from newscrawl.replay.recipe import Recipe

LATE = Unit("revisits of originals in other files", "revisits", None)
"""The unit that no file is: see :func:`newscrawl.replay.reading.units.late_items`."""


@dataclass(slots=True)
class RunReport:
    """What a replay did."""

    files: int = 0
    """Units named."""
    skipped: int = 0
    """Of these, how many an earlier run had done."""
    counts: Counter[str] = field(default_factory=Counter)
    """Of what this run extracted: see :class:`newscrawl.replay.extraction.extractor.Extraction`."""
    lines: int = 0
    """Articles that the outputs of the units named hold."""
    faults: list[RecordError] = field(default_factory=list)
    """Records and files that could not be read, in all units named, earlier runs included."""
    stopped: bool = False
    """It was interrupted: the same command goes on."""


class Run:
    """Brings units from pending to extracted."""

    def __init__(
        self,
        manifest: Manifest,
        recipe: Recipe,
        meter: ProgressCounter,
        units: list[Unit],
        workers: Callable[[], Workers],
    ) -> None:
        self._manifest = manifest
        self._recipe = recipe
        self._meter = meter
        self._make_workers = workers
        self._workers: Workers | None = None
        self._units = {manifest.entry(unit.name, unit.stem, unit.stamp).number: unit for unit in units}
        self._late: int | None = None
        self._counts: Counter[str] = Counter()
        self._skipped = len(units) - len(self._pending())

    def extract(self) -> None:
        """Every unit that is pending, then the late revisits."""
        self._meter.expected += sum(self._units[number].size or 0 for number in self._pending())
        for done in self._results(self._tasks()):
            self._note(done)
        if not self._meter.stopped and not self._enough():
            self._extract_late()
        if not self._meter.stopped and self._recipe.limit is not None:
            limit_lines(self._manifest.database, self._numbers(), self._recipe.limit)

    def extract_reopened(self) -> bool:
        """Settled units of which other lines are to be kept than were; whether there were any."""
        reopened = self._manifest.reopen_doubtful()
        for entry in reopened:
            self._find(entry)
        if reopened:
            self.extract()
        return bool(reopened)

    def outcome(self) -> RunReport:
        """What was done."""
        numbers = self._numbers()
        return RunReport(
            files=len(self._units),
            skipped=self._skipped,
            counts=self._counts,
            lines=self._manifest.kept_count(numbers),
            faults=list(self._manifest.faults(numbers)),
            stopped=self._meter.stopped,
        )

    def _numbers(self) -> list[int]:
        return [*self._units, *([self._late] if self._late is not None else [])]

    def _pending(self) -> list[int]:
        pending = {entry.number for entry in self._manifest.units(PENDING)}
        return [number for number in self._units if number in pending]

    def _tasks(self) -> Iterator[Task]:
        for number in self._pending():
            if self._enough():
                return
            yield Task(number, self._units[number])

    def _enough(self) -> bool:
        """Whether the limit is reached by the units that come before the first one that is still pending."""
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

    def _note(self, done: Done) -> None:
        if done.extraction is not None:
            extraction = done.extraction
            self._counts.update(extraction.counts)
            self._manifest.add_extraction(
                done.task.number, extraction.part, extraction.counts, complete=extraction.opened
            )
            extraction.part.rows.unlink(missing_ok=True)
        elif done.death is not None:
            self._counts["faults"] += 1
            self._manifest.add_fault(done.task.number, done.death)

    # ── Late revisits ────────────────────────────────────────────────────────────────────────────────────────────────

    def _extract_late(self) -> None:
        wanted = frozenset(self._manifest.late(self._units))
        if not wanted and not self._manifest.has(LATE.name):
            return
        sources = tuple(unit.source for unit in self._units.values() if unit.source is not None)
        entry = self._manifest.entry(LATE.name, LATE.stem, self._late_stamp(wanted, sources))
        self._late = entry.number
        if entry.state == PENDING:
            for done in self._results(iter([Task(entry.number, LATE, (sources, wanted))])):
                self._note(done)

    def _late_stamp(self, wanted: frozenset[tuple[str, int]], sources: tuple[Source, ...]) -> str:
        stamps = [(unit.name, unit.stamp) for unit in self._units.values()]
        return hashlib.sha256(repr((sorted(wanted), [source.name for source in sources], stamps)).encode()).hexdigest()

    def _find(self, entry: Entry) -> None:
        """Units of earlier runs may be reopened too: they are looked up again by their name."""
        if entry.number in self._units or entry.name == LATE.name:
            return
        try:
            found = [unit for unit in units_of([entry.name.partition("#")[0]]) if unit.name == entry.name]
        except ArchiveError:
            found = []
        if found:
            self._units[entry.number] = found[0]
        else:
            reason = "it shares articles with files that were replayed since, and is no longer there"
            self._manifest.add_fault(entry.number, RecordError(entry.name, 0, reason))


def _chained(first: Task, rest: Iterator[Task]) -> Iterator[Task]:
    yield first
    yield from rest
