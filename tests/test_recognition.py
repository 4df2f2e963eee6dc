"""A page of the family is recognised by its markup, whatever host it comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawl.items import Article
from tests.extract.chain import article_of
from tests.extract.pangea import Pangea

MIRROR = "https://d0a1b2c3d4e5f6.cloudfront.net/a/bridge-reopens-after-flood/32900000.html"
ARCHIVED = "https://web.archive.org/web/20240429120000/https://www.rferl.org/a/bridge-reopens-after-flood/32900000.html"


def _article(page: Pangea, url: str) -> Article:
    return article_of(replace(page.capture(), url=url))


@pytest.mark.parametrize(
    ("page", "site"),
    [
        (Pangea(), "rferl"),
        (Pangea(url=MIRROR, utag='domain:"www.radiosvoboda.org"', json_ld=None), "radiosvoboda"),
        (Pangea(url=MIRROR, json_ld={"publisher": {"@type": "Organization", "name": "Радіо Свобода"}}), "radiosvoboda"),
        (Pangea(url=MIRROR, json_ld=None), None),
    ],
    ids=["by canonical", "by utag_data", "by publisher", "not stated"],
)
def test_page_on_mirror_is_read_by_layout_and_names_its_service(page: Pangea, site: str | None) -> None:
    article = _article(page, MIRROR)

    assert article.metadata is not None
    assert (article.metadata.layout, article.metadata.site) == ("pangea-2024", site)
    assert article.paragraphs == _article(Pangea(), Pangea().url).paragraphs
    assert article.url == MIRROR


def test_page_from_web_archive_is_read_as_its_original() -> None:
    live = _article(Pangea(), Pangea().url)
    archived = _article(Pangea(), ARCHIVED)

    assert archived.url == ARCHIVED
    assert archived.metadata is not None
    assert archived.metadata.originalUrl == Pangea().url
    assert replace(archived, url="", metadata=None) == replace(live, url="", metadata=None)


def test_addresses_that_web_archive_rewrote_become_those_of_originals() -> None:
    prefix = "https://web.archive.org/web/20240429120000"
    wsw = (
        f'<p>The bridge was closed for nine days.</p><figure><img src="{prefix}im_/https://gdb.rferl.org/a.jpg"></figure>'
        '<div class="also-read"><a href="/web/20240429120000/https://www.rferl.org/a/x/1234567.html">Before</a></div>'
    )
    article = _article(Pangea(wsw=wsw), ARCHIVED)

    assert [image.url for image in article.images] == ["https://gdb.rferl.org/a.jpg"]
    assert [link.url for link in article.relatedLinks] == ["https://www.rferl.org/a/x/1234567.html"]


def test_archived_page_is_read_with_layout_of_its_own_time() -> None:
    url = ARCHIVED.replace("20240429120000", "20160429120000")

    article = _article(Pangea(), url)

    assert article.metadata is not None
    assert article.metadata.layout == "pangea-2015"


def test_page_of_another_system_is_not_recognised() -> None:
    html = '<html><body class="post"><div class="wsw"><p>A text of some length, which is not the family\'s.</p></div>'
    capture = replace(Pangea().capture(), url="https://example.org/2024/some-page", payload=html.encode())

    article = article_of(replace(capture, payload=html.replace("<body", "<title>T</title><body").encode()))

    assert article.metadata is not None
    assert article.metadata.layout == "general"
