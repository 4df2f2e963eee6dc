"""The add-on in a Scrapy project that is not ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.samplesite.running import running_site
from tests.conftest import ROOT

SPIDER = """
import scrapy
from scrapy.crawler import CrawlerProcess

class News(scrapy.Spider):
    name = "news"
    start_urls = [BASE + "/"]
    custom_settings = {"ADDONS": ADDONS, "FEEDS": {"items.jsonl": {"format": "jsonlines"}}, "ROBOTSTXT_OBEY": False}

    def parse(self, response):
        yield {"section": response.url}
        yield from response.follow_all(css="a[href*='/a/']", callback=self.parse_article)

    def parse_article(self, response):
        yield response

process = CrawlerProcess()
process.crawl(News)
process.start()
"""


@pytest.mark.parametrize("archived", [False, True])
def test_any_spider_gives_articles_as_lines_and_items(archived: bool, tmp_path: Path) -> None:
    addons = {"newscrawl.addons.ArticleAddon": 500}
    if archived:
        addons["newscrawl.archive.addon.WarcAddon"] = 400
    with running_site(size=12) as site:
        (tmp_path / "spider.py").write_text(f"BASE, ADDONS = {site.url!r}, {addons!r}\n{SPIDER}")
        run = subprocess.run(
            [sys.executable, "spider.py"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert run.returncode == 0, run.stderr[-3000:]
    lines = [json.loads(line) for path in tmp_path.glob("data/articles/*.jsonl") for line in path.open()]
    assert lines, run.stderr[-3000:]
    assert all(line["headline"] and line["metadata"]["articleDigest"] for line in lines)
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").open()]
    assert sum("section" in item for item in items) == 1
    assert sum("headline" in item for item in items) == len(lines)
    assert all(bool(line["metadata"]["warcRecordId"]) == archived for line in lines)
    assert bool(list(tmp_path.glob("data/warc/*.warc.gz*"))) == archived
