"""Text records (WET) through a replay give what ``scrapy clean-text`` gives of the same texts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from newscrawl.extract.captions.remove import without_repeated_captions
from newscrawl.sites.text_copies import article_of_copy
from tests.conftest import ROOT
from tests.replay.commandline import scrapy

COPIES = sorted((ROOT / "tests" / "extract" / "plaintext" / "copies").glob("*.txt"))
CONTENT = (
    "headline",
    "paragraphs",
    "dateline",
    "authors",
    "sources",
    "datePublished",
    "inLanguage",
    "images",
    "removed",
)


def url_of(path: Path, host: str = "www.rferl.org") -> str:
    return f"https://{host}/a/{path.stem}-copy/3400000{COPIES.index(path)}.html"


def wet(texts: dict[str, bytes]) -> bytes:
    records = []
    for number, (url, text) in enumerate(texts.items()):
        head = (
            f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-05T12:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nContent-Type: text/plain\r\n"
            f"Content-Length: {len(text)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + text + b"\r\n\r\n", mtime=0))
    return b"".join(records)


def content(article: dict[str, Any]) -> dict[str, Any]:
    return {name: article[name] for name in CONTENT}


@pytest.mark.parametrize("host", ["www.rferl.org", "www.example.org"])
def test_replayed_text_records_are_cleaned_as_clean_text_cleans_them(tmp_path: Path, host: str) -> None:
    (tmp_path / "a.warc.wet.gz").write_bytes(wet({url_of(path, host): path.read_bytes() for path in COPIES}))

    ran = scrapy(tmp_path, "replay", "a.warc.wet.gz", "-o", "out", "--processes", "1")
    assert ran.returncode in (0, 1), ran.stderr
    lines = [json.loads(line) for file in (tmp_path / "out").rglob("*.jsonl") for line in file.open("rb")]
    replayed = {line["url"]: content(line) for line in lines}

    assert set(replayed) == {url_of(path, host) for path in COPIES}
    for path in COPIES:
        cleaned = scrapy(tmp_path, "clean-text", "--json", "--url", url_of(path, host), path)
        assert content(json.loads(cleaned.stdout)) == replayed[url_of(path, host)], path.stem


@pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
def test_the_pipeline_of_captions_changes_no_text_copy(path: Path) -> None:
    article = article_of_copy(path.read_text("utf-8"), url_of(path))

    assert without_repeated_captions(article) == article
