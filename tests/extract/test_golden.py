"""Golden pages: each folder of tests/extract/golden is a case. ``newscrawl savefixture`` writes them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.chain.chain import Chain
from newscrawl.items import Article
from newscrawl.testing.golden import Golden, difference, expectation
from settings.base import ARTICLE_PIPELINES
from tests.conftest import ROOT

FOLDER = Path(__file__).parent / "golden"
CASES = sorted(path.name for path in FOLDER.iterdir())


@pytest.fixture(scope="module")
def chain() -> Chain:
    return Chain.from_paths(ARTICLE_PIPELINES)


@pytest.mark.parametrize("case", CASES)
def test_a_golden_page_gives_the_article_it_must_give(case: str, chain: Chain) -> None:
    golden = Golden.read(FOLDER / case)

    found = expectation(chain.result_of(golden.capture))

    changes = difference(json.loads((FOLDER / case / "expected.json").read_text("utf-8")), found)
    if changes:
        where = (FOLDER / case).relative_to(ROOT)
        pytest.fail(f"{changes}\n\nIf this was meant: newscrawl savefixture --update {where}", pytrace=False)
    assert golden.rests_on


def test_what_changed_in_a_golden_page_is_told_line_by_line() -> None:
    expected = {"headline": "Ferry", "paragraphs": ["One.", "Two."], "notes": []}

    assert difference(expected, {"notes": [], "headline": "Ferry", "paragraphs": ["One.", "Two."]}) == ""
    told = difference(expected, {**expected, "paragraphs": ["One.", "Ads."]}).splitlines()
    assert told[:2] == ["--- expected.json", "+++ found"]
    assert [line for line in told[2:] if line[0] in "+-"] == ['-    "Two."', '+    "Ads."']


@pytest.mark.parametrize(
    ("case", "day", "layout"),
    [
        ("article-2024", datetime(2021, 5, 1, tzinfo=UTC), "pangea-2018"),
        ("article-2024", datetime(2016, 5, 1, tzinfo=UTC), "pangea-2015"),
        ("article-2019-uk", datetime(2025, 5, 1, tzinfo=UTC), "pangea-2024"),
        ("voa-drupal", datetime(2026, 1, 1, tzinfo=UTC), "general"),
        ("legacy-era-a", datetime(2024, 1, 1, tzinfo=UTC), "general"),
        ("breaks-2012", datetime(2020, 1, 1, tzinfo=UTC), "general"),
    ],
)
def test_the_same_page_captured_on_another_day_is_read_with_the_layout_of_that_day(
    case: str, day: datetime, layout: str, chain: Chain
) -> None:
    capture = Golden.read(FOLDER / case).capture

    article = chain.result_of(replace(capture, date=day))

    assert isinstance(article, Article)
    assert article.metadata is not None
    assert article.metadata.layout == layout


def test_a_page_captured_before_it_was_published_is_noticed(chain: Chain) -> None:
    capture = Golden.read(FOLDER / "article-2024").capture

    article = chain.result_of(replace(capture, date=datetime(2023, 5, 1, tzinfo=UTC)))

    assert isinstance(article, Article)
    assert article.metadata is not None
    assert any("datePublished" in message for message in article.metadata.validationMessages)
