"""Checks of a crawl, by its figures and by the earlier crawls of its site."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.items import Article, Author
from newscrawl.reporting.checks import (
    DRIFT,
    END,
    FAILURES,
    QUIET,
    REJECTED,
    TEXT,
    WALLED,
    CheckResult,
    Thresholds,
    check_crawl,
)
from newscrawl.reporting.coverage import ARTICLE, LOST_TEXT, Coverage
from newscrawl.reporting.history import KEPT_DAYS, CrawlRecord, History

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def coverage(articles: int, pages: int | None = None, **shares: float) -> Coverage:
    """Return a coverage where every field has the share 1, except for those named."""
    names = ["headline", "articleBody", "authors", "mainImage"]
    return Coverage(
        pages or articles, articles, Counter({name: round(articles * shares.get(name, 1)) for name in names})
    )


def crawl(ago: float = 0, mode: str = "latest", seen: Coverage | None = None, **values: object) -> CrawlRecord:
    record = CrawlRecord(NOW - timedelta(days=ago), mode, "finished", coverage=seen or coverage(30), written=30)
    for name, value in values.items():
        setattr(record, name, value)
    return record


PAST = [crawl(ago) for ago in (1, 2, 3)]


def failed(record: CrawlRecord, past: Sequence[CrawlRecord] = PAST) -> dict[str, CheckResult]:
    return {result.name: result for result in check_crawl(record, past, Thresholds()) if not result.passed}


def test_crawl_like_the_earlier_ones_passes() -> None:
    assert failed(crawl()) == {}
    assert [result.name for result in check_crawl(crawl(), PAST, Thresholds())] == [
        END,
        WALLED,
        DRIFT,
        FAILURES,
        REJECTED,
        TEXT,
        QUIET,
    ]


def test_blocks_and_walls_are_reported_from_the_third_on() -> None:
    few, some = crawl(), crawl()
    few.blocked, some.blocked = 2, 3
    assert WALLED not in failed(few)
    assert failed(some)[WALLED].message == "3 answers for articles were blocks or walls"


def test_field_whose_share_falls_is_named_as_drift() -> None:
    verdict = failed(crawl(seen=coverage(30, authors=0.1)))[DRIFT]
    assert verdict.fields == ("authors",)
    assert verdict.message == "authors: 10% of 30, 100% of 90 before"


def test_pages_that_stop_giving_articles_are_drift() -> None:
    assert failed(crawl(seen=coverage(0, pages=40)))[DRIFT].fields == (ARTICLE,)


def test_few_pages_are_judged_together_with_the_crawls_just_before() -> None:
    fallen = crawl(seen=coverage(4, authors=0))
    past = [crawl(1, seen=coverage(4, authors=0)) for _ in range(4)]
    assert failed(fallen, PAST) == {}, "too few have fallen so far"
    assert failed(fallen, [*past, *PAST])[DRIFT].fields == ("authors",)
    assert failed(fallen, past) == {}, "nothing to compare with"


def test_crawl_without_pages_does_not_repeat_an_old_drift() -> None:
    past = [crawl(1, seen=coverage(30, authors=0)), *PAST]
    assert DRIFT not in failed(crawl(seen=Coverage(), written=0), past)


def test_drift_is_reported_until_the_baseline_is_too_old() -> None:
    fallen = [crawl(ago, seen=coverage(60, authors=0), drifted=True) for ago in (1, 2, 3)]
    assert DRIFT in failed(crawl(seen=coverage(30, authors=0)), [*fallen, *PAST])
    old = [replace(record, finished=NOW - timedelta(days=100)) for record in PAST]
    assert DRIFT not in failed(crawl(seen=coverage(30, authors=0)), [*fallen, *old])


def test_backfill_is_not_compared_with_latest_crawls() -> None:
    assert DRIFT not in failed(crawl(mode="backfill", seen=coverage(30, authors=0)))
    assert DRIFT in failed(
        crawl(mode="backfill", seen=coverage(30, authors=0)), [crawl(1, "backfill") for _ in range(3)]
    )


@settings(max_examples=60)
@given(st.integers(20, 400), st.floats(0.3, 0.9), st.integers(0, 2**32))
def test_random_variation_is_not_drift(articles: int, share: float, seed: int) -> None:
    """Samples of the same distribution pass."""
    chance = random.Random(seed)
    draws = [sum(chance.random() < share for _ in range(articles)) / articles for _ in range(8)]
    now, *before = [coverage(articles, authors=draw) for draw in draws]
    assert DRIFT not in failed(crawl(seen=now), [crawl(1, seen=seen) for seen in before])


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"reason": "shutdown"}, END),
        ({"failed": 30, "requested": 100}, FAILURES),
        ({"rejected": 5}, REJECTED),
    ],
)
def test_each_kind_of_trouble_fails_its_check(values: dict[str, object], name: str) -> None:
    assert list(failed(crawl(**values))) == [name]  # type: ignore[arg-type]


def test_site_without_new_articles_fails_after_some_days() -> None:
    nothing = crawl(seen=Coverage(), written=0)
    quiet = [crawl(ago, seen=Coverage(), written=0) for ago in (0.1, 1, 2)]
    assert QUIET not in failed(nothing, [*quiet, crawl(2.9)])
    assert failed(nothing, [*quiet, crawl(3.1)])[QUIET].message == "no new articles since 2026-02-26 09:36 UTC"
    assert QUIET not in failed(nothing, quiet), "it never had any"


def test_coverage_counts_fields_that_are_not_empty() -> None:
    seen = Coverage()
    seen.add_article(Article(url="https://x.org/a/1", headline="H", articleBody="", authors=[Author("A")]))
    seen.add_article(Article(url="https://x.org/a/2", headline=None, articleBody="B"))
    seen.add_page_without_article()
    shares = seen.shares()
    assert shares[ARTICLE] == (2 / 3, 3)
    assert (shares["headline"], shares["authors"], shares["articleBody"]) == ((0.5, 2), (0.5, 2), (0.5, 2))
    assert "metadata" not in shares
    assert Coverage().shares() == {}


def test_history_is_newest_first_and_old_crawls_are_deleted(tmp_path: Path) -> None:
    history = History(tmp_path / "new" / "site.sqlite")
    assert history.since(NOW) == []
    records = [crawl(KEPT_DAYS + 1), crawl(2, crawl_id="b", drifted=True), crawl(0, seen=coverage(9, authors=0.5))]
    for record in records:
        history.add(record)
    assert history.since(NOW - timedelta(days=1000)) == [records[2], records[1]]
    assert history.since(NOW - timedelta(days=1)) == [records[2]]


def test_many_articles_that_lack_text_fail_the_crawl() -> None:
    seen = coverage(30)
    seen.with_field[LOST_TEXT] = 6

    assert failed(crawl(seen=seen))[TEXT].message == "6 of 30 articles lack text that their pages show"


def test_some_articles_that_lack_text_do_not_fail_the_crawl() -> None:
    seen = coverage(30)
    seen.with_field[LOST_TEXT] = 4

    assert TEXT not in failed(crawl(seen=seen))
