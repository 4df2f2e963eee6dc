"""What became of one URL, capture by capture and pipeline by pipeline: ``newscrawl replay --explain URL``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag

import orjson
from scrapy.exceptions import DropItem

from newscrawl.archive.cdxj.index import IndexEntry
from newscrawl.archive.reading.captures import RecordHead
from newscrawl.archive.reading.reader import TextRecord
from newscrawl.capture import Capture, instant
from newscrawl.chain.chain import Chain, Readable
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.items import Article
from newscrawl.replay.extraction.revisions import revision_of
from newscrawl.replay.reading.units import Unit, items_of
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.selection.filters import Filters

logger = logging.getLogger(__name__)

SHOWN = 300
"""Characters that are shown of a piece of text that was taken out."""


@dataclass(frozen=True)
class OnlyUrl(Filters):
    """Wants every record of one URL, whatever it is."""

    url: str = ""

    def wants_record(self, head: RecordHead) -> bool:
        """Whether it is of this URL."""
        return _same(head.url, self.url)

    def wants_entry(self, entry: IndexEntry) -> bool:
        """Whether it is of this URL."""
        return _same(entry.url, self.url)

    def wants(self, item: Capture | TextRecord) -> bool:
        """Whether it is of this URL."""
        return _same(item.url, self.url)


def explained(
    units: Iterable[Unit], url: str, recipe: Recipe, on_fault: Callable[[RecordError], None]
) -> Iterator[str]:
    """A few lines of text for each capture of ``url``; those that could not be read are told to ``on_fault``.

    Raises:
        UsageError: a pipeline of the recipe cannot be loaded.
    """
    chain = Chain.from_paths(recipe.pipelines)
    seen: set[bytes] = set()
    for unit in units:
        try:
            for item in items_of(unit, OnlyUrl(url=url), on_fault, _not_asked_for, recipe.index):
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
        except DropItem as dropped:
            yield f"  {name}: {dropped}"
            return
        except Exception as error:
            # As in a replay: one page does not stop the others.
            logger.debug("%s", item.url, exc_info=True)
            yield f"  {name}: failed: {type(error).__name__}: {error}"
            return
        yield f"  {name}: {_changed(before, result)}"
    if not isinstance(result, Article):
        yield f"  no article came out of the last pipeline, but a {type(result).__name__}"
        return
    yield f"  filters: {_verdict(item, result, filters)}"
    revision = revision_of(result)
    yield f"  revision: {'the same as one above' if revision.id in seen else 'new'} ({revision.id.hex()})"
    seen.add(revision.id)
    yield orjson.dumps(result, option=orjson.OPT_INDENT_2).decode()


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
    return "".join(f"\n    took out ({piece.reason}): {piece.text[:SHOWN]!r}" for piece in pieces)


def _verdict(item: Readable, article: Article, filters: Filters) -> str:
    if not filters.wants(item):
        return "passed over: host, URL, site, date, media type or status"
    return "wanted" if filters.wants_article(article) else "passed over: language"


def _same(url: str, wanted: str) -> bool:
    return url == wanted or urldefrag(url).url == urldefrag(wanted).url


def _not_asked_for(_: int) -> None:
    """Other URLs."""
