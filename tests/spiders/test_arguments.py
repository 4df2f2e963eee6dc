"""Spider arguments: which are understood, and which messages the others give before a crawl starts."""

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
def test_arguments_are_understood(given_arguments: dict[str, str], expected: CrawlArguments) -> None:
    assert CrawlArguments.from_strings(given_arguments) == expected


def test_7d_is_the_day_seven_days_ago() -> None:
    before = datetime.now(UTC).date()
    since = CrawlArguments.from_strings({"since": "7d"}).since
    assert since in {before - timedelta(days=7), datetime.now(UTC).date() - timedelta(days=7)}


def test_file_of_urls_sets_the_mode(tmp_path: Path) -> None:
    listed = tmp_path / "urls.txt"
    listed.write_text("https://a.test/a/1.html\n")
    assert CrawlArguments.from_strings({"urls_file": str(listed)}).mode == "urls"


BAD = [
    ({"sicne": "2026-01-01"}, r"unknown spider argument 'sicne' \(did you mean since\?\)"),
    ({"mode": "fast"}, "mode='fast': not one of latest, "),
    ({"since": "yesterday"}, "since='yesterday': not a day as YYYY-MM-DD"),
    ({"since": "99999d"}, "since='99999d'"),
    ({"since": "2026-03-02", "until": "2026-03-01"}, "since=2026-03-02 is after until=2026-03-01"),
    ({"max_articles": "0"}, "max_articles='0': not a whole number above 0"),
    ({"max_articles": "-3"}, "max_articles"),
    ({"max_articles": "1.5"}, "max_articles"),
    ({"max_articles": "١٢"}, "max_articles"),
    ({"sections": "../etc"}, "sections='../etc': not numbers"),
    ({"sections": " , "}, "sections"),
    ({"urls": "ftp://a.test/x"}, "not an http"),
    ({"urls": "/a/1.html"}, "not an http"),
    ({"urls": "http://[broken/"}, "not an http"),
    ({"urls_file": "/nowhere/at/all.txt"}, "no such file"),
    ({"mode": "urls"}, "needs urls"),
    ({"mode": "latest", "urls": "https://a.test/"}, "need mode=urls"),
]


@pytest.mark.parametrize(("given_arguments", "message"), BAD)
def test_wrong_arguments_are_refused_with_a_reason(given_arguments: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        CrawlArguments.from_strings(given_arguments)


@given(st.dictionaries(st.sampled_from(["mode", "since", "until", "sections", "max_articles", "urls"]), st.text()))
@settings(max_examples=200)
def test_any_value_gives_arguments_or_a_usage_error(arguments: dict[str, str]) -> None:
    with contextlib.suppress(UsageError):
        assert CrawlArguments.from_strings(arguments).mode in MODES
