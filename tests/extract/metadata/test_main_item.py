"""The structured data of the page's own article is found among that of others."""

from __future__ import annotations

import json
from html import escape
from itertools import permutations
from typing import Any

import pytest

from tests.extract.general_page import HEADLINE, URL, article_of_page, html_of

OWN = {
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": "2026-03-19T18:30:00+01:00",
    "author": {"@type": "Person", "name": "Mira Holt"},
}
OTHER = {
    "@type": "NewsArticle",
    "headline": "Bakers ask for longer hours",
    "url": "https://www.lanternpost.example/news/bakers",
    "datePublished": "2020-01-01T00:00:00Z",
    "author": {"@type": "Person", "name": "Someone Else"},
}
POST = {"@type": "SocialMediaPosting", "headline": "x", "author": "Someone Else", "datePublished": "2020-01-01"}


def script(value: Any) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


def read(head: str, **parts: str) -> tuple[list[str], str | None]:
    article = article_of_page(html_of(head=head, **parts))
    return [author.name for author in article.authors], article.datePublished


TAKEN = (["Mira Holt"], "2026-03-19T18:30:00+01:00")


@pytest.mark.parametrize("items", list(permutations((OWN, OTHER, POST))))
def test_own_item_is_told_by_its_headline_wherever_it_stands(items: tuple[dict[str, Any], ...]) -> None:
    assert read("".join(map(script, items))) == TAKEN
    assert read(script(list(items))) == TAKEN


@pytest.mark.parametrize("key", ["url", "mainEntityOfPage", "@id"])
@pytest.mark.parametrize("address", [URL, URL.replace("www.", "") + "/", {"@type": "WebPage", "@id": URL}])
def test_own_item_is_told_by_its_url_under_another_headline(key: str, address: Any) -> None:
    assert read(script([OTHER, {**OWN, "headline": "Pier: vote", key: address}])) == TAKEN


def test_item_of_another_page_alone_is_not_the_article() -> None:
    assert read(script(OTHER)) == ([], None)


@pytest.mark.parametrize(
    "data",
    [
        escape(json.dumps(OWN)),
        escape(escape(json.dumps(OWN))),
        f'{{"@type":"Organization"}}{{"@type":"WebSite"}}{json.dumps(OWN)}',
        f'{{"@type":"Organization","name":"Lantern"}},\n{json.dumps(OWN)}',
        json.dumps({"@type": "WebPage", "mainEntityOfPage": OWN}),
        json.dumps({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": OWN}]}),
        json.dumps({key if key == "@type" else f"schema:{key}": value for key, value in OWN.items()}),
        json.dumps({key if key == "@type" else f"http://schema.org/{key}": value for key, value in OWN.items()}),
        json.dumps({**OWN, "@type": "schema:NewsArticle"}),
        json.dumps({**OWN, "@type": "Review"}),
        json.dumps({key.lower(): value for key, value in OWN.items()}),
        json.dumps({**OWN, "description": "TEXT"}).replace("TEXT", 'The "old" pier: "closed", he said, and "left"'),
        json.dumps({**OWN, "description": "TEXT"}).replace('"description": "TEXT"', "“description”: “closed”"),
    ],
)
def test_each_form_of_json_ld_is_read(data: str) -> None:
    assert read(script(data)) == TAKEN


def test_microdata_and_rdfa_are_read() -> None:
    person = (
        '<span itemprop="author" itemscope itemtype="http://schema.org/Person"><b itemprop="name">Mira Holt</b></span>'
    )
    article = article_of_page(
        html_of(title="Lantern Post").replace(
            "<article>",
            '<article itemscope itemtype="https://schema.org/NewsArticle">'
            '<meta itemprop="datePublished" content="2026-03-19T18:30:00+01:00"><img itemprop="image" src="/pier.jpg">'
            f'{person}<span itemprop="headline">{HEADLINE}</span>',
        )
    )

    assert [author.name for author in article.authors] == ["Mira Holt"]
    assert (article.headline, article.datePublished) == (HEADLINE, "2026-03-19T18:30:00+01:00")
    assert article.mainImage is not None
    assert article.mainImage.url == "https://www.lanternpost.example/pier.jpg"
    rdfa = '<div typeof="schema:Article"><span property="schema:dateCreated" content="2026-03-19">x</span></div>'
    assert article_of_page(html_of(above=rdfa)).datePublished == "2026-03-19T00:00:00+00:00"


def test_gaps_of_the_own_item_are_filled_by_another_item_of_the_same_article() -> None:
    first = {key: value for key, value in OWN.items() if key != "author"}

    assert read(script([first, {**OWN, "datePublished": "2026-01-01"}])) == TAKEN
