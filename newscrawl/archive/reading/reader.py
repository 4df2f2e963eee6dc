"""Reading archives: captures and texts out of WARC and ARC files of every kind, whatever happened to them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newscrawl.archive.reading.captures import (
    CAPTURED,
    RecordHead,
    capture_from,
    date_of_record,
    head_of,
    revisited,
    why_no_capture,
)
from newscrawl.archive.reading.record_blocks import Block, block_at, blocks_of
from newscrawl.archive.reading.revisits import Originals
from newscrawl.archive.records.parse_head import Record
from newscrawl.capture import Capture
from newscrawl.errors import RecordError
from newscrawl.files.sources import Source, sources_of

__all__ = ["RecordHead", "TextRecord", "UnresolvedRevisit", "capture_at", "read_captures", "read_items", "read_texts"]

logger = logging.getLogger(__name__)

MAX_WAITING = 100_000
"""Revisits whose original may follow later, at most; each takes about 300 bytes."""

Sources = str | Path | Source | Iterable[str | Path | Source]
OnSkip = Callable[[RecordError], None]
Wanted = Callable[[RecordHead], bool]
OnIgnored = Callable[[Record, str], None]


@dataclass(frozen=True, slots=True)
class TextRecord:
    """The text of a page as a ``conversion`` record holds it (the WET files of Common Crawl)."""

    url: str
    date: datetime
    text: str
    record_id: str | None
    warc_filename: str
    warc_offset: int | None
    languages: tuple[str, ...]
    """ISO 639-3 codes of WARC-Identified-Content-Language, the main one first."""


def read_captures(
    source: Sources,
    *,
    on_skip: OnSkip | None = None,
    wanted: Wanted | None = None,
    index: Iterable[str | Path] = (),
) -> Iterator[Capture]:
    """Yield the captures in ``source``, in the order of its files and of the records in them.

    Each ``response`` to an HTTP request gives a capture, and each ``resource`` that is HTML. So does each ``revisit``
    of the profile identical-payload-digest: with its own URL, date, headers and record id, and with the payload of its
    original, which is looked up among the records read so far, in the CDXJ files of ``index`` and in those beside the
    file. Revisits whose original comes later are yielded at the end. A revisit of the profile server-not-modified (a
    304) gives no capture: nothing was fetched.

    Args:
        source: what :func:`newscrawl.files.sources.sources_of` takes, or several of these.
        on_skip: called with each record that cannot be read, and why; without it, a warning is logged for each.
        wanted: called with each record before its payload is decoded; False excludes it.
        index: CDXJ files that know the originals of revisits in other files.

    Raises:
        ArchiveError: a source that cannot be found or opened.
    """
    for item in _Reading(on_skip or _log_skip, wanted, None, index).of(source, texts=False):
        assert isinstance(item, Capture)
        yield item


def read_items(
    source: Sources,
    *,
    on_skip: OnSkip | None = None,
    wanted: Wanted | None = None,
    on_ignored: OnIgnored | None = None,
    index: Iterable[str | Path] = (),
) -> Iterator[Capture | TextRecord]:
    """Yield the captures as :func:`read_captures` does, and the texts of WET files, in one pass over each file.

    The ``conversion`` records of a file are read as texts unless a record that gives a capture comes before the first.

    Args:
        source: as for :func:`read_captures`.
        on_skip: as for :func:`read_captures`.
        wanted: as for :func:`read_captures`; not called for texts.
        on_ignored: called with each record of :data:`newscrawl.archive.reading.captures.CAPTURED` that gives no capture
            although nothing is wrong with it, and why.
        index: as for :func:`read_captures`.

    Raises:
        ArchiveError: a source that cannot be found or opened.
    """
    return _Reading(on_skip or _log_skip, wanted, on_ignored, index).of(source, texts=True)


class _Reading:
    """One pass over one or several sources."""

    def __init__(
        self, skip: OnSkip, wanted: Wanted | None, on_ignored: OnIgnored | None, index: Iterable[str | Path]
    ) -> None:
        self._skip = skip
        self._wanted = wanted
        self._on_ignored = on_ignored
        self._originals = Originals(index)
        self._waiting: list[tuple[Source, int, str]] = []

    def of(self, source: Sources, *, texts: bool) -> Iterator[Capture | TextRecord]:
        types = CAPTURED | {"conversion"} if texts else CAPTURED
        for each in _each(source):
            holds_texts: bool | None = None
            for record, block in blocks_of(each, types, self._skip):
                is_text = record.type == "conversion"
                if holds_texts is None:
                    holds_texts = is_text
                if is_text and not holds_texts:
                    continue
                item = self._item(each, record, block)
                if item is not None:
                    yield item
        yield from _resolved_late(self._waiting, self._originals, self._skip)

    def _item(self, source: Source, record: Record, block: Block) -> Capture | TextRecord | None:
        try:
            if record.type == "conversion":
                return _text(record, block)
            reason = why_no_capture(record)
            if reason is not None:
                if self._on_ignored is not None:
                    self._on_ignored(record, reason)
                return None
            return _capture(source, record, block, self._originals, self._wanted)
        except UnresolvedRevisit as error:
            if source.reopens and record.addressable and len(self._waiting) < MAX_WAITING:
                # The reason alone: the error keeps its traceback, and so the block.
                self._waiting.append((source, record.offset, error.reason))
            else:
                self._skip(error)
        except RecordError as error:
            self._skip(error)
        return None


def capture_at(
    path: str | Path | Source, offset: int, length: int | None = None, *, index: Iterable[str | Path] = ()
) -> Capture:
    """Return the capture of the record at ``offset`` of ``path``, as a CDXJ line or ``Capture.warc_offset`` says.

    For a revisit, the whole file is looked through for its original.

    Args:
        path: a file, a WACZ that holds one WARC file, or an address.
        offset: where the record, or the member that holds it, begins.
        length: bytes it takes in the file, where that is known: no more are asked of a remote store.
        index: CDXJ files that know the originals of revisits.

    Raises:
        RecordError: no whole record there that gives a capture.
        ArchiveError: the file cannot be opened.
    """
    source = path if isinstance(path, Source) else next(iter(sources_of(path)))
    record, block = block_at(source, offset, length)
    originals = Originals(index)
    if record.type == "revisit":
        for each, its_block in blocks_of(source, ("response", "resource"), _log_skip):
            originals.remember(source, each, its_block)
    gives = record.type in CAPTURED and why_no_capture(record) is None
    capture = _capture(source, record, block, originals, None) if gives else None
    if capture is None:
        raise RecordError(source.name, offset, f"this {record.type} record gives no capture")
    return capture


def read_texts(source: Sources, *, on_skip: OnSkip | None = None) -> Iterator[TextRecord]:
    """Return the texts of the ``conversion`` records in ``source`` (WET), in order.

    Raises:
        ArchiveError: a source that cannot be found or opened.
    """
    skip = on_skip or _log_skip
    for each in _each(source):
        for record, block in blocks_of(each, ("conversion",), skip):
            try:
                yield _text(record, block)
            except RecordError as error:
                skip(error)


class UnresolvedRevisit(RecordError):  # noqa: N818 - names the state found
    """A revisit whose original is not known: another file may hold it."""


def _each(source: Sources) -> Iterator[Source]:
    for one in (source,) if isinstance(source, str | Path | Source) else source:
        if isinstance(one, Source):
            yield one
        else:
            yield from sources_of(one)


def _capture(
    source: Source, record: Record, block: Block, originals: Originals, wanted: Wanted | None
) -> Capture | None:
    if record.type != "revisit":
        originals.remember(source, record, block)
    head = head_of(record, block) if wanted is not None else None
    if wanted is not None and head is not None and not wanted(head):
        return None
    if record.type != "revisit":
        return capture_from(record, block, head)
    original = originals.original_of(source, record)
    if original is None:
        refers_to = record.get("WARC-Refers-To") or record.get("WARC-Refers-To-Target-URI") or "no record"
        raise UnresolvedRevisit(record.path, record.offset, f"the original of this revisit is not at hand: {refers_to}")
    return revisited(record, block, *original, head)


def _resolved_late(waiting: list[tuple[Source, int, str]], originals: Originals, skip: OnSkip) -> Iterator[Capture]:
    for source, offset, reason in waiting:
        try:
            record, block = block_at(source, offset)
            original = originals.original_of(source, record)
            if original is None:
                raise UnresolvedRevisit(source.name, offset, reason)
            capture = revisited(record, block, *original)
        except RecordError as error:
            skip(error)
        else:
            yield capture


def _text(record: Record, block: Block) -> TextRecord:
    languages = record.get("WARC-Identified-Content-Language") or ""
    return TextRecord(
        url=record.url,
        date=date_of_record(record, block),
        text=block.content().decode("utf-8", "replace"),
        record_id=record.id,
        warc_filename=record.filename,
        warc_offset=record.offset if record.addressable else None,
        languages=tuple(code.strip() for code in languages.split(",") if code.strip()),
    )


def _log_skip(error: RecordError) -> None:
    logger.warning("passed over: %s", error)
