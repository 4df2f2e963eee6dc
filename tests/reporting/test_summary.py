"""The summary and the exit status of a crawl, made from its stats."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.display import counted, readable_bytes
from newscrawl.exit_statuses import ExitStatus
from newscrawl.reporting.summary import Summary

FINISHED = {"finish_reason": "finished", "response_received_count": 100}


@pytest.mark.parametrize(
    ("stats", "status"),
    [
        ({**FINISHED, "articles/written": 60}, ExitStatus.FINE),
        ({**FINISHED, "articles/unchanged": 60}, ExitStatus.FINE),
        ({**FINISHED, "articles/written": 60, "pages/failed": 20}, ExitStatus.FINE),
        ({**FINISHED, "articles/written": 60, "pages/failed": 21}, ExitStatus.TOO_MANY_FAILURES),
        ({**FINISHED, "response_received_count": 6, "articles/written": 2, "pages/failed": 4}, ExitStatus.FINE),
        (FINISHED, ExitStatus.NOTHING_FOUND),
        ({**FINISHED, "finish_reason": "shutdown", "articles/written": 60}, ExitStatus.FAULTS),
        ({}, ExitStatus.FAULTS),
        ({**FINISHED, "articles/written": 60, "monitors/drifted_fields": ["authors"]}, ExitStatus.LAYOUT_DRIFT),
        ({**FINISHED, "monitors/drifted_fields": ["an article at all"]}, ExitStatus.LAYOUT_DRIFT),
        ({**FINISHED, "finish_reason": "host_failing", "articles/written": 60}, ExitStatus.HOST_FAILING),
    ],
)
def test_exit_status(stats: dict[str, object], status: ExitStatus) -> None:
    assert Summary.from_stats(stats).exit_status == status


def test_text_says_what_was_done_where_it_is_and_what_to_do_next() -> None:
    stats = {**FINISHED, "articles/written": 60, "articles/rejected": 1, "warc/bytes": 1_540_000}
    text = Summary.from_stats(stats).text("data/warc", Path("data/articles/x.jsonl"))
    assert text.splitlines() == [
        "100 pages fetched, 60 new articles, 1 rejected, 1.5 MB archived",
        "archive    data/warc/",
        "articles   data/articles/x.jsonl",
        "next       newscrawl replay data/warc",
    ]


def test_one_page_is_singular_and_no_new_articles_are_said_so() -> None:
    stats = {**FINISHED, "response_received_count": 1, "articles/known": 3}
    assert Summary.from_stats(stats).counts == "1 page fetched, no new articles, 0 bytes archived"


def test_text_of_a_failed_crawl_says_why_and_does_not_suggest_a_replay() -> None:
    text = Summary.from_stats(FINISHED).text("data/warc", None)
    assert "failed     no article was found (status 3; finish reason: finished)" in text
    assert "replay data" not in text


def test_text_of_an_interrupted_crawl_says_how_to_continue() -> None:
    text = Summary.from_stats({**FINISHED, "finish_reason": "shutdown"}).text(None, None)
    assert text.splitlines()[-1] == "next       run the same command again to continue"


def test_listed_urls_that_are_unchanged_say_how_to_get_their_lines_again() -> None:
    summary = Summary.from_stats({**FINISHED, "articles/unchanged": 2})
    assert "-s STATE_DIRECTORY=" in summary.text(None, None, listed=True)
    assert "-s STATE_DIRECTORY=" not in summary.text(None, None)


def test_text_names_the_fields_that_drifted() -> None:
    stats = {**FINISHED, "articles/written": 9, "monitors/drifted_fields": ["authors", "mainImage"]}
    assert "far fewer articles have authors, mainImage" in Summary.from_stats(stats).text(None, None)


@pytest.mark.parametrize(("number", "text"), [(0, "no files"), (1, "1 file"), (2, "2 files")])
def test_nouns_have_their_right_form(number: int, text: str) -> None:
    assert counted(number, "file", zero="no") == text


@pytest.mark.parametrize(("size", "text"), [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 kB"), (2e15, "2000.0 TB")])
def test_readable_bytes(size: float, text: str) -> None:
    assert readable_bytes(size) == text
