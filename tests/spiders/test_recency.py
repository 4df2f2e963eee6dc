"""Newest first: in which order articles are fetched."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery import Found
from newscrawl.spiders.news import recency

TODAY = date(2026, 3, 1)
AGES = st.integers(0, 32_000)


def of_age(days: int) -> int:
    day = (TODAY - timedelta(days=days)).isoformat()
    return recency(Found("https://a.test/a/1.html", "sitemap", published=day), TODAY)


@given(AGES, AGES)
def test_a_newer_article_is_never_after_an_older_one(one: int, other: int) -> None:
    newer, older = sorted((one, other))
    assert 0 >= of_age(newer) >= of_age(older) > -4000


@given(st.integers(0, 2999))
def test_days_of_eight_years_are_told_apart(age: int) -> None:
    assert of_age(age + 1) == of_age(age) - 1


@pytest.mark.parametrize(
    ("announced", "priority"),
    [
        ({}, 0),
        ({"lastmod": "2026-02-27T10:00:00Z"}, -2),
        ({"published": "2026-02-20", "lastmod": "2026-02-27"}, -9),
        ({"published": "Fri, 27 Feb 2026 10:00:00 +0000"}, -2),
        ({"published": "2027-01-01"}, 0),
        ({"published": "soon"}, 0),
    ],
)
def test_the_publication_counts_before_the_change(announced: dict[str, str], priority: int) -> None:
    assert recency(Found("https://a.test/a/1.html", "sitemap", **announced), TODAY) == priority  # type: ignore[arg-type]
