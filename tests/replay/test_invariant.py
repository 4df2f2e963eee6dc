"""The central promise: the lines of crawls are the lines of a replay of their archive, whoever runs it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from newscrawl.archive.reading.record_blocks import blocks_of
from newscrawl.files.sources import sources_of
from tests.replay.commandline import lines_of, scrapy
from tests.replay.conftest import EDITIONS, Crawls


def test_the_site_changed_between_the_crawls(crawls: Crawls) -> None:
    urls = Counter(json.loads(line)["url"] for line in crawls.lines)
    assert max(urls.values()) > 1, "no article was revised"
    seen = Counter(record.url for record in _records(crawls.warc, "response") if record.url in urls)
    assert sum(seen.values()) + sum(1 for _ in _records(crawls.warc, "revisit")) > len(crawls.lines), "all was new"


def _records(folder: Path, kind: str) -> list:
    return [
        record
        for source in sources_of(folder)
        for record, _ in blocks_of(source, (kind,), print)
        if record.type == kind
    ]


def test_one_process_gives_the_lines_of_the_crawls(crawls: Crawls, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "replay", crawls.warc, "-o", "out", "--processes", "1")
    assert run.returncode == 0, run.stderr
    assert lines_of(tmp_path / "out") == crawls.lines


def test_a_pool_gives_the_lines_of_the_crawls(crawls: Crawls, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "replay", crawls.warc, "-o", "out", "--processes", "2")
    assert run.returncode == 0, run.stderr
    assert lines_of(tmp_path / "out") == crawls.lines


def test_the_spider_gives_the_lines_of_the_crawls(crawls: Crawls, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "crawl", "replay", "-a", f"source={crawls.warc}", "-O", "feed.jsonl")
    assert run.returncode == 0, run.stderr[-4000:]
    assert lines_of(tmp_path / "data" / "articles") == crawls.lines
    assert sum(1 for _ in (tmp_path / "feed.jsonl").open("rb")) == len(crawls.lines)
    assert not (tmp_path / "data" / "warc").exists()


def test_the_spider_with_a_pool_gives_the_lines_of_the_crawls(crawls: Crawls, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "crawl", "replay", "-a", f"source={crawls.warc}", "-a", "processes=2")
    assert run.returncode == 0, run.stderr[-4000:]
    assert lines_of(tmp_path / "data" / "articles") == crawls.lines


def test_files_in_any_order_and_one_by_one_give_the_same(crawls: Crawls, tmp_path: Path) -> None:
    files = sorted(crawls.warc.glob("*.warc.gz"), reverse=True)
    assert len(files) == EDITIONS
    for number in range(1, len(files) + 1):
        run = scrapy(tmp_path, "replay", *files[:number], "-o", "out", "--processes", "1")
        assert run.returncode == 0, run.stderr
    assert lines_of(tmp_path / "out") == crawls.lines
