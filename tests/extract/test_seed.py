"""The seed: one RFE/RL text on the markup of Pangea comes out as its third-party truth says, every field."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest

from newscrawl.items import Article
from tests.extract.chain import article_of
from tests.extract.pangea import Pangea, embedded, figure


def _page(text: str, *, doubled_by: str) -> Pangea:
    """The seed's text where Pangea has its parts: the lines are told apart as the file lays them out."""
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    headline, captions = blocks[2], blocks[3].split("\n")
    end = next(index for index, block in enumerate(blocks) if block.startswith("With reporting by"))
    paragraphs = "".join(f"<p>{escape(block)}</p>\n" for block in blocks[4:end])
    bio = blocks[-1]
    credit = f"<p><em>{escape(blocks[end])}</em></p>"
    copies = {
        "paragraph": f"<p>{escape(captions[1])}</p>",
        "second figure": embedded(figure(captions[1])),
        "lightbox": f'<div class="c-lightbox"><span class="caption">{escape(captions[1])}</span></div>',
    }
    return Pangea(
        headline=headline,
        url="https://www.rferl.org/a/nato-stoltenberg-going-it-alone/28114050.html",
        wsw=copies[doubled_by] + paragraphs + credit,
        cover=figure(captions[0]),
        after=f'<ul><li class="c-author"><span>16x9 Image</span><p>{escape(bio)}</p></li></ul>',
        json_ld={"description": ""},
    )


@pytest.fixture(params=["paragraph", "second figure", "lightbox"])
def article(request: pytest.FixtureRequest, shared: Path) -> Article:
    text = (shared / "seed" / "article.txt").read_text("utf-8")
    return article_of(_page(text, doubled_by=request.param).capture())


@pytest.fixture
def expected(shared: Path) -> dict[str, object]:
    truth: dict[str, object] = json.loads((shared / "seed" / "expected.json").read_text("utf-8"))
    return truth


def test_the_seed_page_comes_out_as_expected(article: Article, expected: dict[str, object]) -> None:
    images = [
        {"caption": image.caption, "location": image.location, "dateCreated": image.dateCreated}
        for image in article.images
    ]
    assert article.headline == expected["headline"]
    assert list(article.paragraphs) == expected["paragraphs"]
    assert article.articleBody == expected["articleBody"]
    assert article.dateline == expected["dateline"]
    assert list(article.sources) == expected["sources"]
    assert images == expected["images"]


def test_nothing_else_is_in_its_body(article: Article, expected: dict[str, object]) -> None:
    unwanted = expected["notInBody"]
    assert isinstance(unwanted, list)
    assert article.articleBody is not None
    assert [text for text in unwanted if text in article.articleBody] == []
