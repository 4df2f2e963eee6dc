"""Pages that a killed crawl archived and did not deal with: they are read from its WARCs, not fetched again.

So the lines of crawls that were killed are still those of a replay of their WARCs: the first capture of what an article
says is the one that the line tells of.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from newscrawl.archive.reader import RecordHead, read_captures
from newscrawl.archive.sources import EXTENSIONS
from newscrawl.capture import Capture
from newscrawl.errors import ArchiveError
from newscrawl.site import Site
from newscrawl.sites.pages import why_not_fetched, why_passed_over
from newscrawl.state.batch import WARC
from newscrawl.state.crawl import CrawlState
from newscrawl.state.keys import id_key

logger = logging.getLogger(__name__)

_BEGINNING = "beginning"
"""Kind of the row that says from when on the state knows of archives: those that lay there before are not read."""


def pages_to_recover(state: CrawlState, directory: Path, prefix: str, site: Site) -> Iterator[Capture]:
    """The captures of article pages in ``directory`` that no crawl has dealt with, in the order of their records.

    Raises:
        StateError: the state cannot be written.
    """
    known = state.reader.files(WARC)
    if not state.reader.files(_BEGINNING):
        _begin(state, _archives(directory, prefix) if not state.reader.has_articles() else {})
        known = state.reader.files(WARC)
    for path, size in _archives(directory, prefix).items():
        start = known.get(path.name, 0)
        if size > start:
            yield from _open_pages(state, path, start, site)
            state.progress.written(None, path.name, size, 0)


def _begin(state: CrawlState, present: dict[Path, int]) -> None:
    with state.writer.transaction():
        state.writer.set_file(_BEGINNING, "", 0)
        for path, size in present.items():
            state.writer.set_file(WARC, path.name, size)


def _archives(directory: Path, prefix: str) -> dict[Path, int]:
    if not directory.is_dir():
        return {}
    # What runs under Scrapyd has the id of its crawl after the prefix (newscrawl.downloading.options.file_prefix).
    paths = (path for path in directory.iterdir() if path.name.startswith((f"{prefix}-", f"{prefix}.")))
    return {path: path.stat().st_size for path in sorted(paths) if path.name.endswith(EXTENSIONS) and path.is_file()}


def _open_pages(state: CrawlState, path: Path, start: int, site: Site) -> Iterator[Capture]:
    def is_page(head: RecordHead) -> bool:
        return (
            head.offset >= start
            and site.article_id(head.url) is not None
            and why_not_fetched(head.url, head.status, head.media_type) is None
        )

    try:
        for capture in read_captures(path, wanted=is_page):
            if why_passed_over(capture) is None and not _is_settled(state, capture, site):
                state.progress.written(capture.url, path.name, capture.warc_offset or 0, 0)
                yield capture
    except ArchiveError as error:
        logger.warning("%s cannot be read again, its last pages are fetched again: %s", path, error)


def _is_settled(state: CrawlState, capture: Capture, site: Site) -> bool:
    article_id = site.article_id(capture.url)
    known = state.reader.article(id_key(article_id)) if article_id else None
    return known is not None and known.fetched is not None and known.fetched >= capture.date
