"""Spider arguments: what is understood, and what ends before the crawl starts with a message that says what and why."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.errors import UsageError
from newscrawl.spiders.arguments import MODES, CrawlArguments

GOOD = [
    ({}, CrawlArguments()),
    ({"_job": "abc"}, CrawlArguments()),
    ({"mode": "backfill"}, CrawlArguments(mode="backfill")),
    (
        {"since": "2026-03-01", "until": "2026-03-02"},
        CrawlArguments(since=date(2026, 3, 1), until=date(2026, 3, 2)),
    ),
    ({"sections": "638, 640"}, CrawlArguments(sections=("638", "640"))),
    ({"max_articles": "12"}, CrawlArguments(max_articles=12)),
    (
        {"urls": "https://a.test/a/x,y/1.html,https://a.test/a/2.html http://b.test/"},
        CrawlArguments(mode="urls", urls=("https://a.test/a/x,y/1.html", "https://a.test/a/2.html", "http://b.test/")),
    ),
]


@pytest.mark.parametrize(("given_arguments", "expected"), GOOD)
def test_understood(given_arguments: dict[str, str], expected: CrawlArguments) -> None:
    assert CrawlArguments.from_strings(given_arguments) == expected


def test_days_ago() -> None:
    before = datetime.now(UTC).date()
    since = CrawlArguments.from_strings({"since": "7d"}).since
    assert since in {before - timedelta(days=7), datetime.now(UTC).date() - timedelta(days=7)}


def test_a_file_of_urls(tmp_path: Path) -> None:
    listed = tmp_path / "urls.txt"
    listed.write_text("https://a.test/a/1.html\n")
    assert CrawlArguments.from_strings({"urls_file": str(listed)}).mode == "urls"


BAD = [
    ({"sicne": "2026-01-01"}, "unknown spider argument 'sicne'.*since"),
    ({"mode": "fast"}, "mode='fast'.*latest"),
    ({"since": "yesterday"}, "since='yesterday'.*YYYY-MM-DD"),
    ({"since": "99999d"}, "since='99999d'"),
    ({"since": "2026-03-02", "until": "2026-03-01"}, "after until"),
    ({"max_articles": "0"}, "max_articles='0'.*above 0"),
    ({"max_articles": "-3"}, "max_articles"),
    ({"max_articles": "١٢"}, "max_articles"),
    ({"sections": "../etc"}, "no section"),
    ({"sections": " , "}, "empty"),
    ({"urls": "ftp://a.test/x"}, "no http"),
    ({"urls": "/a/1.html"}, "no http"),
    ({"urls": "http://[broken/"}, "no http"),
    ({"urls_file": "/nowhere/at/all.txt"}, "no such file"),
    ({"mode": "urls"}, "needs urls"),
    ({"mode": "latest", "urls": "https://a.test/"}, "belong to mode=urls"),
]


@pytest.mark.parametrize(("given_arguments", "message"), BAD)
def test_refused_with_a_reason(given_arguments: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        CrawlArguments.from_strings(given_arguments)


@given(st.dictionaries(st.sampled_from(["mode", "since", "until", "sections", "max_articles", "urls"]), st.text()))
@settings(max_examples=200)
def test_hostile_values_raise_nothing_else(arguments: dict[str, str]) -> None:
    with contextlib.suppress(UsageError):
        assert CrawlArguments.from_strings(arguments).mode in MODES
