"""Crawls that are told to stop, that come second, that find the disk full."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.archive.verify.verify import verify
from newscrawl.samplesite.running import RunningSite, running_site
from tests.faults.conftest import Crawler, lines_of, revisions
from tests.faults.replaying import replayed_lines


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.01)


def articles_asked_for(site: RunningSite) -> int:
    return sum("/a/" in visit.target for visit in site.visits)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_keeps_what_it_has_and_leaves_the_rest(crawler: Crawler, tmp_path: Path, number: int) -> None:
    with running_site(size=24) as site:
        # At this pace what waits for its turn would take another five minutes.
        slow = {"DOWNLOAD_DELAY": 20, "DOWNLOAD_DELAY_JITTER": 0, "CONCURRENT_REQUESTS": 16}
        urls = f"urls={','.join(_article_urls(site))}"
        process = crawler.start(tmp_path, site.url, "-a", urls, settings=slow)
        wait_for(lambda: articles_asked_for(site) >= 2)
        os.kill(process, number)
        told = time.monotonic()
        end = crawler.end()
        assert time.monotonic() - told < 100
        assert end["status"] == 1
        log = (tmp_path / "crawl.log").read_text()
        assert "left to the next crawl" in log
        assert "Traceback" not in log
        assert not list((tmp_path / "data" / "warc").glob("*.open"))
        assert verify([tmp_path / "data" / "warc"]).sound
        kept = lines_of(tmp_path)
        assert len(kept) < 24
        assert kept == replayed_lines(tmp_path)

        assert crawler.run(tmp_path, site.url)["status"] == 0
        assert len(revisions(tmp_path)) == len(set(revisions(tmp_path))) >= 24
        assert set(kept) <= set(lines_of(tmp_path))


def _article_urls(site: RunningSite) -> list[str]:
    return [f"{site.url}/a/{31_000_000 + 13 * number}.html" for number in range(20)]


def test_the_second_crawl_of_a_site_refuses(crawler: Crawler, tmp_path: Path) -> None:
    second = Crawler()
    try:
        with running_site(size=12) as site:
            slow = {"DOWNLOAD_DELAY": 1}
            first = crawler.start(tmp_path, site.url, settings=slow)
            wait_for(lambda: articles_asked_for(site) >= 1)
            before = len(site.visits)
            end = second.run(tmp_path, site.url)
            assert end["status"] == 2
            log = (tmp_path / "crawl.log").read_text()
            assert f"another crawl of sample is running (process {first})" in log
            assert "Traceback" not in log
            assert len(site.visits) <= before + 20
            os.kill(first, signal.SIGTERM)
            crawler.end()
            assert crawler.run(tmp_path, site.url)["status"] == 0
    finally:
        second.close()


@pytest.mark.parametrize("commit_seconds", [0.05, 60])
def test_a_full_disk_ends_the_crawl_and_costs_nothing(
    crawler: Crawler, site: RunningSite, tmp_path: Path, commit_seconds: float
) -> None:
    # With the longer time the first commit is the one after the last page.
    end = crawler.run(tmp_path, site.url, full_at=30_000, commit_seconds=commit_seconds)
    assert end["status"] == 1
    assert "closing the crawl: the state cannot be written" in (tmp_path / "crawl.log").read_text()
    for path in (tmp_path / "data" / "articles").glob("*.jsonl"):
        assert path.read_bytes()[-1:] in (b"", b"\n"), "no line is torn"

    assert crawler.run(tmp_path, site.url)["status"] == 0
    assert len(revisions(tmp_path)) == len(set(revisions(tmp_path))) >= 12
    assert lines_of(tmp_path) == replayed_lines(tmp_path)


def test_lines_that_cannot_be_read_again_end_the_crawl_before_it_doubles_them(
    crawler: Crawler, site: RunningSite, tmp_path: Path
) -> None:
    site.forget_visits()
    end = crawler.run(tmp_path, site.url, unreadable="cannot import the lines of x.jsonl: Input/output error")
    assert end["status"] == 1
    assert "Input/output error" in (tmp_path / "crawl.log").read_text()
    assert articles_asked_for(site) == 0
    assert crawler.run(tmp_path, site.url)["status"] == 0
    assert len(revisions(tmp_path)) >= 12
