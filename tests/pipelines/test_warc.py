"""What a crawl of a site of ours leaves in its WARC beside the exchanges: who crawled what how, and the articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tests.conftest import ROOT
from tests.recording.warcrecords import RawRecord, records_in


@dataclass(frozen=True)
class Crawled:
    info: dict[str, str]
    records: list[RawRecord]
    lines: list[bytes]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    folder = tmp_path_factory.mktemp("warc")
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-a", "max_articles=4", "-a", "_job=job-7"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    (warc,) = folder.rglob("*.warc.gz")
    info, *records = records_in(warc)
    fields = dict(line.split(": ", 1) for line in info.block.decode().splitlines())
    lines = [line for path in folder.rglob("data/articles/*.jsonl") for line in path.read_bytes().splitlines()]
    return Crawled(fields, records, lines)


def test_the_first_record_says_who_crawled_what_and_how(crawled: Crawled) -> None:
    info = crawled.info
    assert info["software"].startswith("newscrawl/")
    assert " Scrapy/" in info["software"]
    assert info["format"] == "WARC File Format 1.1"
    assert info["operator"] == "https://localhost/"
    assert info["robots"] == "obey"
    assert (info["spider"], info["crawl-id"], info["isPartOf"]) == ("sample", "job-7", "job-7")
    assert info["site"]
    assert info["http-header-user-agent"]
    assert info["setting-DOWNLOAD_MAXSIZE"] == str(64 * 1024 * 1024)
    assert all(record.get("WARC-Warcinfo-ID") for record in crawled.records)


def test_each_article_is_beside_its_page_as_its_line_has_it(crawled: Crawled) -> None:
    pages = {record.get("WARC-Record-ID"): record for record in crawled.records if record.type == "response"}
    articles = [
        record for record in crawled.records if (record.get("WARC-Target-URI") or "").startswith("urn:article:")
    ]
    assert sorted(record.block.strip() for record in articles) == sorted(crawled.lines)
    assert len(articles) >= 4
    for record in articles:
        article = json.loads(record.block)
        page = pages[record.get("WARC-Refers-To")]
        assert (record.type, record.get("Content-Type")) == ("metadata", "application/json")
        assert article["metadata"]["warcRecordId"] == page.get("WARC-Record-ID")
        assert article["metadata"]["warcOffset"] == page.offset


def test_how_a_page_was_found_is_beside_it(crawled: Crawled) -> None:
    pages = {record.get("WARC-Record-ID"): record for record in crawled.records if record.type == "response"}
    found = [
        record.block.decode()
        for record in crawled.records
        if record.type == "metadata"
        and record.get("Content-Type") == "application/warc-fields"
        and "/a/" in (pages[record.get("WARC-Concurrent-To")].get("WARC-Target-URI") or "")
    ]
    assert found
    assert all("\r\nhopsFromSeed: L" in f"\r\n{block}" for block in found)
    assert all("discovery-" in block for block in found), found
    assert any("lastmod" in block.lower() or "published" in block.lower() for block in found), found
