"""What a page states of itself, in JSON-LD and elsewhere, as the fields of the schema want it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawl.items import Article, MediaObject
from tests.extract.chain import article_of
from tests.extract.pangea import Pangea, embedded

OWN = "https://www.rferl.org/a/bridge-reopens-after-flood/32900000.html"
OTHER = "https://www.rferl.org/a/school-gets-new-roof/32900401.html"


@pytest.mark.parametrize(
    ("stated", "keywords"),
    [
        ("Floods,Bridges,,  Wend ,floods", ("Floods", "Bridges", "Wend")),
        ("Floods; Bridges; Wend", ("Floods", "Bridges", "Wend")),
        ("Floods, dams; Bridges", ("Floods", "dams; Bridges")),
        ("洪水，桥梁、河流", ("洪水", "桥梁", "河流")),
        (["Weaver, Anna", "Floods"], ("Weaver, Anna", "Floods")),
        (["Floods, Bridges"], ("Floods", "Bridges")),
        ([{"@type": "DefinedTerm", "name": "Floods"}, "Bridges", ""], ("Floods", "Bridges")),
    ],
)
def test_keywords_are_told_apart_in_their_order(stated: Any, keywords: tuple[str, ...]) -> None:
    assert _stating(keywords=stated).keywords == keywords


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>The <em>Wend</em>, again.</p><p>It <b>ro</b>se.</p>", "The Wend, again. It rose."),
        ("The river<br/>rose.", "The river rose."),
        (
            "Smith &amp;amp; Sons: &lt;i&gt;old&lt;/i&gt; &#8220;quay&#8221; &amp;nbsp;5 < 6",
            "Smith & Sons: old “quay” 5 < 6",
        ),
    ],
)
def test_markup_and_escapes_in_json_ld_leave(written: str, read: str) -> None:
    assert _stating(description=written).description == read


def test_half_a_character_in_json_ld_spoils_nothing_else() -> None:
    page = Pangea(
        json_ld='{"@type": "NewsArticle", "description": "Lone \\ud83d, whole \\ud83d\\ude00", "keywords": "A"}'
    )
    article = article_of(page.capture())

    assert (article.description, article.keywords) == ("Lone \ufffd, whole 😀", ("A",))


def test_the_item_that_is_about_this_page_is_read() -> None:
    own = {"@type": "NewsArticle", "mainEntityOfPage": {"@id": OWN}, "keywords": "Floods", "author": {"name": "Bo Day"}}
    article = _with(json.dumps([_of_another_story(), own]))

    assert article.keywords == ("Floods",)
    assert [author.name for author in article.authors] == ["Bo Day"]
    assert article.datePublished == "2024-04-28T03:00:00-04:00"
    assert article.images == ()


def test_an_item_about_another_story_of_the_site_says_nothing_of_this_one() -> None:
    article = _with(json.dumps(_of_another_story()))

    assert (article.headline, article.articleSection) == ("Bridge Reopens After Flood", "News")
    assert article.datePublished == "2024-04-28T03:00:00-04:00"
    assert (article.dateModified, article.description, article.keywords, article.images) == (None, None, (), ())
    assert [author.name for author in article.authors] == ["Anna Weaver"]


@pytest.mark.parametrize(
    "url",
    ["/a/32900000.html", "https://www.rferl.org/amp/x/32900000.html", "https://wire.example/story/7", "", None, 7],
)
def test_an_item_under_another_address_of_the_story_is_read(url: object) -> None:
    assert _stating(mainEntityOfPage=url, keywords="Floods").keywords == ("Floods",)


def test_a_recording_is_published_when_it_was_uploaded() -> None:
    item = {"@type": "VideoObject", "name": "Bridge", "uploadDate": "2024-04-28T07:00:00Z", "contentUrl": "/v/a.mp4"}
    article = article_of(Pangea(json_ld=json.dumps(item), published=None).capture())

    assert article.datePublished == "2024-04-28T07:00:00+00:00"


def test_the_best_of_several_qualities_is_the_recording() -> None:
    sources = [
        {"Src": "https://av.rferl.org/a_240p.mp4", "DataInfo": "240p"},
        {"Src": "https://av.rferl.org/a_1080p.mp4", "DataInfo": "1080p"},
        {"Src": "https://av.rferl.org/a_720p.mp4", "DataInfo": "720p"},
    ]

    assert [media.url for media in _with_players(_player(sources)).videos] == ["https://av.rferl.org/a_1080p.mp4"]


def test_a_recording_in_several_qualities_is_one() -> None:
    low, high = "https://av.rferl.org/a_240p.mp4", "https://av.rferl.org/a_720p.mp4"
    other = "https://av.rferl.org/b_240p.mp4"
    item = {"@type": "VideoObject", "name": "The bridge", "contentUrl": low, "duration": "PT1M"}
    article = _with_players(
        _player([{"Src": low, "DataInfo": "240p"}], high),
        _player([{"Src": high, "DataInfo": "720p"}], low, title="Q &amp;amp; A"),
        _player([], other),
        json_ld={"video": item},
    )

    assert article.videos == (MediaObject(high, "Q & A", "PT1M"), MediaObject(other))


def _of_another_story() -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "headline": "School Gets New Roof",
        "url": OTHER,
        "author": {"@type": "Person", "name": "Bo Day"},
        "datePublished": "2020-01-01 00:00:00Z",
        "dateModified": "2020-01-02 00:00:00Z",
        "keywords": "Schools",
        "description": "It is red.",
        "articleSection": "Schools",
        "image": "https://gdb.rferl.org/school.jpg",
    }


def _player(sources: list[dict[str, str]], src: str = "", title: str = "") -> str:
    listed = json.dumps(sources).replace('"', "&quot;")
    return embedded(
        '<div class="media-pholder media-pholder--video"><div class="c-mmp c-mmp--video"><div class="c-mmp__player">'
        f'<video src="{src}" data-sources="{listed}" title="{title}"></video></div></div></div>'
    )


def _with_players(*players: str, json_ld: dict[str, Any] | None = None) -> Article:
    return article_of(Pangea(wsw=f"<p>The bridge is closed.</p>{''.join(players)}", json_ld=json_ld).capture())


def _stating(**item: Any) -> Article:
    return article_of(Pangea(json_ld=item).capture())


def _with(json_ld: str) -> Article:
    return article_of(Pangea(json_ld=json_ld).capture())
