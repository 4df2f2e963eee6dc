"""Captions of pages outside every profile: told by what news pages have in common, on markup seen on such pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.capture import Capture
from newscrawl.extract.article import article_from
from newscrawl.items import Article

TEXT = "".join(
    f"<p>The {which} ferry of Osterlund waits for its ropes, and nobody in the town can say how long it will be.</p>"
    for which in ("first", "second", "third", "fourth")
)
URL = "https://www.wend-courier.example/news/18"


def _article(figures: str, *, before: str = "", body: str = "<body>") -> Article:
    page = (
        f"<html lang=en>{body}{before}<main><article><h1>Ropes</h1>{TEXT}{figures}{TEXT}</article></main></body></html>"
    )
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return article_from(Capture(URL, datetime(2026, 1, 1, tzinfo=UTC), 200, headers, page.encode()), None)


def _told(article: Article) -> list[tuple[str | None, str | None]]:
    return [(image.url, image.caption) for image in article.images if image.caption]


ROPES = ("https://www.wend-courier.example/ropes.jpg", "New ropes on the quay.")
LAZY = '<figure><img src="/grey.gif" {name}="/{file}.jpg"><figcaption>{caption}</figcaption></figure>'


@pytest.mark.parametrize("name", ["data-src", "data-original", "data-lazy-src"])
def test_pictures_that_are_loaded_later_are_told_apart_by_what_is_loaded(name: str) -> None:
    figures = "".join(
        LAZY.format(name=name, file=each, caption=f"New {each} on the quay.") for each in ("ropes", "oars")
    )

    assert _told(_article(figures)) == [
        ROPES,
        ("https://www.wend-courier.example/oars.jpg", "New oars on the quay."),
    ]


def test_a_source_set_without_blanks_after_its_commas_gives_its_largest_picture() -> None:
    sources = '<source srcset="/grey.png 20w,/small.jpg 256w,/ropes.jpg 1280w">'

    assert _told(_article(f"<figure><picture>{sources}</picture><figcaption>{ROPES[1]}</figcaption></figure>")) == [
        ROPES
    ]


@pytest.mark.parametrize(
    "figure",
    [
        '<div class="photo"><p class="withoutCaption"><img src="/ropes.jpg"></p><b class="newsCaption">{}</b></div>',
        '<p class="caption"><span><img src="/ropes.jpg"></span><span class="bu">{}</span></p>',
        '<figure class="js-toggle-caption"><img src="/ropes.jpg"><svg class="caption"><title>Icon</title></svg>'
        "<figcaption>{}</figcaption></figure>",
        '<figure><img src="/ropes.jpg"><figcaption><small>{}</small></figcaption></figure>',
        '<div class="teaser-image"><figure><img src="/ropes.jpg"><figcaption>{}</figcaption></figure></div>',
        '<aside class="image wide"><img src="/ropes.jpg"><p class="caption">{}</p></aside>',
    ],
)
def test_a_caption_is_told_from_what_is_only_called_so(figure: str) -> None:
    assert _told(_article(figure.format(ROPES[1]))) == [ROPES]


def test_small_print_beside_a_caption_is_its_credit() -> None:
    figure = f'<figure><img src="/ropes.jpg"><figcaption>{ROPES[1]} <small>Leo Brandt</small></figcaption></figure>'
    article = _article(figure)

    assert _told(article) == [ROPES]
    assert article.images[0].creditText == "Leo Brandt"


@pytest.mark.parametrize("body", ['<body class="segment--recommended">', '<body class="caption-page">'])
def test_the_classes_of_the_whole_page_tell_nothing(body: str) -> None:
    figure = f'<figure><img src="/ropes.jpg"><figcaption>{ROPES[1]}</figcaption></figure>'

    assert _told(_article(figure, before='<img src="/logo.png">', body=body)) == [ROPES]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="teaser"><a href="/news/17">{}</a></div>',
        '<a href="/news/17"><div class="teaser">{}</div></a>',
        '<aside>{}<a href="/news/17">More</a></aside>',
        '<div class="related-stories">{}<h3><a href="/news/17">The oars</a></h3></div>',
    ],
)
def test_the_caption_of_a_box_that_leads_elsewhere_is_not_the_articles(box: str) -> None:
    figure = '<figure><img src="/oars.jpg"><figcaption>Old oars.</figcaption></figure>'

    assert _told(_article(box.format(figure))) == []
