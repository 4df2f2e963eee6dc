"""Addresses that browsers understand though no URL may be written so: an article is not lost over one."""

from __future__ import annotations

import pytest

from newscrawl.extract.html.urls import Base
from tests.extract.chain import article_of
from tests.extract.pangea import Pangea, also_read, capture_of_page

BASE = Base("https://www.rferl.org/a/x/32900000.html")


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("/a b.jpg", "https://www.rferl.org/a%20b.jpg"),
        (" https://gdb.rferl.org/a b.jpg\n", "https://gdb.rferl.org/a%20b.jpg"),
        ("https://gdb.rferl.org/a\tb\n.jpg", "https://gdb.rferl.org/ab.jpg"),
        ("https://gdb.rferl.org/a\u00a0b\u2028c.jpg", "https://gdb.rferl.org/a%C2%A0b%E2%80%A8c.jpg"),
        ("https://gdb.rferl.org/a\x1fb\x00.jpg", "https://gdb.rferl.org/a%1Fb%00.jpg"),
        ("//gdb.rferl.org/міст.jpg", "https://gdb.rferl.org/міст.jpg"),
        ("", None),
        (" \n", None),
        ("#", None),
        ("#comments", None),
        ("https://exa mple.org/a.jpg", None),
        ("http://@/x", None),
        ("http://:80/x", None),
        ("http://[", None),
        ("data:image/gif;base64,AA", None),
        ("javascript:void(0)", None),
    ],
)
def test_an_address_becomes_a_url_or_nothing(address: str, url: str | None) -> None:
    assert BASE.joined(address) == url


@pytest.mark.parametrize("address", ["/a b.jpg", "https://exa mple.org/a.jpg", "http://@/x", "/a\u00a0b", "#", " "])
def test_no_article_is_lost_over_an_address(address: str) -> None:
    page = Pangea(
        wsw=f'<p>The bridge is open.</p><figure><img src="{address}"></figure>{also_read(address, "Ferry")}'
        f'<div class="media-pholder"><video src="{address}"></video></div>',
        bylines=[("Ann Lee", address)],
        json_ld={"image": address, "author": {"@type": "Person", "name": "Ann Lee", "url": address}},
    )
    html = page.html().replace(
        f'<link href="{page.url}" rel="canonical" />', f'<link href="{address}" rel="canonical">'
    )

    article = article_of(capture_of_page(html, page.url))

    assert article.paragraphs == ("The bridge is open.",)
    assert [author.name for author in article.authors] == ["Ann Lee"]
    assert page.url not in [image.url for image in article.images]
