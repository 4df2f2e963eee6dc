"""The text of elements: where paragraphs end, and where words do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.extract.html.paragraphs import paragraphs_of, text_of
from newscrawl.items import Article
from tests.extract.chain import article_of
from tests.extract.pangea import capture_of_page

PICTURE = '<img src="http://gdb.rferl.org/53CF439D-4388-4929-93C2-FE5EDEEE191A_w270_s.jpg" alt="The old quay in Mill">'


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("One<br>two<br/>three", ["One", "two", "three"]),
        ("One<br><br>two<br>&nbsp;<br>three<br>four", ["One", "two", "three four"]),
        (
            "One<br>\u200b<br>two<br>\ufeff<br>three<br>\u2060 &shy;<br>four<br>five",
            ["One", "two", "three", "four five"],
        ),
        ("<p>One<br>two<br>three</p>", ["One", "two", "three"]),
        ("<p>One<br>two</p><p>three</p>", ["One two", "three"]),
        ("<h3>Head</h3>One<br>two<br>three", ["Head", "One", "two", "three"]),
        ("One<br><b>two<br>three</b><p>With reporting by AFP</p>", ["One", "two", "three", "With reporting by AFP"]),
        ("One<br>two<ul><li>a<br>b</li></ul>three<br>four", ["One", "two", "a b", "three", "four"]),
        ("<h3>Head</h3>One<br>two<br><br>three", ["Head", "One two", "three"]),
        (f"One<br>{PICTURE}<br>two<br>three", ["One", "two", "three"]),
        (f"One<br><a href='x'>{PICTURE}</a><br>two<br>three", ["One", "two", "three"]),
        (f"One<br><br>two<br>{PICTURE}<br>three<br>four", ["One", "two", "three four"]),
        (f"<p>One {PICTURE} two<br>three</p><p>four</p>", ["One two three", "four"]),
        ("<strong>One<br><br></strong>two<a>x<br></a><br>three", ["One", "twox", "three"]),
    ],
)
def test_where_paragraphs_end(markup: str, paragraphs: list[str]) -> None:
    assert paragraphs_of(_element(markup)) == paragraphs


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Bridge<br>Reopens", "Bridge Reopens"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("<span>See Also:</span><a><h4>Title</h4></a><div>Blurb</div>", "See Also: Title Blurb"),
        ("<b>Bri</b>dge, <i>old</i>", "Bridge, old"),
        ("<table><tr><td>A</td><td>12</td></tr><tr><td>B</td></tr></table>", "A 12 B"),
        ("", None),
    ],
)
def test_blocks_part_words_in_a_line_of_text(markup: str, text: str | None) -> None:
    assert text_of(_element(markup)) == text


def test_a_picture_between_lines_is_no_blank_line_of_a_text_in_lines() -> None:
    article = _page_of_2013(
        f"The bridge is closed.<br>{PICTURE}<br>The old quay in Mill<br>The river rises.<br>It rains."
    )

    assert article.paragraphs == ("The bridge is closed.", "The river rises.", "It rains.")
    assert [removed.text for removed in article.removed] == ["The old quay in Mill"]


def test_neither_is_a_figure() -> None:
    figure = f'<div class="contentImage">{PICTURE}<div class="imageCaption">The old quay in Mill</div></div>'
    article = _page_of_2013(f"The bridge is closed.<br>{figure}<br>The river rises.<br>It rains.")

    assert article.paragraphs == ("The bridge is closed.", "The river rises.", "It rains.")
    assert [image.caption for image in article.images] == ["The old quay in Mill"]


def _page_of_2013(wsw: str) -> Article:
    return article_of(
        capture_of_page(
            f'<!DOCTYPE html><html lang="en"><head><title>Bridge</title></head><body><h1 class="title">Bridge</h1>'
            f'<div class="date">May 01, 2013</div><div class="wsw">{wsw}</div></body></html>',
            "https://www.rferl.org/content/bridge/24970000.html",
            date=datetime(2013, 5, 2, tzinfo=UTC),
        )
    )


def _element(markup: str):  # type: ignore[no-untyped-def]  # a node of the parser, whose type says nothing here
    return LexborHTMLParser(f"<div id='x'>{markup}</div>").css_first("#x")
