"""Captions on the markup of Pangea: wherever the page repeats one, it is told once and never in the body.

Marks: figures, alternative texts and the lightbox stand in saved pages; galleries by what public scrapers say; captions
doubled in a row, credits and slide numbers by stored page texts.
"""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.extract.captions.parse import caption_parts
from newscrawl.items import Article
from tests.extract.captions.test_remove import CAPTIONS
from tests.extract.chain import article_of
from tests.extract.pangea import GUID, Pangea, capture_of_page, embedded, figure

BODY = ("The bridge was closed for nine days, said the mayor.", "Мост закрыт.", "پل بسته است.")
OTHER = "01000000-0aff-0242-1111-08dc658aabd0"

PLACES = {
    "a paragraph above the text": "<p>{caption}</p>{body}",
    "two paragraphs above the text": "<p>{caption}</p><p>{caption}.</p>{body}",
    "a paragraph within the text": "{first}<p><em>{caption}</em></p>{rest}",
    "a paragraph after the text": "{body}<p>{caption} (AFP)</p>",
    "the same picture again": "{again}{body}",
    "the same picture without alternative text": "{bare}{body}",
    "a lightbox within the text": '<div class="c-lightbox"><span class="caption">{caption}</span></div>{body}',
    "a caption without its figure": '{body}<span class="caption">{caption}</span>',
    "slides of a gallery": "{body}<p>1/2 {caption}</p><p>2/2</p><p>{caption}</p>",
    "bare text between line breaks": "{caption}<br/><br/>{body}",
}


def _page(caption: str, place: str) -> Pangea:
    body = "".join(f"<p>{escape(text)}</p>" for text in BODY)
    wsw = PLACES[place].format(
        caption=escape(caption),
        body=body,
        first=f"<p>{BODY[0]}</p>",
        rest="".join(f"<p>{escape(text)}</p>" for text in BODY[1:]),
        again=embedded(figure(caption, rendition="_w650_r1_s")),
        bare=embedded(figure(caption, alt="", rendition="_w408_r1")),
    )
    return Pangea(wsw=wsw, cover=figure(caption))


@pytest.mark.parametrize("place", sorted(PLACES))
@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_is_told_once_and_never_in_the_body(caption: str, place: str) -> None:
    article = article_of(_page(caption, place).capture())

    assert article.paragraphs == BODY
    _is_told_once(article, caption)


def _is_told_once(article: Article, caption: str) -> None:
    parts = caption_parts(caption)
    (image,) = article.images
    assert (image.caption, image.location, image.dateCreated) == (parts.caption, parts.location, parts.dateCreated)
    assert image.description is None
    assert image.url == f"https://gdb.rferl.org/{GUID}.jpg"
    assert article.mainImage == image


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_lightbox_that_a_browser_filled_holds_no_text(caption: str) -> None:
    page = _page(caption, "the same picture again").html()
    rendered = page.replace(
        '<span class="caption c-lightbox__caption"></span>',
        f'<span class="caption c-lightbox__caption">{escape(caption)}</span>',
    )
    article = article_of(capture_of_page(rendered))

    assert rendered != page
    assert article.paragraphs == BODY
    _is_told_once(article, caption)


@pytest.mark.parametrize("caption", CAPTIONS)
def test_two_pictures_keep_a_caption_each_though_it_is_the_same(caption: str) -> None:
    page = Pangea(wsw=embedded(figure(caption, OTHER)) + f"<p>{BODY[0]}</p>", cover=figure(caption))

    article = article_of(page.capture())

    assert [image.caption for image in article.images] == [caption_parts(caption).caption] * 2
    assert article.paragraphs == BODY[:1]


def test_an_alternative_text_that_says_more_is_kept() -> None:
    page = Pangea(cover=figure("The bridge (AFP)", alt="A guard in a red coat on the bridge"))

    (image,) = article_of(page.capture()).images

    assert (image.caption, image.creditText) == ("The bridge", "AFP")
    assert image.description == "A guard in a red coat on the bridge"


SENTENCE = st.sampled_from(
    [
        '"{caption}" is what the mayor wrote under it.',
        "In this picture, {caption} is what one sees.",
        "He said that {caption}, and went home.",
        "На снимке — {caption} и больше ничего.",
    ]
)


@settings(max_examples=60)
@given(st.sampled_from(CAPTIONS), SENTENCE, st.sampled_from(sorted(PLACES)))
def test_a_sentence_with_the_caption_in_it_stays(caption: str, form: str, place: str) -> None:
    sentence = form.format(caption=caption)
    page = _page(caption, place)
    page.wsw += f"<p>{escape(sentence)}</p>"

    article = article_of(page.capture())

    assert article.paragraphs == (*BODY, sentence)
