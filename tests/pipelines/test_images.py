"""``WARC_IMAGES``: the images of the articles are in the archive, as their pages show them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.verify.verify import verify
from newscrawl.pipelines.images import ImagePipeline
from tests.recording.warcrecords import records_in
from tests.spiders.requisites import crawl


def test_every_image_of_an_article_is_archived_once(tmp_path: Path) -> None:
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
    assert set(pictures) >= set(shown)
    assert all(capture.status == 200 and capture.payload for capture in pictures.values())
    (warc,) = tmp_path.rglob("*.warc.gz")
    requests = [
        record for record in records_in(warc) if record.type == "request" and record.get("WARC-Target-URI") in shown
    ]
    assert len(requests) == len(shown), "each is fetched once"
    assert all(b"\r\nReferer: http" in record.block for record in requests)
    assert f"'requisites/archived/image': {len(pictures)}" in log
    assert verify([tmp_path / "data" / "warc"]).sound


def test_image_pipeline_is_off_without_its_settings() -> None:
    for settings in ({}, {"WARC_IMAGES": True, "WARC_ENABLED": False}):
        with pytest.raises(NotConfigured):
            ImagePipeline.from_crawler(get_crawler(settings_dict=settings))
