"""What a fact check examines and finds, from JSON-LD and from the page."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawl.items import ClaimReview
from tests.extract.chain import article_of
from tests.extract.pangea import Pangea

CLAIM = "They closed the bridge for a film."


@pytest.mark.parametrize(
    ("json_ld", "wanted"),
    [
        (
            {"claimReviewed": CLAIM, "author": {"name": "Karl Vogel"}, "reviewRating": {"alternateName": "False"}},
            ClaimReview(CLAIM, "Karl Vogel", "False"),
        ),
        (
            {"claimReviewed": CLAIM, "itemReviewed": {"@type": "Claim", "author": [{"name": "Karl Vogel"}]}},
            ClaimReview(CLAIM, "Karl Vogel", None),
        ),
        (
            {"claimReviewed": CLAIM, "author": {"name": "Wend Courier"}, "itemReviewed": {"author": "Karl Vogel"}},
            ClaimReview(CLAIM, "Karl Vogel", None),
        ),
        (
            {"claimReviewed": CLAIM, "author": None, "reviewRating": "Misleading"},
            ClaimReview(CLAIM, None, "Misleading"),
        ),
    ],
    ids=["the CMS's form", "a claim with its author", "reviewer and claimant", "a rating that is a text"],
)
def test_claim_review_of_json_ld(json_ld: dict[str, Any], wanted: ClaimReview) -> None:
    page = Pangea(body_class="pg-fc print-lay-article", json_ld={"@type": "ClaimReview", **json_ld})

    assert article_of(page.capture()).claimReview == wanted


def test_claim_review_beside_an_article_is_found() -> None:
    review = '{"@type": "ClaimReview", "claimReviewed": "x", "reviewRating": {"alternateName": "False"}}'
    page = Pangea(metas=f'<script type="application/ld+json">{review}</script>')

    article = article_of(page.capture())

    assert article.claimReview == ClaimReview("x", None, "False")
    assert article.type == "NewsArticle"
    assert [author.name for author in article.authors] == ["Anna Weaver"]


def test_article_that_checks_no_claim_has_no_claim_review() -> None:
    assert article_of(Pangea().capture()).claimReview is None
