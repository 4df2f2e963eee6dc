"""Discovery in a real crawl: what it knew of a page stands in the archive beside the page."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawl.samplesite.running import RunningSite, running_site
from tests.conftest import ROOT
from tests.recording.warcrecords import records_in
from tests.waiting import PATIENCE_SECONDS


def scrapy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`scrapy …` as from a shell in ``folder``."""
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


@dataclass(frozen=True)
class Crawled:
    site: RunningSite
    known: dict[str, dict[str, str]]
    """The fields of the metadata record of each URL."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("discovery")
    with running_site(size=40) as site:
        # One after the other: with more the place that answers first says where an article was found.
        one_by_one = ("-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS=1")
        run = scrapy(folder, "crawl", "sample", "-a", f"base_url={site.url}", *one_by_one)
        assert run.returncode == 0, run.stderr[-4000:]
        records = [record for path in sorted(folder.rglob("*.warc.gz")) for record in records_in(path)]
        known = {
            record.get("WARC-Target-URI") or "": dict(
                line.split(": ", 1) for line in record.block.decode().splitlines() if ": " in line
            )
            for record in records
            if record.type == "metadata" and record.get("Content-Type") == "application/warc-fields"
        }
        yield Crawled(site, known)


def of_articles(crawled: Crawled, name: str) -> list[str]:
    return [fields[name] for url, fields in crawled.known.items() if "/a/" in url and name in fields]


def test_what_discovery_knew_is_in_the_archive(crawled: Crawled) -> None:
    sources = Counter(of_articles(crawled, "discovery-source"))
    assert sources["sitemap"] > 20
    assert set(sources) <= {"sitemap", "feed", "listing", "archive"}
    assert any(via.endswith(("_latest.xml", ".xml.gz")) for via in of_articles(crawled, "discovery-via"))
    assert all(lastmod[:2] == "20" for lastmod in of_articles(crawled, "discovery-lastmod"))
    assert of_articles(crawled, "discovery-lastmod")
    assert of_articles(crawled, "discovery-title")
    assert of_articles(crawled, "discovery-published")


def test_robots_sitemaps_feeds_and_sections_were_all_read_and_each_article_once(crawled: Crawled) -> None:
    asked = Counter(visit.target for visit in crawled.site.visits)
    for place in ("/sitemap.xml", "/sitemap_sample_1.xml.gz", "/sitemap_sample_news.xml", "/api/"):
        assert asked[place] == 1, place
    assert any(target.startswith("/z/") for target in asked)
    again = {target: times for target, times in asked.items() if target.startswith("/a/") and times > 1}
    assert set(again) <= {"/a/31000065.html"}, "only the page that fails at first is asked for again"
