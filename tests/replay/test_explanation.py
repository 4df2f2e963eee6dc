"""`newscrawl replay --explain URL`: what became of one page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.replay.archives import BASE
from tests.replay.commandline import scrapy_here
from tests.replay.running import articles_of, replay


def test_each_capture_is_followed_through_the_pipelines(
    editions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replay(tmp_path / "out", editions)
    article = articles_of(tmp_path / "out")[0]
    before = sorted(tmp_path.rglob("*"))
    assert scrapy_here(monkeypatch, tmp_path, "replay", editions, "--explain", article["url"]) == 0
    told = capsys.readouterr().out
    assert sorted(tmp_path.rglob("*")) == before, "something was written"
    for file in editions.glob("*.warc.gz"):
        assert f"{file}, offset " in told
    assert told.count("ArticlePipeline: an article, layout ") == 3
    assert "datePublished: '2026-" in told
    sources = next(json.loads(line)["sources"] for line in told.splitlines() if line.startswith('{"sources"'))
    assert sources["headline"]["value"] == article["headline"]
    assert sources["datePublished"]["source"] in ("structured data, datePublished", "the layout")
    assert "revision: new" in told
    assert "revision: the same as one above" in told
    assert json.dumps(article["headline"], ensure_ascii=False) in told
    assert article["metadata"]["warcRecordId"] in told


def test_the_filters_verdict_is_told(
    editions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replay(tmp_path / "out", editions)
    url = next(article["url"] for article in articles_of(tmp_path / "out") if article["inLanguage"] == "uk")
    assert scrapy_here(monkeypatch, tmp_path, "replay", editions, "--explain", url, "--language", "en") == 0
    assert capsys.readouterr().out.count("filters: excluded by language") == 3


def test_a_url_that_is_not_there(
    editions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scrapy_here(monkeypatch, tmp_path, "replay", editions, "--explain", f"{BASE}/a/1.html") == 1
    assert f"no capture of {BASE}/a/1.html" in capsys.readouterr().err
