"""On a page of no site a date comes only from what states it."""

from __future__ import annotations

import pytest

from newscrawl.extract.metadata.publication_dates import _MODIFIED_METAS, _PUBLISHED_METAS
from tests.extract.general_page import TEXT, URL, article_of_page, html_of

STATED = "2026-03-19T18:30:00+01:00"


@pytest.mark.parametrize("name", _PUBLISHED_METAS)
@pytest.mark.parametrize("attribute", ["name", "property"])
def test_each_name_of_a_meta_states_the_date_of_publication(name: str, attribute: str) -> None:
    article = article_of_page(html_of(head=f'<meta {attribute}="{name}" content="{STATED}">'))

    assert (article.datePublished, article.dateModified) == (STATED, None)


@pytest.mark.parametrize("name", _MODIFIED_METAS)
def test_a_date_of_change_is_never_taken_for_one_of_publication(name: str) -> None:
    article = article_of_page(html_of(head=f'<meta name="{name}" content="{STATED}">'))

    assert (article.datePublished, article.dateModified) == (None, STATED)


@pytest.mark.parametrize(
    "line",
    [
        "<time>March 19, 2026</time>",
        '<time datetime="2026-03-19">yesterday</time>',
        "<p class=date>March 19, 2026</p>",
        "<p>19 March 2026</p>",
        "<div><span>By Ann Lee</span> <span>March 19, 2026</span></div>",
        "<p class=meta>Updated March 20, 2026. Published March 19, 2026</p>",
        "<p>Updated <time datetime=2026-03-20>today</time></p><p>Published <time datetime=2026-03-19>19</time></p>",
        '<span property="dc:date" content="2026-03-19">on Thursday</span>',
    ],
)
def test_a_date_shown_beside_the_headline_is_that_of_publication(line: str) -> None:
    assert (article_of_page(html_of(above=line)).datePublished or "")[:10] == "2026-03-19"


@pytest.mark.parametrize(
    "parts",
    [
        {"after": "<aside><time datetime=2025-12-24>Dec 24</time></aside>"},
        {"below": "<div class=comments><time datetime=2026-03-19>a day ago</time></div>"},
        {"above": "<a href=/news/other><time datetime=2026-03-18>another story</time></a>"},
        {"above": "<p class=event>The fair of the town is on March 18, 2026, as it was last year.</p>"},
        {"above": "<p>Last updated March 19, 2026</p>"},
        {"above": "<time datetime=2027-06-01>June 1, 2027</time>"},
        {"body": f"<p>{TEXT[0]}</p><p>The pier was built on February 3, 2019, he said.</p><p>{TEXT[1]}</p>"},
        {"body": f"<p>{TEXT[0]}</p><img src=/uploads/2024/07/06/pier.jpg><p>{TEXT[1]}</p><p>{TEXT[2]}</p>"},
        {"head": '<script>var build = "2026-03-19T10:00:00Z";</script>'},
        {"head": '<link rel=stylesheet href="/2026/03/19/site.css">'},
        {"below": "<p>&copy; 1998-2026 Lantern Post, March 19, 2026</p><p>Posted in News</p>"},
    ],
)
def test_a_date_of_something_else_is_not_taken(parts: dict[str, str]) -> None:
    assert article_of_page(html_of(**parts)).datePublished is None


@pytest.mark.parametrize("path", ["/2026/03/19/pier", "/news/2026-03-19-pier", "/20260319/pier.html"])
def test_the_day_in_the_url_is_taken_where_nothing_else_states_it(path: str) -> None:
    url = f"https://www.lanternpost.example{path}"

    assert article_of_page(html_of(), url).datePublished == "2026-03-19T00:00:00+00:00"
    stated = article_of_page(html_of(head='<meta name=date content="2026-03-18T10:00:00Z">'), url)
    assert stated.datePublished == "2026-03-18T10:00:00+00:00"


def test_a_shown_time_completes_a_stated_day() -> None:
    page = html_of(head="<meta name=date content=2026-03-19>", above="<time datetime=2026-03-19T08:15:00Z>8:15</time>")

    assert article_of_page(page).datePublished == "2026-03-19T08:15:00+00:00"
    assert article_of_page(page.replace("03-19T", "03-11T"), URL).datePublished == "2026-03-19T00:00:00+00:00"
