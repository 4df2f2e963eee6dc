"""Every item page of the sample site comes out as the site's own truth says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from newscrawl.errors import NotAnArticle
from newscrawl.items import Article
from newscrawl.samplesite.publication import Publication
from tests.extract.chain import article_of
from tests.extract.pangea import capture_of_page

BASE = "http://127.0.0.1:8999"
SITE = Publication(size=130)


def _article(story_id: int, form: str = "a") -> Article:
    truth = SITE.expected(story_id, BASE)
    url = truth["url"] if form == "a" else f"{BASE}/{form}/{story_id}.html"
    reply = SITE.reply(url.removeprefix(BASE), BASE)
    assert reply.status == 200
    content_type = dict(reply.headers)["Content-Type"]
    return article_of(
        capture_of_page(reply.body, url, date=datetime(2026, 3, 2, tzinfo=UTC), content_type=content_type)
    )


def _comparable(article: Article, truth: dict[str, Any]) -> dict[str, Any]:
    """The fields that the truth knows, in its shapes."""
    found: dict[str, Any] = {name: getattr(article, name) for name in truth}
    found["authors"] = [author.name for author in article.authors]
    found["relatedLinks"] = [link.url for link in article.relatedLinks]
    found["images"] = [
        {name: getattr(image, name, None) for name in wanted if name != "rendition"}
        for image, wanted in zip(article.images, truth["images"], strict=False)
    ]
    for name in {"paragraphs", "sources", "keywords"} & found.keys():
        found[name] = list(found[name])
    return found


@pytest.mark.parametrize("story_id", [i for i in SITE.item_ids() if SITE.reply(f"/amp/{i}.html", BASE).status == 200])
def test_an_item_page_comes_out_as_its_truth_says(story_id: int) -> None:
    truth = {name: value for name, value in SITE.expected(story_id, BASE).items() if value is not None}
    article = _article(story_id)

    found = _comparable(article, truth)

    wanted = {
        **truth,
        "images": [{k: v for k, v in image.items() if k != "rendition"} for image in truth["images"]],
    }
    assert found == wanted


def test_an_embedded_player_is_no_article() -> None:
    story_id = next(iter(SITE.item_ids()))
    with pytest.raises(NotAnArticle):
        _article(story_id, "embed/player/0")
