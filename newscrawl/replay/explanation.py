"""Show what became of one URL, capture by capture and pipeline by pipeline: ``newscrawl replay --explain URL``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag

import orjson

from newscrawl.account import Outcome
from newscrawl.archive.cdxj.index import IndexEntry
from newscrawl.archive.reading.captures import RecordHead
from newscrawl.archive.reading.reader import TextRecord
from newscrawl.capture import Capture, instant
from newscrawl.chain.chain import Chain, Failed, NotArticle, Readable, RejectedArticle, result_of_error
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.extract.field_sources import FieldSource, field_sources
from newscrawl.items import Article
from newscrawl.recognition import recognised
from newscrawl.replay.extraction.revisions import revision_of
from newscrawl.replay.reading.items import Excluded, items_of
from newscrawl.replay.reading.units import Unit
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.selection.filters import Exclusion, Filters
from newscrawl.sites import site_for

logger = logging.getLogger(__name__)

SHOWN = 300
"""Characters shown of a removed piece of text."""
_OTHER_URL: Exclusion = (Outcome.FILTERED, "another URL")


@dataclass(frozen=True, slots=True)
class OnlyUrl:
    """Select every record of one URL, whatever it is."""

    url: str

    def against_record(self, head: RecordHead) -> Exclusion | None:
        """Return why a record is excluded."""
        return self._against(head.url)

    def against_entry(self, entry: IndexEntry) -> Exclusion | None:
        """Return why a line of an index is excluded."""
        return self._against(entry.url)

    def against(self, item: Capture | TextRecord) -> Exclusion | None:
        """Return why a capture is excluded."""
        return self._against(item.url)

    def _against(self, url: str) -> Exclusion | None:
        same = url == self.url or urldefrag(url).url == urldefrag(self.url).url
        return None if same else _OTHER_URL


def explained(
    units: Iterable[Unit], url: str, recipe: Recipe, on_fault: Callable[[RecordError], None]
) -> Iterator[str]:
    """Yield a few lines of text for each capture of ``url``; call ``on_fault`` with what cannot be read.

    Raises:
        UsageError: a pipeline of the recipe cannot be loaded.
    """
    chain = Chain.from_paths(recipe.pipelines)
    seen: set[bytes] = set()
    for unit in units:
        try:
            for item in items_of(unit, OnlyUrl(url), on_fault, _ignore, recipe.index):
                yield "\n".join(_lines(unit, item, chain, recipe.filters, seen))
        except ArchiveError as error:
            on_fault(RecordError(unit.name, 0, str(error)))


def _lines(unit: Unit, item: Readable, chain: Chain, filters: Filters, seen: set[bytes]) -> Iterator[str]:
    yield f"{unit.name}, offset {item.warc_offset}: {_described(item)}"
    result: Any = item
    for pipeline in chain.pipelines:
        name = type(pipeline).__name__
        before = result
        try:
            result = pipeline.process_item(result)
        except Exception as error:  # noqa: BLE001 - reported; one page does not stop the others
            yield f"  {name}: {_failure(item, error)}"
            return
        yield f"  {name}: {_changed(before, result)}"
    if not isinstance(result, Article):
        yield f"  the last pipeline returned a {type(result).__name__} instead of an Article"
        return
    yield f"  filters: {_verdict(item, result, filters)}"
    revision = revision_of(result)
    yield f"  revision: {'the same as one above' if revision.id in seen else 'new'} ({revision.id.hex()})"
    seen.add(revision.id)
    if isinstance(item, Capture) and (sources := field_sources(item, result, site_for(item.url), recognised)):
        yield from _sources(sources)
        yield orjson.dumps({"sources": sources}).decode()
    yield orjson.dumps(result, option=orjson.OPT_INDENT_2).decode()


def _failure(item: Readable, error: Exception) -> str:
    match result_of_error(item, error):
        case NotArticle(reason=reason):
            return f"no article: {reason}"
        case RejectedArticle(messages=messages):
            return f"rejected: {'; '.join(messages)}"
        case Failed(reason=reason):
            return f"failed: {reason}"
    return f"failed: {error}"


def _sources(sources: dict[str, FieldSource]) -> Iterator[str]:
    """Yield a line for each field: its value, where it comes from, and for a missing date what was passed over."""
    for name, found in sources.items():
        value = "null" if found.value in (None, []) else f"{found.value!r}"[:SHOWN]
        others = [statement.source for statement in found.stated if statement.source != found.source]
        rest = f"; also stated: {', '.join(dict.fromkeys(others))}" if others and found.source else ""
        yield f"  {name}: {value} from {found.source or 'nothing'}{rest}"
        yield from (f"    not taken ({other.source}): {other.raw[:SHOWN]!r}" for other in found.passed_over)


def _described(item: Readable) -> str:
    if isinstance(item, TextRecord):
        return f"text of {instant(item.date)}, {len(item.text)} characters, {item.record_id}"
    parts = [
        f"capture of {instant(item.date)}",
        f"status {item.status}",
        item.media_type or "no media type",
        f"{len(item.payload)} bytes",
        str(item.record_id),
    ]
    return ", ".join(parts + ([f"truncated: {item.truncated}"] if item.truncated else []))


def _changed(before: Any, after: Any) -> str:
    if not isinstance(after, Article):
        return f"a {type(after).__name__}"
    if not isinstance(before, Article):
        layout = after.metadata.layout if after.metadata else None
        return (
            f"an article, layout {layout}, {len(after.paragraphs)} paragraphs, {len(after.images)} images"
            f"{_removed(after, 0)}"
        )
    messages = after.metadata.validationMessages if after.metadata else ()
    unusual = f"; unusual: {', '.join(messages)}" if messages and before != after else ""
    return ("unchanged" if before == after else "changed") + _removed(after, len(before.removed)) + unusual


def _removed(article: Article, known: int) -> str:
    pieces = article.removed[known:]
    return "".join(f"\n    removed ({piece.reason}): {piece.text[:SHOWN]!r}" for piece in pieces)


def _verdict(item: Readable, article: Article, filters: Filters) -> str:
    exclusion = filters.against(item) or filters.against_article(article)
    return "passed" if exclusion is None else f"excluded by {exclusion[1]}"


def _ignore(_: Excluded) -> None:
    """Ignore captures of other URLs."""
