"""WARC files of the sample site without a server: its pages, written by our writer with a fixed clock and fixed ids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.writing.revisit_memory import SeenInCrawl
from newscrawl.archive.writing.writer import WarcWriter, WriterOptions
from newscrawl.chain.chain import Chain
from newscrawl.items import Article, json_line
from newscrawl.replay.extraction.revisions import Revision, revision_of
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.selection.filters import Filters
from newscrawl.samplesite.publication import Publication
from tests.replay.archives import exchange_of, paths_of

PIPELINES = (
    "newscrawl.pipelines.article.ArticlePipeline",
    "newscrawl.pipelines.captions.CaptionPipeline",
    "newscrawl.pipelines.validation.ValidationPipeline",
)
START = datetime(2026, 2, 1, 6, 0, 0, 250_000, tzinfo=UTC)


def recipe(pipelines: tuple[str, ...] = PIPELINES, **more: object) -> Recipe:
    return Recipe(pipelines=pipelines, filters=more.pop("filters", Filters()), **more)  # type: ignore[arg-type]


def write_crawls(folder: Path, editions: int = 3, stories: int = 12) -> list[Path]:
    """One WARC a crawl of the site, which changes from one to the next; what is the same again is a revisit that may
    refer to the file of an earlier crawl."""
    seen = SeenInCrawl()
    ids = (f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>" for number in range(1, 10**6))
    paths: list[Path] = []
    for edition in range(editions):
        clock = ticking(START + timedelta(days=edition))
        options = WriterOptions(compression="gzip")
        writer = WarcWriter(
            folder, f"crawl{edition}", options, revisits=seen, new_id=lambda: next(ids), clock=clock, host="1~test"
        )
        writer.on_close.append(paths.append)
        site = Publication(size=stories, edition=edition)
        for path in paths_of(site):
            writer.write_exchange(exchange_of(site, path, clock()))
        writer.close()
    return paths


def ticking(start: datetime) -> Callable[[], datetime]:
    """A clock that goes on by a second each time it is asked."""
    instants = (start + timedelta(seconds=second) for second in range(10**6))
    return lambda: next(instants)


def folded(paths: list[Path], filters: Filters = Filters()) -> list[bytes]:  # noqa: B008 - it is frozen
    """The lines of a replay in this process, sorted: the plainest way there is."""
    chain = Chain.from_paths(PIPELINES)
    kept: dict[bytes, tuple[Revision, bytes]] = {}
    captures = read_captures(paths, on_skip=lambda _: None)
    for capture in (each for each in captures if filters.against(each) is None):
        outcome = chain.result_of(capture)
        if isinstance(outcome, Article):
            revision = revision_of(outcome)
            kept[revision.id] = min(
                kept.get(revision.id, (revision, json_line(outcome))), (revision, json_line(outcome))
            )
    return sorted(line for _, line in kept.values())
