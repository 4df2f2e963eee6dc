"""The account of a replay: the outcome of every capture in its units, once it is decided which lines are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from newscrawl.account import Entry, Outcome
from newscrawl.replay.extraction.staged import DEFERRED, StagedRow
from newscrawl.replay.manifest.manifest import PENDING, Manifest

LIMIT = "limit"
"""Reason of a capture that comes after the last article that was asked for."""


def totals(manifest: Manifest, numbers: Sequence[int], *, deferred_done: bool) -> Counter[str]:
    """Return how many captures of the units ``numbers`` ended in each outcome.

    Args:
        manifest: of the output folder.
        numbers: of the units.
        deferred_done: whether deferred revisits were read with their originals; they are counted there then.
    """
    found: Counter[str] = Counter()
    for number in numbers:
        counts = manifest.counts(number)
        chosen, duplicates, others = _line_counts(manifest, number)
        found[Outcome.FILTERED] += counts.pop(Outcome.ARTICLE, 0) - chosen - duplicates - others
        if not deferred_done:
            found[Outcome.FILTERED] += counts[DEFERRED]
        found.update({outcome: counts[outcome] for outcome in Outcome})
        found.update({Outcome.ARTICLE: chosen, Outcome.DUPLICATE: duplicates, Outcome.REPEAT: others})
    found[Outcome.FAULT] += sum(1 for _ in _faults_of_pending(manifest, numbers))
    return +found


def entries(manifest: Manifest, numbers: Iterable[int], *, deferred_done: bool) -> Iterator[Entry]:
    """Yield the outcome of every capture of the units ``numbers``, in the order of reading; as :func:`totals`."""
    numbers = list(numbers)
    for number in numbers:
        if not (rows_file := manifest.staged_rows(number)):
            continue
        line = 0
        for row in rows_file.all_rows():
            entry = _entry(manifest, number, line, row, deferred_done)
            line += row.has_line
            if entry is not None:
                yield entry
    yield from _faults_of_pending(manifest, numbers)


def _entry(manifest: Manifest, number: int, line: int, row: StagedRow, deferred_done: bool) -> Entry | None:
    outcome, reason = row.outcome, row.reason
    if outcome == DEFERRED:
        if deferred_done:
            return None
        outcome, reason = Outcome.FILTERED, LIMIT
    elif row.has_line:
        outcome, reason = _of_line(manifest, number, line, row)
    elif outcome == Outcome.REPEAT:
        reason = _repeat_of(manifest, row)
    return Entry(row.url, row.date, row.record, row.file, row.offset, str(outcome), reason)


def _of_line(manifest: Manifest, number: int, line: int, row: StagedRow) -> tuple[Outcome, str | None]:
    if not manifest.has_line(number, line):
        return Outcome.FILTERED, LIMIT
    kept_url = manifest.duplicate_of(row.id or b"")
    if kept_url is not None:
        return Outcome.DUPLICATE, kept_url
    if manifest.is_chosen(number, line):
        return Outcome.ARTICLE, None
    return Outcome.REPEAT, _repeat_of(manifest, row)


def _repeat_of(manifest: Manifest, row: StagedRow) -> str | None:
    """Return the record of the capture that stands for the revision, or its file and offset if it has no id."""
    rank = manifest.first_rank(row.id or b"")
    if rank is None:
        return LIMIT
    _, record, file, offset = rank.split(" ", 3)
    return record or f"{file}, offset {int(offset)}"


def _line_counts(manifest: Manifest, number: int) -> tuple[int, int, int]:
    """Return how many lines of the unit are chosen, are duplicates, and are repeats."""
    chosen = len(manifest.kept_lines(number))
    row = manifest.database.execute(
        "SELECT count(*) AS lines, count(duplicates.id) AS duplicates FROM lines "
        "LEFT JOIN duplicates ON duplicates.id = lines.id WHERE unit = ?",
        (number,),
    ).fetchone()
    return chosen, row["duplicates"], row["lines"] - chosen - row["duplicates"]


def _faults_of_pending(manifest: Manifest, numbers: Iterable[int]) -> Iterator[Entry]:
    """Yield the faults of units that could not be extracted at all."""
    pending = {unit.number for unit in manifest.units(PENDING)}
    for fault in manifest.faults(number for number in numbers if number in pending):
        yield Entry(None, None, None, fault.path, fault.offset, Outcome.FAULT, fault.reason)
