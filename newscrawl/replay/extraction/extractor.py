"""Do one task of a replay: extract a unit into staged files."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newscrawl.account import Outcome
from newscrawl.archive.reading.cross_file_revisits import Revisit, read_revisits
from newscrawl.archive.reading.reader import UnresolvedRevisit
from newscrawl.capture import instant
from newscrawl.chain.chain import Chain, ChainResult, Failed, NotArticle, Readable, RejectedArticle
from newscrawl.errors import ArchiveError, OutputError, RecordError
from newscrawl.files.sources import Source
from newscrawl.items import Article, json_line, rejection_line
from newscrawl.replay.extraction.progress_counter import ProgressCounter, UnitProgress
from newscrawl.replay.extraction.revisions import revision_of
from newscrawl.replay.extraction.staged import DEFERRED, StagedRow, StagedUnit, StagedUnitWriter
from newscrawl.replay.reading.items import Excluded, deferred_items, items_of
from newscrawl.replay.reading.units import Unit
from newscrawl.replay.recipe import Recipe

logger = logging.getLogger(__name__)

MAX_SEEN = 1_000_000
"""Revisions of one unit that are remembered so that their repeats are not staged: some 100 bytes each."""


@dataclass(frozen=True, slots=True)
class Task:
    """One unit to be extracted."""

    number: int
    """Of the unit in the manifest."""
    unit: Unit
    deferred: tuple[tuple[Source, ...], frozenset[tuple[str, int]]] | None = None
    """For the unit of deferred revisits: the sources to look through, and path and offset of each revisit."""
    revisits: tuple[Revisit, ...] | None = None
    """Instead of the unit's own records: deferred revisits with the places of their originals."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of a task."""

    staged: StagedUnit
    counts: dict[str, int]
    """Captures by outcome, as far as the unit alone tells: see :class:`newscrawl.account.Outcome`. Also ``deferred``
    (revisits whose originals may be in other files) and ``captures`` (those that the article pipelines saw)."""
    opened: bool
    """False: the file could not be opened at all, so a rerun tries again."""


class Extractor:
    """Extract units. There is one in each process, so the pipelines are loaded once."""

    def __init__(self, recipe: Recipe, folder: Path, progress: ProgressCounter) -> None:
        self._chain = Chain.from_paths(recipe.pipelines)
        self._recipe = recipe
        self._folder = folder
        self._progress = progress

    def __call__(self, task: Task) -> Extraction | None:
        """Return the extraction of one unit; None if it was abandoned because the replay is to stop.

        Raises:
            OutputError: the staged files cannot be written.
        """
        writer = StagedUnitWriter(self._folder, task.number, self._recipe.form)
        try:
            extraction = _UnitExtraction(
                self._chain, self._recipe, writer, UnitProgress(self._progress, task.unit.size)
            )
            opened = extraction.run(task)
            if extraction.stopped:
                writer.abandon()
                return None
            return Extraction(writer.close(), {str(name): count for name, count in extraction.counts.items()}, opened)
        except OutputError:
            writer.abandon()
            raise


class _UnitExtraction:
    def __init__(self, chain: Chain, recipe: Recipe, writer: StagedUnitWriter, progress: UnitProgress) -> None:
        self._chain = chain
        self._recipe = recipe
        self._writer = writer
        self._progress = progress
        self.counts: Counter[str] = Counter()
        self.stopped = False
        self._opened = True
        self._signature = recipe.signature()
        self._ranks: dict[bytes, str] = {}
        """The lowest rank of each revision in this unit."""

    def run(self, task: Task) -> bool:
        """Extract the unit; return whether it could be opened."""
        limit = self._recipe.limit
        try:
            for item in self._until_a_fault(task.unit, self._items(task)):
                self.counts["captures"] += 1
                self._add(item, self._chain.result_of(item))
                self._reached(item.warc_offset or 0)
                if limit is not None and len(self._ranks) >= limit:
                    break
        except _Stopped:
            self.stopped = True
        self._progress.finish()
        return self._opened

    def _items(self, task: Task) -> Iterator[Readable]:
        index = self._recipe.index
        if task.deferred is not None:
            return deferred_items(*task.deferred, on_skip=self._fault, index=index)
        if task.revisits is not None:
            return read_revisits(task.revisits, on_skip=self._fault)
        return items_of(task.unit, self._recipe.filters, self._skipped, self._excluded, index)

    def _until_a_fault(self, unit: Unit, items: Iterable[Readable]) -> Iterator[Readable]:
        """Yield the items; an exception that ends the reading is a fault of this unit alone."""
        try:
            yield from items
        except _Stopped:
            raise
        except ArchiveError as error:
            self._opened = False
            self._fault(RecordError(unit.name, 0, str(error)))
        except Exception as error:
            # Readers of remote stores raise their own exceptions (aiohttp's, botocore's). The other files go on.
            logger.debug("%s", unit.name, exc_info=True)
            self._opened = False
            self._fault(RecordError(unit.name, 0, f"{type(error).__name__}: {error}"))

    def _add(self, item: Readable, result: ChainResult) -> None:
        match result:
            case Article():
                exclusion = self._recipe.filters.against_article(result)
                if exclusion is not None:
                    self._row(item, *exclusion)
                else:
                    self._add_article(item, result)
            case NotArticle():
                self._row(item, Outcome.NO_ARTICLE, result.reason)
            case RejectedArticle():
                self._writer.add_rejected(rejection_line(result.article, result.messages))
                self._row(item, Outcome.REJECTED, "; ".join(result.messages))
            case Failed():
                self._row(item, Outcome.FAILED, result.reason)
        self._progress.page(article=isinstance(result, Article))

    def _add_article(self, item: Readable, article: Article) -> None:
        """Stage the line, unless this unit has an earlier capture of the same revision."""
        revision = revision_of(article)
        earlier = self._ranks.get(revision.id)
        if earlier is not None and earlier <= revision.rank:
            self._row(item, Outcome.REPEAT, None, id=revision.id, rank=revision.rank)
            return
        if len(self._ranks) < MAX_SEEN or earlier is not None:
            self._ranks[revision.id] = revision.rank
        self._writer.add_line(json_line(article))
        signature = self._signature(article) if self._signature is not None else None
        self._row(item, Outcome.ARTICLE, None, id=revision.id, rank=revision.rank, has_line=True, signature=signature)

    def _row(
        self,
        item: Readable,
        outcome: Outcome,
        reason: str | None,
        *,
        id: bytes | None = None,  # noqa: A002 - the column's name
        rank: str | None = None,
        has_line: bool = False,
        signature: bytes | None = None,
    ) -> None:
        self.counts[outcome] += 1
        self._writer.add_row(
            StagedRow(
                outcome.value,
                item.url,
                instant(item.date),
                item.record_id,
                item.warc_filename or "",
                item.warc_offset,
                reason,
                id,
                rank,
                has_line,
                signature,
            )
        )

    def _excluded(self, excluded: Excluded) -> None:
        outcome, reason = excluded.exclusion
        self.counts[outcome] += 1
        place = (excluded.url, excluded.date, excluded.record, excluded.file, excluded.offset)
        self._writer.add_row(StagedRow(outcome.value, *place, reason))
        self._reached(excluded.offset)

    def _skipped(self, error: RecordError) -> None:
        if isinstance(error, UnresolvedRevisit):
            self._error(DEFERRED, error)
        else:
            self._fault(error)

    def _fault(self, error: RecordError) -> None:
        self._error(Outcome.FAULT.value, error)

    def _error(self, outcome: str, error: RecordError) -> None:
        self.counts[outcome] += 1
        self._writer.add_row(StagedRow(outcome, None, None, None, error.path, error.offset, error.reason))

    def _reached(self, offset: int) -> None:
        if self._progress.reached(offset):
            raise _Stopped


class _Stopped(Exception):  # noqa: N818 - names the state
    """The replay is to stop."""


Extract = Callable[[Task], Extraction | None]
