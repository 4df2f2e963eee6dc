"""Real pages of the family give what third parties found in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.errors import NotAnArticle
from tests.extract.chain import article_of
from tests.extract.pangea import capture_of_page

VOA = "https://www.voanews.com/a/america-s-child-care-crisis-is-holding-back-moms-without-college-degrees-/7585813.html"


def test_the_voa_article_of_2024_comes_out_as_fundus_knows_it(shared: Path) -> None:
    folder = shared / "pages" / "www.voanews.com"
    expected = json.loads((folder / "fundus-VoiceOfAmerica_2024_04_28.expected.json").read_text("utf-8"))["V1"]
    page = (folder / "fundus-VoiceOfAmerica_2024_04_28.html").read_bytes()

    article = article_of(capture_of_page(page, VOA, date=datetime(2024, 4, 28, 22, tzinfo=UTC)))

    assert [author.name for author in article.authors] == expected["authors"]
    assert list(article.paragraphs) == expected["body"]["sections"][0]["paragraphs"]
    assert article.articleBody == "\n\n".join(article.paragraphs)
    assert article.datePublished is not None
    assert datetime.fromisoformat(article.datePublished) == datetime.fromisoformat(expected["publishing_date"])
    assert article.headline == expected["title"].strip()
    assert list(article.keywords) == expected["topics"]
    assert [image.caption for image in article.images] == [image["caption"] for image in expected["images"]]
    assert [image.contentUrl for image in article.images] == [
        image["versions"][0]["url"] for image in expected["images"]
    ]
    assert article.mainImage == article.images[0]
    assert article.images[0].url == "https://gdb.voanews.com/01000000-0aff-0242-d5d7-08dc658aabd0.jpg"


def test_the_voa_article_of_2024_has_the_rest_too(shared: Path) -> None:
    page = (shared / "pages" / "www.voanews.com" / "fundus-VoiceOfAmerica_2024_04_28.html").read_bytes()

    article = article_of(capture_of_page(page, VOA))

    assert article.type == "NewsArticle"
    assert article.canonicalUrl == VOA
    assert article.dateline == "AUBURN, Wash. —"
    assert article.articleSection == "USA"
    assert article.inLanguage == "en"
    assert article.publisher == "Voice of America"
    assert article.description is not None
    assert article.description.startswith("High-quality child care programs")
    assert article.authors[0].url == "https://www.voanews.com/author/associated-press/j_-yt"
    assert article.authors[0].nameRaw == "By Associated Press"
    assert len(article.relatedLinks) == 4
    assert article.relatedLinks[0].name == "Israel-Gaza war protests spread to more universities across US"
    assert article.sources == ()
    assert article.removed == ()
    assert article.metadata is not None
    assert article.metadata.layout == "pangea-2024"
    assert article.metadata.site == "voanews"


def test_the_audio_programme_of_2020_is_an_audio_object(shared: Path) -> None:
    folder = shared / "pages" / "www.slobodnaevropa.org"
    expected = json.loads((folder / "htmldate-1641303898.expected.json").read_text("utf-8"))
    page = (folder / "htmldate-1641303898.html").read_bytes()

    article = article_of(capture_of_page(page, expected["url"], date=datetime(2020, 6, 22, 8, tzinfo=UTC)))

    assert article.datePublished is not None
    assert article.datePublished.startswith(expected["date"])
    assert article.type == "AudioObject"
    assert article.headline == "Jutarnji program za Srbiju"
    assert [audio.url for audio in article.audios] == ["https://stream.radiojar.com/bugesa4nn3quv"]
    assert article.inLanguage == "sr-Latn"
    assert article.articleSection == "Jutarnji program za Srbiju"
    assert article.paragraphs == ()
    assert article.metadata is not None
    assert article.metadata.layout == "pangea-2018"


def test_the_embedded_player_gives_its_recording_and_no_text(shared: Path) -> None:
    page = (shared / "pages" / "www.voacantonese.com" / "extractnet-audio_example.html").read_bytes()

    with pytest.raises(NotAnArticle):
        article_of(
            capture_of_page(page, "https://www.voacantonese.com/a/1.html", date=datetime(2020, 9, 13, tzinfo=UTC))
        )


def test_the_podcast_index_is_no_article(shared: Path) -> None:
    page = (shared / "pages" / "learningenglish.voanews.com" / "voa-android-podcast-index.html").read_bytes()

    with pytest.raises(NotAnArticle, match="index"):
        article_of(capture_of_page(page, "https://learningenglish.voanews.com/podcasts"))
