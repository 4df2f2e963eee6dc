"""The public library: what ``import newscrawl`` offers. It imports neither Scrapy nor a reactor nor settings.

All functions are thread-safe: they share nothing but caches of immutable tables.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from newscrawl.account import Outcome
from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.verify.verify import Verification
from newscrawl.archive.verify.verify import verify as verify_archives
from newscrawl.archive.wacz.package import Packed
from newscrawl.archive.wacz.package import write_wacz as pack
from newscrawl.capture import Capture, capture_of
from newscrawl.chain.chain import Chain
from newscrawl.chain.processes import SPAWN, process_context
from newscrawl.errors import (
    ArchiveError,
    InvalidArticle,
    NewscrawlError,
    NotAnArticle,
    OutputError,
    RecordError,
    UsageError,
)
from newscrawl.extract.plaintext.article import article_from_text
from newscrawl.items import Article, Author, Image, Link, MediaObject, Metadata, Removed
from newscrawl.pipelines.article import ArticlePipeline
from newscrawl.pipelines.captions import CaptionPipeline
from newscrawl.pipelines.validation import ValidationPipeline
from newscrawl.replay.extraction.extractor import Task
from newscrawl.replay.extraction.progress_counter import ProgressCounter
from newscrawl.replay.extraction.revisions import revision_of
from newscrawl.replay.extraction.workers import Done, Pool
from newscrawl.replay.output.files import kept_lines_of
from newscrawl.replay.reading.items import Excluded, items_of
from newscrawl.replay.reading.units import Unit, units_of
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.selection.filters import Filters

__all__ = [
    "ArchiveError",
    "Article",
    "Author",
    "Capture",
    "Filters",
    "Image",
    "InvalidArticle",
    "Link",
    "MediaObject",
    "Metadata",
    "NewscrawlError",
    "NotAnArticle",
    "Outcome",
    "OutputError",
    "Packed",
    "RecordError",
    "Removed",
    "UsageError",
    "Verification",
    "articles",
    "captures",
    "clean",
    "read",
    "verify",
    "write_wacz",
]

logger = logging.getLogger("newscrawl")

Sources = str | Path | Iterable[str | Path]
OnFault = Callable[[RecordError], None]
T = TypeVar("T")

_PIPELINES = (ArticlePipeline, CaptionPipeline, ValidationPipeline)
_PATHS = tuple(f"{pipeline.__module__}.{pipeline.__qualname__}" for pipeline in _PIPELINES)


def read(
    page: str | bytes,
    *,
    url: str,
    date: datetime | str | None = None,
    content_type: str | None = None,
) -> Article:
    """Return the article of an HTML page, as a crawl of it would write it.

    Args:
        page: the HTML. Bytes are decoded as a browser does it.
        url: where the page is from. It decides which site's layouts are used.
        date: when the page was fetched, for ``metadata.dateDownloaded``; None: now. Nothing else depends on a clock.
        content_type: the HTTP header, where it is known; its charset wins over that of the page.

    Raises:
        NotAnArticle: the page holds none.
        InvalidArticle: what it holds breaks the schema.
        UsageError: ``date`` is not a date.
    """
    is_text = isinstance(page, str)
    body = page.encode("utf-8", "surrogatepass") if isinstance(page, str) else bytes(page)
    head = "text/html; charset=utf-8" if is_text else content_type or "text/html"
    message = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\n\r\n%b" % (_one_line(head), body)
    article: Article = _chain().apply(capture_of(url, _instant(date), message))
    return article


def clean(text: str, *, url: str = "about:blank", language: str | None = None, time_zone: str = "UTC") -> Article:
    """Return the article of a text-only copy of a page, without boilerplate and repeated captions.

    Args:
        text: the copy, one paragraph a line.
        url: where the page was.
        language: of the text (BCP 47); None: the words of all known languages are tried.
        time_zone: IANA name of the newsroom's time zone, for a date under the headline.

    Raises:
        NotAnArticle: nothing is left without the boilerplate.
    """
    return article_from_text(text, url=url, language=language, time_zone=time_zone)


def captures(
    sources: Sources, *, index: Iterable[str | Path] = (), on_fault: OnFault | None = None
) -> Iterator[Capture]:
    """Yield the captures in archives, in the order of the files and of the records in them.

    Args:
        sources: files (WARC, ARC, WACZ), folders, patterns or addresses.
        index: CDXJ files that know the originals of revisits.
        on_fault: called with each record that cannot be read; without it a warning is logged for each.

    Raises:
        ArchiveError: a source does not exist or cannot be opened.
    """
    return read_captures(_listed(sources), on_skip=on_fault, index=index)


def articles(
    sources: Sources,
    *,
    filters: Filters | None = None,
    processes: int = 1,
    repeats: bool = False,
    index: Iterable[str | Path] = (),
    on_fault: OnFault | None = None,
) -> Iterator[Article]:
    """Yield the articles in archives, in the order of the files and of the records in them.

    ``newscrawl replay`` writes the same articles; of several captures that say the same it keeps the earliest, this
    function the first one that it reads. Revisits whose originals are in other files need ``index``, or an index beside
    the files.

    Args:
        sources: files (WARC, ARC, WACZ, WET, CDXJ), folders, patterns or addresses.
        filters: which articles; None: all.
        processes: how many processes read files; with more than 1 the articles of a file come when it is read.
        repeats: yield every capture of an article, also if it says the same as an earlier one.
        index: CDXJ files that know the originals of revisits.
        on_fault: called with each record or file that cannot be read; without it a warning is logged for each.

    Raises:
        ArchiveError: a source does not exist.
        UsageError: a source or filter needs a package that is not installed.
    """
    recipe = Recipe(pipelines=_PATHS, filters=filters or Filters(), index=tuple(map(str, index)))
    units = units_of(map(str, _listed(sources)))
    fault = on_fault or _log_fault
    found = _in_this_process(units, recipe, fault) if processes <= 1 else _in_processes(units, recipe, processes, fault)
    return found if repeats else _without_repeats(found)


def verify(path: Sources) -> Verification:
    """Check archives: every record, digest, link between records, index and package.

    Args:
        path: files, folders, patterns or addresses.

    Raises:
        ArchiveError: a source does not exist.
    """
    return verify_archives(_listed(path))


def write_wacz(
    sources: Sources,
    output: str | Path,
    *,
    title: str | None = None,
    created: datetime | None = None,
    on_fault: OnFault | None = None,
) -> Packed:
    """Pack WARC files with an index and a list of pages into one WACZ file; return what went into it.

    Args:
        sources: files, folders or patterns.
        output: the file to write; it must not exist.
        title: of the package; None: the name of the file.
        created: when the package was made; None: it says nothing about that.
        on_fault: called with each record that cannot be indexed; without it a warning is logged for each.

    Raises:
        ArchiveError: a source does not exist.
        UsageError: the output exists.
    """
    return pack(_listed(sources), output, title=title, created=created, on_skip=on_fault or _log_fault)


def _in_this_process(units: list[Unit], recipe: Recipe, fault: OnFault) -> Iterator[Article]:
    chain = _chain()
    for unit in units:
        try:
            for item in items_of(unit, recipe.filters, fault, _ignore, recipe.index):
                result = chain.result_of(item)
                if isinstance(result, Article) and recipe.filters.against_article(result) is None:
                    yield result
        except ArchiveError as error:
            fault(RecordError(unit.name, 0, str(error)))


def _in_processes(units: list[Unit], recipe: Recipe, processes: int, fault: OnFault) -> Iterator[Article]:
    """Yield the articles of each unit, in the order of the units, as soon as it and all before it are read."""
    running_loop = _has_running_loop()
    context = SPAWN if running_loop else process_context()
    with TemporaryDirectory(prefix="newscrawl-") as folder:
        pool = Pool(recipe, Path(folder), ProgressCounter(context), min(processes, max(1, len(units))), context)
        results = pool.results(Task(number, unit) for number, unit in enumerate(units))
        for done in _in_order(_from_thread(results) if running_loop else results):
            if done.death is not None:
                fault(done.death)
            elif done.extraction is not None:
                staged = done.extraction.staged
                for row in staged.all_rows():
                    if row.outcome == Outcome.FAULT:
                        fault(RecordError(row.file, row.offset or 0, row.reason or ""))
                yield from map(Article.from_json, kept_lines_of(staged, range(staged.count), recipe.form))
                staged.remove_lines()


def _in_order(results: Iterable[Done]) -> Iterator[Done]:
    early: dict[int, Done] = {}
    following = 0
    for done in results:
        early[done.task.number] = done
        while following in early:
            yield early.pop(following)
            following += 1


def _without_repeats(found: Iterator[Article]) -> Iterator[Article]:
    """Yield each revision of an article once; 16 bytes of each are remembered."""
    seen: set[bytes] = set()
    for article in found:
        revision = revision_of(article).id
        if revision not in seen:
            seen.add(revision)
            yield article


def _has_running_loop() -> bool:
    """Return whether an event loop runs in this thread, as in a notebook; the pool needs one of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _from_thread(items: Iterator[T]) -> Iterator[T]:
    """Yield ``items``, which another thread iterates over."""
    passed: queue.Queue[Any] = queue.Queue(maxsize=1)
    end = object()

    def work() -> None:
        try:
            for item in items:
                passed.put((item, None))
        except Exception as error:  # noqa: BLE001 - raised in the other thread
            passed.put((end, error))
        else:
            passed.put((end, None))

    threading.Thread(target=work, daemon=True).start()
    while True:
        item, error = passed.get()
        if error is not None:
            raise error
        if item is end:
            return
        yield item


def _chain() -> Chain:
    return Chain(pipeline() for pipeline in _PIPELINES)


def _instant(date: datetime | str | None) -> datetime:
    if date is None:
        return datetime.now(UTC)
    try:
        instant = datetime.fromisoformat(date) if isinstance(date, str) else date
    except ValueError as error:
        raise UsageError(f"date={date!r}: not an ISO 8601 date such as 2026-01-31T12:00:00Z") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _one_line(header: str) -> bytes:
    return " ".join(header.split()).encode("latin-1", "replace")


def _listed(sources: Sources) -> list[str | Path]:
    return [sources] if isinstance(sources, str | Path) else list(sources)


def _log_fault(error: RecordError) -> None:
    logger.warning("could not be read: %s", error)


def _ignore(_: Excluded) -> None:
    """Ignore what the filters exclude."""
