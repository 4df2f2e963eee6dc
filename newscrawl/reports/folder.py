"""The folder of reports: ``SITE/NAME.json`` with ``SITE/NAME.html`` beside it, and ``index.html`` over all of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from newscrawl.errors import OutputError
from newscrawl.files.atomic import write_whole
from newscrawl.reports.page import index_page, report_page
from newscrawl.reports.record import CrawlReport

logger = logging.getLogger(__name__)

MAX_REPORT = 16 * 1024 * 1024
"""Bytes of a report that are read."""
INDEXED = 500
"""Crawls that the index page lists, the newest first."""


def reports_in(folder: Path, sites: Iterable[str] = ()) -> Iterator[CrawlReport]:
    """Yield the reports below ``folder``, the newest first; of these sites alone when some are named."""
    wanted = frozenset(sites)
    paths = [path for path in folder.glob("*/*.json") if not wanted or path.parent.name in wanted]
    # The name begins with the site and its start: sorted by what follows the site, the newest comes first.
    for path in sorted(paths, key=lambda path: path.name.removeprefix(path.parent.name), reverse=True):
        try:
            yield CrawlReport.from_json(path.read_bytes()[:MAX_REPORT])
        except (OSError, ValueError, TypeError, KeyError) as error:
            logger.warning("%s is passed over: %s", path, error)


def write_pages(folder: Path, reports: Iterable[CrawlReport]) -> list[Path]:
    """Write the page of each report, and the index page over all reports below ``folder``; return the paths.

    Raises:
        OutputError: a page cannot be written.
    """
    written = []
    try:
        for report in reports:
            path = folder / report.site / f"{report.name}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, report_page(report).encode())
            written.append(path)
        newest = [report for report, _ in zip(reports_in(folder), range(INDEXED), strict=False)]
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "index.html", index_page(newest).encode())
    except OSError as error:
        raise OutputError(f"cannot write the reports in {folder}: {error}") from error
    return [*written, folder / "index.html"]
