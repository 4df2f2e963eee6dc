"""Pictures of a page of any site: each once, with its largest address, caption and credit."""

from __future__ import annotations

import pytest

from newscrawl.items import Image
from tests.extract.general_page import TEXT, article_of_page, html_of

LARGE = "https://img.lanternpost.example/pier-1200.jpg"
SMALL = "https://img.lanternpost.example/pier-60x.jpg"
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
CAPTION = "Crews turn their boats at the old pier."


def images(figure: str, **parts: str) -> tuple[Image, ...]:
    first, *rest = (f"<p>{text}</p>" for text in TEXT)
    return article_of_page(html_of(body=f"{first}{figure}{''.join(rest)}", **parts)).images


@pytest.mark.parametrize(
    "picture",
    [
        f'<img src="{LARGE}">',
        f'<img src="{SMALL}" data-native-src="{LARGE}">',
        f'<img src="/blank.gif" data-lazy="{LARGE}">',
        f'<img src="{DOT}" data-hi-res-src="{LARGE}">',
        f'<img src="{DOT}" data-lazy-srcset="{LARGE} 1200w, {SMALL} 60w">',
        f'<img srcset="{LARGE} 1200w, {SMALL} 60w">',
        f'<img srcset="{SMALL} 1x, {LARGE} 2x">',
        f'<picture><source data-srcset="{LARGE}"><img src="{DOT}"></picture>',
        f'<picture><source srcset="{LARGE} 1200w, {SMALL} 300w"><img alt=""></picture>',
        f'<div><img src="{SMALL}"><img data-src="{LARGE}"></div>',
        f"<div style=\"background-image:url('{LARGE}')\"></div>",
        f'<div data-src="{LARGE}"></div>',
    ],
)
def test_largest_address_of_a_picture_is_taken(picture: str) -> None:
    found = images(f"<figure>{picture}<figcaption>{CAPTION}</figcaption></figure>")

    assert [(image.url, image.caption) for image in found] == [(LARGE, CAPTION)]


@pytest.mark.parametrize("figure", ["<figure>{}</figure>", "<p>{}</p>", '<div class="lead-image">{}</div>'])
def test_picture_without_caption_is_listed(figure: str) -> None:
    assert [image.url for image in images(figure.format(f'<img src="{LARGE}" alt="">'))] == [LARGE]


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/icon-mail.png" width="16" height="16">',
        '<img class="avatar" src="/holt.jpg">',
        '<img src="/logo.svg">',
        '<a href="/news/other"><img src="/other.jpg"></a>',
        '<aside><img src="/other.jpg"></aside>',
        '<div class="related"><img src="/other.jpg"></div>',
    ],
)
def test_icons_portraits_and_pictures_of_other_stories_are_not(picture: str) -> None:
    assert images(picture) == ()


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img src='{0}'><figcaption>{1}</figcaption></figure>",
        "<figure aria-label='{1}'><img src='{0}'></figure>",
        "<figure><img src='{0}' aria-describedby=c1></figure><p id=c1>{1}</p>",
        "<div class=photo data-caption='{1}'><img src='{0}'></div>",
        "<div class=picture><img src='{0}'><div>{1}</div></div>",
        "<div class=slide><img src='{0}'><span class=slide-info>{1}</span></div>",
    ],
)
def test_caption_is_found_and_is_not_in_the_text(figure: str) -> None:
    first, *rest = (f"<p>{text}</p>" for text in TEXT)
    article = article_of_page(html_of(body=f"{first}{figure.format(LARGE, CAPTION)}{''.join(rest)}"))

    assert [image.caption for image in article.images] == [CAPTION]
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    ("written", "credit"),
    [
        (f"{CAPTION} <span>Jana Dolenz / Reuters</span>", "Jana Dolenz / Reuters"),
        (f"<span>{CAPTION}</span><span class=source>Getty Images</span>", "Getty Images"),
        (f"{CAPTION} (AAP)", "AAP"),
        ("冬の埠頭（代表撮影）", "代表撮影"),
        (f"{CAPTION} <em>Supplied</em>", "Supplied"),
    ],
)
def test_credit_is_split_from_its_caption(written: str, credit: str) -> None:
    (image,) = images(f'<figure><img src="{LARGE}"><figcaption>{written}</figcaption></figure>')

    assert (image.creditText, image.caption) == (credit, "冬の埠頭" if "撮影" in credit else CAPTION)


@pytest.mark.parametrize("size", ["-1024x576", "-scaled", "", "@2x"])
def test_stated_lead_picture_and_its_rendition_in_the_text_are_one(size: str) -> None:
    head = '<meta property="og:image" content="https://img.lanternpost.example/2026/longer-pier.jpg">'
    figure = f'<figure><img src="/2026/longer-pier{size}.jpg"><figcaption>{CAPTION}</figcaption></figure>'

    (image,) = images(figure, head=head)
    assert image.caption == CAPTION


@pytest.mark.parametrize("name", ["twitter:image", "og:image"])
def test_picture_that_is_only_stated_for_sharing_leads(name: str) -> None:
    article = article_of_page(html_of(head=f'<meta property="{name}" content="{LARGE}">'))

    assert article.mainImage is not None
    assert article.mainImage.url == LARGE


def test_sentence_that_opens_the_text_and_stands_under_its_picture_stays() -> None:
    figure = f'<figure><img src="{LARGE}"><figcaption>{TEXT[0]}</figcaption></figure>'

    assert article_of_page(html_of(above=figure)).paragraphs == TEXT
