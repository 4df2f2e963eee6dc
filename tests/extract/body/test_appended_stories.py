"""Stacked news pages: the page's own story alone, the appended ones as links."""

from __future__ import annotations

import pytest

from newscrawl.items import Article, Link
from tests.extract.chain import article_of
from tests.extract.pangea import GUID, Pangea, embedded, figure

OWN = "<p>The bridge is closed.</p><p>It carries 4,000 cars.</p>"
CREDIT = "<p><em>With reporting by AFP</em></p>"
ROOF = (
    '<h3><a href="/a/school-roof/32900401.html">School Gets New Roof</a></h3>'
    + embedded(figure("The red roof", GUID.replace("d5d7", "1111")))
    + '<p>It is red, like <a href="/a/another-roof/31110000.html">another</a>.</p><p>With reporting by Reuters</p>'
)
HOURS = '<h3><a href="/a/library-hours/32900402.html">Library Open Longer</a></h3><p>The library closes at nine.</p>'
LINKS = (
    Link("https://www.rferl.org/a/school-roof/32900401.html", "School Gets New Roof"),
    Link("https://www.rferl.org/a/library-hours/32900402.html", "Library Open Longer"),
)


@pytest.mark.parametrize(
    "marker",
    [
        "<h2>All Of The Latest News</h2>",
        "<p><strong>See all News Updates of the Day</strong></p>",
        '<a href="/z/630">See all News Updates of the Day</a>',
        '<div><h5 class="section-head">All Of The Latest News</h5></div>',
    ],
)
@pytest.mark.parametrize("where", ["within", "after", "boxes after"])
def test_the_appended_stories_become_links(marker: str, where: str) -> None:
    own, stories = OWN + CREDIT, marker + ROOF + HOURS
    if where == "within":
        article = _page(own + stories)
    elif where == "after":
        article = _page(own, stories)
    else:
        article = _page(own, f'{marker}<div class="wsw">{ROOF}</div><div class="wsw">{HOURS}</div>')

    assert article.paragraphs == ("The bridge is closed.", "It carries 4,000 cars.")
    assert article.relatedLinks == LINKS
    assert article.sources == ("AFP",)
    assert article.images == ()


def test_an_announcement_that_opens_the_text_ends_nothing() -> None:
    assert _page(f"\n<h2>More News</h2>\n{OWN}").paragraphs[-1] == "It carries 4,000 cars."


def test_stories_without_linked_titles_give_the_links_they_hold() -> None:
    article = _page(f'{OWN}<h2>All Of The Latest News</h2><p>Roof: <a href="/a/school-roof/32900401.html">more</a></p>')

    assert article.relatedLinks == (Link("https://www.rferl.org/a/school-roof/32900401.html", "more"),)


def _page(wsw: str, after: str = "") -> Article:
    return article_of(Pangea(wsw=wsw, after=after).capture())
