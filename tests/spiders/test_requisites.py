"""``WARC_REQUISITES``: the archive holds what article pages need to look as their readers saw them."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

from newscrawl.archive.reading.captures import is_not_modified
from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.reading.record_blocks import blocks_of
from newscrawl.archive.records.parse_head import Record
from newscrawl.archive.verify.verify import verify
from newscrawl.errors import UsageError
from newscrawl.files.sources import sources_of
from newscrawl.samplesite.running import running_site
from newscrawl.spiders.requisites import Requisites
from newscrawl.spiders.sample import SampleSpider
from tests.spiders.requisites import crawl

FILES = ("sample.css", "sample.js", "sample.woff")


def requests_of(log_folder: Path) -> list[Record]:
    """Return the request records of a crawl, in the order in which they were written."""
    folder = log_folder / "data" / "warc"
    return [record for source in sources_of(folder) for record, _ in blocks_of(source, ("request",), pytest.fail)]


def named(records: list[Record]) -> list[str]:
    return [name for record in records if (name := record.url.rpartition("/")[2]) in FILES]


def test_style_script_and_font_are_archived_once_after_the_articles(tmp_path: Path) -> None:
    with running_site(size=12) as site:
        log = crawl(tmp_path, "-a", f"base_url={site.url}")
    requests = requests_of(tmp_path)
    assert sorted(named(requests)) == sorted(FILES)
    articles = [number for number, each in enumerate(requests) if "/a/" in each.url]
    assert max(articles) < min(number for number, each in enumerate(requests) if each.url.endswith(FILES))
    captured = {capture.url.rpartition("/")[2]: capture for capture in read_captures(tmp_path / "data" / "warc")}
    assert all(captured[name].status == 200 and captured[name].payload for name in FILES)
    assert re.search(r"'requisites/archived/font': 1", log)
    assert verify([tmp_path / "data" / "warc"]).sound


def test_unchanged_files_are_asked_for_conditionally_by_later_crawls(tmp_path: Path) -> None:
    with running_site(size=12) as site:
        always = ("-a", f"base_url={site.url}", "-s", "RECHECK_SHORTEST=0", "-s", "RECHECK_LONGEST=0.001")
        crawl(tmp_path, *always)
        with sqlite3.connect(tmp_path / "data" / "state" / "sample.sqlite") as state:
            state.execute("UPDATE article SET etag = NULL, last_modified = NULL")  # so that the pages come again
        log = crawl(tmp_path, *always, "-a", "mode=recheck")
    assert "'requisites/not_modified': 2" in log, "the style sheet and the script; the font is named by the former"
    revisits = [
        record
        for source in sources_of(tmp_path / "data" / "warc")
        for record, _ in blocks_of(source, ("revisit",), pytest.fail)
    ]
    unchanged = [record for record in revisits if is_not_modified(record) and record.url.endswith(FILES)]
    assert len(unchanged) == 2
    assert all(record.get("WARC-Refers-To") for record in unchanged)


def test_failing_files_fail_no_article(tmp_path: Path) -> None:
    faults = ("reset:/Content/.*css", "status=500:/Content/.*js")
    with running_site(size=12) as site:
        expected = len(crawl_lines(tmp_path / "whole", site.url))
        site.misbehave(*faults)
        assert len(crawl_lines(tmp_path / "faulty", site.url)) == expected


def crawl_lines(folder: Path, url: str) -> list[bytes]:
    folder.mkdir()
    crawl(folder, "-a", f"base_url={url}")
    return [line for path in folder.rglob("articles/*.jsonl") for line in path.read_bytes().splitlines()]


def test_nothing_but_pages_without_the_setting(tmp_path: Path) -> None:
    with running_site(size=12) as site:
        crawl(tmp_path, "-a", f"base_url={site.url}", "-s", "WARC_REQUISITES=")
    assert named(requests_of(tmp_path)) == []


def test_number_of_files_is_limited(tmp_path: Path) -> None:
    with running_site(size=12) as site:
        log = crawl(tmp_path, "-a", f"base_url={site.url}", "-s", "WARC_REQUISITES_MAX=1")
    assert len(named(requests_of(tmp_path))) == 1
    assert "'requisites/over_limit':" in log


def test_unknown_kind_of_requisite_is_refused() -> None:
    crawler = get_crawler(SampleSpider, {"WARC_REQUISITES": ["style", "stile"]})
    with pytest.raises(UsageError, match="WARC_REQUISITES: stile; choose from style, script"):
        Requisites(crawler, None)  # type: ignore[arg-type]  # the spider is not reached
