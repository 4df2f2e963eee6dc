"""Authors of a page of any site: persons before the publisher, never a role, a label or an address."""

from __future__ import annotations

import pytest

from tests.extract.general_page import article_of_page, html_of

PUBLISHER = '<meta property="og:site_name" content="Lantern Post">'


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        ({"above": "<p class=byline>By Mira Holt</p>"}, ["Mira Holt"]),
        (
            {"above": "<p class=byline>By <a href=/staff/mira rel=author>Mira Holt</a> and Bo Day</p>"},
            ["Mira Holt", "Bo Day"],
        ),
        ({"above": "<a rel=author href=/a/mh>View all posts by Mira Holt</a>"}, ["Mira Holt"]),
        ({"above": "<div class=author>Mira Holt Senior Harbour Reporter</div>"}, ["Mira Holt"]),
        ({"above": "<p class=byline>Lantern Post | By Mira Holt</p>"}, ["Mira Holt"]),
        ({"above": "<p class=byline>By Mira Holt, Oakfield</p>"}, ["Mira Holt"]),
        (
            {"head": "<meta name=author content='Lantern Post'>", "above": "<p class=byline>By Mira Holt</p>"},
            ["Mira Holt"],
        ),
        (
            {"head": "<meta name=author content='Mira Holt'><meta name=author content='Bo Day'>"},
            ["Mira Holt", "Bo Day"],
        ),
        ({"head": "<meta property=article:author content='https://social.example/mira'>"}, []),
        ({"head": "<meta name=author content='/staff/mira-holt'>"}, []),
        ({"below": "<div class=comments><p class=author>By Bo Day</p></div>"}, []),
        ({"after": "<aside><p class=byline>By Bo Day</p></aside>"}, []),
    ],
)
def test_persons_that_the_page_names_are_its_authors(parts: dict[str, str], names: list[str]) -> None:
    parts = {**parts, "head": PUBLISHER + parts.get("head", "")}

    assert [author.name for author in article_of_page(html_of(**parts)).authors] == names


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<meta http-equiv="Content-Language" content="de-AT, en">', "de-AT"),
        ('<meta name="dc.language" content="fr">', "fr"),
        ('<meta property="og:locale" content="pt_BR">', "pt-BR"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","inLanguage":"uk"}</script>', "uk"),
        ("", None),
    ],
)
def test_language_comes_from_any_place_that_states_it(head: str, language: str | None) -> None:
    assert article_of_page(html_of(head=head, lang="")).inLanguage == language
