"""A crawl that recovers the pages of a killed one ends, whatever closes it and whenever."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.samplesite.running import RunningSite
from tests.faults.conftest import Crawler, revisions

NEVER_COMMITTED = 3600
"""Seconds: a crawl with such a commit time that is killed leaves all its pages to the next one."""

LINES_NOT_WRITTEN = 0.3
"""Share of the steps at which a crawl is killed: its records are on the disk and its lines are not."""
CLOSES = {
    "articles": ({"CLOSESPIDER_ITEMCOUNT": 2}, {}, 0),
    "pages": ({"CLOSESPIDER_PAGECOUNT": 1}, {}, 0),
    "time": ({"CLOSESPIDER_TIMEOUT": 1, "DOWNLOAD_DELAY": 5}, {}, 1),
    "full disk": ({}, {"full_at": 1}, 1),
}


@pytest.mark.parametrize("close", CLOSES)
def test_crawl_that_recovers_pages_ends_for_every_reason(
    close: str, crawler: Crawler, site: RunningSite, tmp_path: Path
) -> None:
    whole = crawler.run(tmp_path / "whole", site.url, commit_seconds=NEVER_COMMITTED)
    folder = tmp_path / "killed"
    crawler.run(folder, site.url, commit_seconds=NEVER_COMMITTED, die_at=int(whole["steps"] * LINES_NOT_WRITTEN))
    settings, task, status = CLOSES[close]
    end = crawler.run(folder, site.url, settings=settings, **task)
    assert end["status"] == status, (folder / "crawl.log").read_text()[-3000:]
    assert "pages/recovered" in (folder / "crawl.log").read_text()
    assert crawler.run(folder, site.url)["status"] == 0
    assert len(revisions(folder)) == len(set(revisions(folder))) >= 12
