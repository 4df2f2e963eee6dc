"""Read pages that a killed crawl archived and did not finish from its WARCs, instead of fetching them again.

So the lines of killed crawls equal those of a replay of their WARCs: each line is of the first capture of its content.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path

from newscrawl.archive.reading.reader import RecordHead, read_captures
from newscrawl.capture import Capture
from newscrawl.errors import ArchiveError
from newscrawl.files.names import names_archive
from newscrawl.site import Site
from newscrawl.sites.pages import why_not_fetched, why_passed_over
from newscrawl.state.batch import WARC
from newscrawl.state.crawl import CrawlState
from newscrawl.state.keys import id_key

logger = logging.getLogger(__name__)

UNKNOWN_SECONDS = 86_400
"""Seconds. A file that the state does not know is read if it was written within them: its crawl was killed in its first
second, or the state was lost. Older files were there before the state."""


def pages_to_recover(state: CrawlState, directory: Path, prefix: str, site: Site) -> Iterator[Capture]:
    """Yield the captures of article pages in ``directory`` that no crawl has finished, in the order of their records.

    Raises:
        StateError: the state cannot be written.
    """
    known = state.reader.files(WARC)
    for path, (size, age) in _archives(directory, prefix).items():
        start = known.get(path.name, size if age > UNKNOWN_SECONDS else 0)
        if size > start:
            yield from _open_pages(state, path, start, site)
        if size != known.get(path.name):
            state.progress.written(None, path.name, size, 0)


def _archives(directory: Path, prefix: str) -> dict[Path, tuple[int, float]]:
    """Return the closed files of the site, in the order of their names: size, and seconds since the last write."""
    if not directory.is_dir():
        return {}
    # Under Scrapyd the id of the crawl follows the prefix (newscrawl.recording.writer_options.file_prefix).
    paths = (path for path in directory.iterdir() if path.name.startswith((f"{prefix}-", f"{prefix}.")))
    archives = [path for path in sorted(paths) if names_archive(path.name) and path.is_file()]
    statuses = ((path, path.stat()) for path in archives)
    return {path: (status.st_size, time.time() - status.st_mtime) for path, status in statuses}


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
        logger.warning("cannot read the last pages of %s, so they will be fetched again: %s", path, error)


def _is_settled(state: CrawlState, capture: Capture, site: Site) -> bool:
    article_id = site.article_id(capture.url)
    known = state.reader.article(id_key(article_id)) if article_id else None
    return known is not None and known.fetched is not None and known.fetched >= capture.date
