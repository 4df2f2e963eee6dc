"""``WARC_IMAGES``: the pictures of the articles are in the archive, as their pages show them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.verify.verify import verify
from newscrawl.fetch_record import fetch_record
from newscrawl.items import Article, Image
from newscrawl.pipelines.images import ImagePipeline
from tests.conftest import ROOT
from tests.downloading.warcrecords import records_in


def crawl(folder: Path, *arguments: str) -> str:
    """Crawl the sample site from ``folder``; what it logged."""
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy", "crawl", "sample", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stderr


def test_every_picture_of_an_article_is_archived_once(tmp_path: Path) -> None:
    log = crawl(tmp_path, "-s", "WARC_IMAGES=1", "-a", "max_articles=12")
    articles = [json.loads(line) for path in tmp_path.rglob("*.jsonl") for line in path.read_bytes().splitlines()]
    shown = {
        image["contentUrl"] or image["url"]: article["url"]
        for article in articles
        for image in (article["mainImage"], *article["images"])
        if image
    }
    assert len(shown) >= 8
    pictures = {c.url: c for c in read_captures(tmp_path / "data" / "warc") if c.media_type.startswith("image/")}
    assert set(pictures) == set(shown)
    assert all(capture.status == 200 and capture.payload for capture in pictures.values())
    (warc,) = tmp_path.rglob("*.warc.gz")
    asked = [
        record for record in records_in(warc) if record.type == "request" and record.get("WARC-Target-URI") in shown
    ]
    assert len(asked) == len(shown), "each is fetched once"
    assert all(b"\r\nReferer: http" in record.block for record in asked)
    assert f"'images/archived': {len(shown)}" in log
    assert verify([tmp_path / "data" / "warc"]).sound


def test_pictures_may_lie_on_other_hosts() -> None:
    """As those of the family do: what keeps requests on a site's hosts lets them pass."""
    crawler = get_crawler(settings_dict={"WARC_IMAGES": True})
    image = Image(url="https://gdb.example.net/a.png", contentUrl="https://gdb.example.net/a_w250.png")
    article = Article(url="https://www.example.org/a/1.html", mainImage=image, images=(image, Image(url="data:,")))
    (request,) = ImagePipeline.from_crawler(crawler).get_media_requests(article, None)
    assert request.url == "https://gdb.example.net/a_w250.png"
    assert fetch_record(request).allow_offsite
    assert request.headers["Referer"] == b"https://www.example.org/a/1.html"
    with pytest.raises(NotConfigured):
        ImagePipeline.from_crawler(get_crawler())
    with pytest.raises(NotConfigured):
        ImagePipeline.from_crawler(get_crawler(settings_dict={"WARC_IMAGES": True, "WARC_ENABLED": False}))
