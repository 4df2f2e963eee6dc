"""Pages that hold no article give none; short articles do."""

from __future__ import annotations

import json

import pytest

from newscrawl.errors import NotAnArticle
from tests.extract.general_page import TEXT, URL, article_of_page, html_of

HOST = "https://www.lanternpost.example"
CARDS = "".join(f'<div><h3><a href="/n/{n}">Story number {n}</a></h3><p>In short {n}.</p></div>' for n in range(20))


def script(**item: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


POSTS = "".join(
    f'<div class="post-body"><p>{text} I think so too, number {n}.</p></div>' for n, text in enumerate(TEXT * 2)
)


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (html_of(head=script(**{"@type": "Product", "name": "Lantern"})), URL),
        (html_of(head='<meta property="og:type" content="product">'), URL),
        (html_of(head=script(**{"@type": "CollectionPage", "name": "Sea"})), URL),
        (html_of(body=POSTS), f"{HOST}/forum/threads/pier"),
        (html_of(head=script(**{"@type": "QAPage"}), body=POSTS), URL),
        (html_of(below='<i class="price">5</i>' * 9), URL),
        (html_of(), f"{HOST}/search?q=pier"),
        (html_of(), f"{HOST}/?s=pier"),
        (html_of(body=CARDS), f"{HOST}/"),
        (html_of(), f"{HOST}/docs/api/pier"),
        (html_of(title="404 - Page not found"), URL),
        (html_of(title="Just a moment..."), URL),
        (html_of(title="Access denied"), URL),
        ("<html><body><nav><a href=/a>A</a></nav></body></html>", URL),
    ],
)
def test_other_pages_give_no_article(html: str, url: str) -> None:
    with pytest.raises(NotAnArticle):
        article_of_page(html, url)


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (html_of(), URL),
        (html_of(body=f"<p>{TEXT[0]}</p>"), URL),
        (html_of(body=f"<p>{'渔民说冬天的风太大，旧码头不够长。' * 13}</p>", lang=' lang="zh"'), URL),
        (html_of(head=script(**{"@type": "NewsArticle", "headline": "Pier"})), f"{HOST}/docs/2026/search/pier"),
        (html_of(head='<meta property="og:type" content="article">', below=CARDS), URL),
        (html_of(title="Error 404 in the harbour's new song: a review"), URL),
    ],
)
def test_articles_give_one_however_short(html: str, url: str) -> None:
    assert article_of_page(html, url).paragraphs
