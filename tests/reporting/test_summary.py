"""The exit status of a crawl and the lines for people, from its stats."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.reporting.summary import (
    FAILED,
    FINE,
    HOST_FAILING,
    LAYOUT_DRIFT,
    NOTHING_FOUND,
    TOO_MANY_FAILURES,
    Summary,
    readable_bytes,
)

FINISHED = {"finish_reason": "finished", "response_received_count": 100}


@pytest.mark.parametrize(
    ("stats", "status"),
    [
        ({**FINISHED, "articles/written": 60}, FINE),
        ({**FINISHED, "articles/unchanged": 60}, FINE),
        ({**FINISHED, "articles/written": 60, "pages/failed": 20}, FINE),
        ({**FINISHED, "articles/written": 60, "pages/failed": 21}, TOO_MANY_FAILURES),
        ({**FINISHED, "response_received_count": 6, "articles/written": 2, "pages/failed": 4}, FINE),
        (FINISHED, NOTHING_FOUND),
        ({**FINISHED, "finish_reason": "shutdown", "articles/written": 60}, FAILED),
        ({}, FAILED),
        ({**FINISHED, "articles/written": 60, "monitors/drifted_fields": ["authors"]}, LAYOUT_DRIFT),
        ({**FINISHED, "monitors/drifted_fields": ["an article at all"]}, LAYOUT_DRIFT),
        ({**FINISHED, "finish_reason": "host_failing", "articles/written": 60}, HOST_FAILING),
    ],
)
def test_exit_status(stats: dict[str, object], status: int) -> None:
    assert Summary.from_stats(stats).exit_status == status


def test_text_says_what_where_and_next() -> None:
    stats = {**FINISHED, "articles/written": 60, "articles/rejected": 1, "warc/bytes": 1_540_000}
    text = Summary.from_stats(stats).text("data/warc", Path("data/articles/x.jsonl"), "scrapy replay data/warc")
    assert text.splitlines() == [
        "100 pages, 60 articles, 1 rejected, 1.5 MB archived",
        "archive    data/warc/",
        "articles   data/articles/x.jsonl",
        "next       scrapy replay data/warc",
    ]


def test_text_says_why_it_is_not_fine() -> None:
    assert "no article was found (finish reason: finished)" in Summary.from_stats(FINISHED).text(None, None, "x")


def test_text_names_the_fields_that_drifted() -> None:
    stats = {**FINISHED, "articles/written": 9, "monitors/drifted_fields": ["authors", "mainImage"]}
    assert "far fewer articles have authors, mainImage" in Summary.from_stats(stats).text(None, None, "x")


@pytest.mark.parametrize(("size", "text"), [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 kB"), (2e15, "2000.0 TB")])
def test_readable_bytes(size: float, text: str) -> None:
    assert readable_bytes(size) == text
