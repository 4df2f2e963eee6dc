"""The headline stands alone: without the name of the site or a section."""

from __future__ import annotations

import json

import pytest

from tests.extract.general_page import HEADLINE, article_of_page, html_of

SITE = '<meta property="og:site_name" content="Lantern Post">'


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} | Lantern Post",
        f"{HEADLINE}|Lantern Post",
        f"{HEADLINE} &gt; Lantern Post",
        f"{HEADLINE} — Lantern Post",
        f"{HEADLINE} | News | Lantern Post",
        f"{HEADLINE} - Sea - Lantern Post",
        f"Lantern Post: {HEADLINE}",
        f"Lantern Post | {HEADLINE}",
        f"{HEADLINE} | lanternpost.example",
    ],
)
def test_name_of_the_site_and_section_leave_the_title(title: str) -> None:
    assert article_of_page(html_of(head=SITE, title=title, heading="")).headline == HEADLINE


@pytest.mark.parametrize("title", ["Lantern Post", "Untitled", "Loading...", "Home", ""])
def test_heading_counts_where_the_title_names_no_article(title: str) -> None:
    assert article_of_page(html_of(title=title)).headline == HEADLINE


@pytest.mark.parametrize("title", ["Pier: first part - of two", "Why 2 > 1", "Fish: a history", "Well-known | unknown"])
def test_title_without_any_name_stays_whole(title: str) -> None:
    assert article_of_page(html_of(title=title.replace(">", "&gt;"), heading="")).headline == title


def test_heading_that_readers_saw_comes_before_a_title_for_search_engines() -> None:
    page = html_of(title="Longer pier: harbour council votes 2026 | Lantern Post", heading=f"<h1>{HEADLINE}</h1>")

    assert article_of_page(page).headline == HEADLINE


def test_escaped_headline_of_json_ld_is_resolved() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Smith&#039;s &amp;quot;Never&amp;quot;"})

    page = html_of(head=f'<script type="application/ld+json">{data}</script>')
    assert article_of_page(page).headline == 'Smith\'s "Never"'
