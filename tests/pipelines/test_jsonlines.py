"""JSON Lines on disk: every key, one file a crawl, nothing overwritten, rejected items kept with their reasons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawl.chain.drops import Rejected
from newscrawl.errors import OutputError
from newscrawl.items import Article, Author, Metadata
from newscrawl.pipelines.jsonlines import LineFile, json_line, rejected_line

ARTICLE = Article(
    url="https://a.test/a/1.html",
    paragraphs=("Čtvrtek", "«سلام»"),
    authors=(Author("A. Author"),),
    metadata=Metadata(dateDownloaded="2026-03-01T00:00:00Z"),
)


def test_a_line_has_every_key_and_no_escapes() -> None:
    line = json_line(ARTICLE)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert "«سلام»".encode() in line
    data = json.loads(line)
    assert data["authors"] == [{"name": "A. Author", "nameRaw": None, "url": None}]
    assert data["headline"] is None
    assert data["images"] == []


def test_a_file_appears_with_its_first_line(tmp_path: Path) -> None:
    lines = LineFile(tmp_path / "new" / "a.jsonl")
    lines.close()
    assert not list(tmp_path.iterdir())
    lines.write(b"1\n")
    assert lines.path.read_bytes() == b"1\n"
    lines.close()
    assert lines.lines == 1


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"precious\n")
    with pytest.raises(OutputError, match="File exists"):
        LineFile(tmp_path / "a.jsonl").write(b"1\n")
    assert (tmp_path / "a.jsonl").read_bytes() == b"precious\n"


def test_a_rejected_article_is_kept_with_its_reasons() -> None:
    data = json.loads(rejected_line(Rejected(ARTICLE, ("no headline", "no body"))))
    assert data["messages"] == ["no headline", "no body"]
    assert data["article"]["url"] == data["url"] == ARTICLE.url
