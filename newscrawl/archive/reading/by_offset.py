"""Single records of archives, by the places that an index names: no more of a file is read than these records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from newscrawl.archive.reading.captures import CAPTURED, RecordHead, capture_from, head_of, revisited, why_no_capture
from newscrawl.archive.reading.reader import OnIgnored, OnSkip, UnresolvedRevisit, Wanted
from newscrawl.archive.reading.record_blocks import Block, block_at
from newscrawl.archive.reading.revisits import Originals
from newscrawl.archive.records.parse_head import Record
from newscrawl.capture import Capture
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.files.sources import Source

AHEAD = 8
"""Ranges of a remote store that are on their way at once: a request takes some 50 ms, a page's extraction 2."""


@dataclass(frozen=True, slots=True)
class Range:
    """Where one record lies."""

    source: Source
    offset: int
    length: int | None = None
    """Bytes that it takes in the file; None: not known."""


def read_ranges(
    ranges: Iterable[Range],
    *,
    on_skip: OnSkip,
    wanted: Wanted | None = None,
    on_ignored: OnIgnored | None = None,
    index: Iterable[str | Path] = (),
) -> Iterator[Capture]:
    """Yield the captures at ``ranges``, in their order.

    Args:
        ranges: where the records lie.
        on_skip: called with each record that cannot be read: the file, the offset and the reason.
        wanted: called with each record before its payload is decoded; False excludes it.
        on_ignored: called with each record that gives no capture although nothing is wrong with it, and why.
        index: CDXJ files that know the originals of revisits.
    """
    originals = Originals(index)
    for place, record, block in _records(ranges, on_skip):
        reason = why_no_capture(record) if record.type in CAPTURED else f"a {record.type} record"
        if reason is not None:
            if on_ignored is not None:
                on_ignored(record, reason)
            continue
        try:
            head = head_of(record, block) if wanted is not None else None
            if wanted is not None and head is not None and not wanted(head):
                continue
            capture = _capture(place.source, record, block, originals, head)
        except RecordError as error:
            on_skip(error)
        else:
            yield capture


def _capture(source: Source, record: Record, block: Block, originals: Originals, head: RecordHead | None) -> Capture:
    if record.type != "revisit":
        return capture_from(record, block, head)
    original = originals.original_of(source, record)
    if original is None:
        raise UnresolvedRevisit(record.path, record.offset, "no index at hand knows the original of this revisit")
    return revisited(record, block, *original, head)


def _records(ranges: Iterable[Range], on_skip: OnSkip) -> Iterator[tuple[Range, Record, Block]]:
    """Each range with its record. Remote ones are asked for ahead, in threads: waiting is all that they do."""
    with ThreadPoolExecutor(AHEAD) as threads:
        rest = iter(ranges)
        coming: list[tuple[Range, Future[tuple[Record, Block]] | None]] = []
        while True:
            for place in islice(rest, AHEAD - len(coming)):
                remote = "://" in place.source.path
                coming.append((place, threads.submit(_record, place) if remote else None))
            if not coming:
                return
            place, future = coming.pop(0)
            try:
                record, block = future.result() if future is not None else _record(place)
            except RecordError as error:
                on_skip(error)
            except ArchiveError as error:
                on_skip(RecordError(place.source.name, place.offset, str(error)))
            else:
                yield place, record, block


def _record(place: Range) -> tuple[Record, Block]:
    return block_at(place.source, place.offset, place.length)
