"""The work of one task: a unit in, a part out."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newscrawl.archive.reading.cross_file_revisits import Revisit, read_revisits
from newscrawl.archive.reading.reader import UnresolvedRevisit
from newscrawl.chain.chain import Chain, ChainResult, Failed, NotArticle, Readable, RejectedArticle
from newscrawl.errors import ArchiveError, OutputError, RecordError
from newscrawl.files.sources import Source
from newscrawl.items import Article, json_line, rejection_line
from newscrawl.replay.extraction.progress_counter import ProgressCounter, UnitProgress
from newscrawl.replay.extraction.revisions import revision_of
from newscrawl.replay.extraction.staged import StagedUnit, StagedUnitWriter
from newscrawl.replay.reading.units import Unit, items_of, late_items
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.selection.filters import Filters

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """One unit to be extracted."""

    number: int
    """Of the unit in the manifest."""
    unit: Unit
    late: tuple[tuple[Source, ...], frozenset[tuple[str, int]]] | None = None
    """For the unit of late revisits: the sources to look through, and which records (path, offset) are wanted."""
    revisits: tuple[Revisit, ...] | None = None
    """Instead of the unit's own records: late revisits with the places of their originals."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of a task."""

    part: StagedUnit
    counts: dict[str, int]
    """``captures``, ``passed_over``, ``articles``, ``no_article``, ``rejected``, ``failed``, ``faults``, ``late``."""
    opened: bool
    """False: the file could not be opened at all, so a rerun tries again."""


class Extractor:
    """Makes parts of units. One in each process: the chain is loaded once."""

    def __init__(self, recipe: Recipe, folder: Path, meter: ProgressCounter) -> None:
        self._chain = Chain.from_paths(recipe.pipelines)
        self._recipe = recipe
        self._folder = folder
        self._meter = meter

    def __call__(self, task: Task) -> Extraction | None:
        """The extraction of one unit; None when it was left because the replay is to stop.

        Raises:
            OutputError: the part cannot be written.
        """
        writer = StagedUnitWriter(self._folder, task.number)
        try:
            extraction = _UnitExtraction(self._chain, self._recipe, writer, UnitProgress(self._meter, task.unit.size))
            opened = extraction.run(task)
            if extraction.stopped:
                writer.abandon()
                return None
            return Extraction(writer.close(), dict(extraction.counts), opened)
        except OutputError:
            writer.abandon()
            raise


class _UnitExtraction:
    def __init__(self, chain: Chain, recipe: Recipe, writer: StagedUnitWriter, meter: UnitProgress) -> None:
        self._chain = chain
        self._filters: Filters = recipe.filters
        self._limit = recipe.limit
        self._index = recipe.index
        self._writer = writer
        self._meter = meter
        self.counts: Counter[str] = Counter()
        self.stopped = False
        self._opened = True
        self._revisions: set[bytes] = set()
        """Counted only where there is a limit."""

    def run(self, task: Task) -> bool:
        """Whether the unit could be opened."""
        if task.late is not None:
            items = late_items(*task.late, on_skip=self._fault, index=self._index)
        elif task.revisits is not None:
            items = read_revisits(task.revisits, on_skip=self._fault)
        else:
            items = items_of(task.unit, self._filters, self._skipped, self._passed_over, self._index)
        try:
            for item in self._readable(task.unit, items):
                self.counts["captures"] += 1
                self._add(item, self._chain.result_of(item))
                self._reached(item.warc_offset or 0)
                if self._limit is not None and len(self._revisions) >= self._limit:
                    break
        except _Stopped:
            self.stopped = True
        self._meter.finish()
        return self._opened

    def _readable(self, unit: Unit, items: Iterable[Readable]) -> Iterator[Readable]:
        """The items as far as they can be read; what ends the reading is a fault of this unit alone."""
        try:
            yield from items
        except _Stopped:
            raise
        except ArchiveError as error:
            self._opened = False
            self._fault(RecordError(unit.name, 0, str(error)))
        except Exception as error:
            # Readers of remote stores raise exceptions of their own (aiohttp's, botocore's). The other files go on.
            logger.debug("%s", unit.name, exc_info=True)
            self._opened = False
            self._fault(RecordError(unit.name, 0, f"{type(error).__name__}: {error}"))

    def _add(self, item: Readable, outcome: ChainResult) -> None:
        match outcome:
            case Article():
                if self._filters.wants_article(outcome):
                    self.counts["articles"] += 1
                    revision = revision_of(outcome)
                    self._writer.add_line(revision, json_line(outcome))
                    if self._limit is not None:
                        self._revisions.add(revision.id)
                else:
                    self.counts["passed_over"] += 1
            case NotArticle():
                self.counts["no_article"] += 1
            case RejectedArticle():
                self.counts["rejected"] += 1
                self._writer.add_rejected(rejection_line(outcome.article, outcome.messages))
            case Failed():
                self.counts["failed"] += 1
                path = item.warc_filename or ""
                self._writer.add_fault(RecordError(path, item.warc_offset or 0, f"{item.url}: {outcome.reason}"))
        self._meter.page(article=isinstance(outcome, Article))

    def _skipped(self, error: RecordError) -> None:
        if isinstance(error, UnresolvedRevisit):
            self.counts["late"] += 1
            self._writer.add_late(error)
        else:
            self._fault(error)

    def _fault(self, error: RecordError) -> None:
        self.counts["faults"] += 1
        self._writer.add_fault(error)

    def _passed_over(self, offset: int) -> None:
        self.counts["passed_over"] += 1
        self._reached(offset)

    def _reached(self, offset: int) -> None:
        if self._meter.reached(offset):
            raise _Stopped


class _Stopped(Exception):  # noqa: N818 - names the state
    """The replay is to stop."""


Extract = Callable[[Task], Extraction | None]
