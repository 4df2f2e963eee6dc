"""The text of a page of any site is found whatever stands around it."""

from __future__ import annotations

from itertools import product

import pytest

from tests.extract.general_page import HEADLINE, TEXT, article_of_page, html_of

CARD = (
    '<{0} class="{1}"><h3><a href="/news/other-{2}">Another story number {2}</a></h3><p>A short summary {2}.</p></{0}>'
)
FURNITURE = {
    "newsletter": '<div class="newsletterSignup"><p>Sign up for our letter and read the news first.</p></div>',
    "share": '<ul class="share-tools"><li>Share this story with your friends and family today.</li></ul>',
    "comments": "".join(
        f'<li class="comment"><p>I have lived here for {years} years and never saw a pier as long.</p></li>'
        for years in range(40)
    ),
    "consent": f'<div id="onetrust-consent-sdk"><p>{"We value your privacy and store cookies. " * 60}</p></div>',
    "caption": '<figure><img src="/pier.jpg"><figcaption>The pier in winter, seen from the quay.</figcaption></figure>',
    "hidden": '<p style="display:none !important">Never seen by readers of this page, however long they look.</p>',
    "links": '<ul><li><a href="/a">A link that leads elsewhere</a></li><li><a href="/b">A second one</a></li></ul>',
    "teasers": f"<section>{''.join(CARD.format('article', 'card', number) for number in range(78))}</section>",
    "list of teasers": f"<ul>{''.join(CARD.format('li', 'teaser', number) for number in range(20))}</ul>",
}


@pytest.mark.parametrize(("name", "place"), list(product(FURNITURE, ("above", "below", "after"))))
def test_parts_that_are_not_the_text_leave_it_as_it_is(name: str, place: str) -> None:
    assert article_of_page(html_of(**{place: FURNITURE[name]})).paragraphs == TEXT


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<ul><li>First, the piles.</li><li>Second, the deck.</li></ul>", ["First, the piles.", "Second, the deck."]),
        ("<blockquote><p>We waited.</p></blockquote>", ["We waited."]),
        ("<figure><blockquote>We waited for years.</blockquote></figure>", ["We waited for years."]),
        ("<h2>What comes next</h2>", ["What comes next"]),
        ("<table><tr><td>Pier</td><td>120 m</td></tr></table>", ["Pier 120 m"]),
        ("<pre>first line\n\nsecond line</pre>", ["first line", "second line"]),
        ('<p><a href="https://a.example/x">The letter is on the site of the council.</a></p>', None),
        (
            "<details><summary>Why now?</summary><p>Because of the wind.</p></details>",
            ["Why now?", "Because of the wind."],
        ),
    ],
)
def test_lists_quotations_headings_tables_and_code_stay(body: str, lines: list[str] | None) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    kept = lines or ["The letter is on the site of the council."]

    assert article_of_page(html_of(body=f"{text}{body}<p>{TEXT[0][:-1]}, again.</p>")).paragraphs[3:-1] == tuple(kept)


@pytest.mark.parametrize("wrapper", ["widget-container", "paywall", "article__teaser", "share-wrap", "modal"])
def test_word_that_names_most_of_the_text_does_not_exclude_it(wrapper: str) -> None:
    text = "".join(f'<div class="{wrapper}"><p>{paragraph}</p></div>' for paragraph in TEXT)
    whole = f'<div class="{wrapper}">{"".join(f"<p>{paragraph}</p>" for paragraph in TEXT)}</div>'

    assert article_of_page(html_of(body=whole)).paragraphs == TEXT
    if "teaser" not in wrapper:
        assert article_of_page(html_of(body=text)).paragraphs == TEXT


def test_text_that_a_script_shows_later_is_read() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)

    assert article_of_page(html_of(body="", after=f'<div hidden id="S:0">{text}</div>')).paragraphs == TEXT


def test_text_that_stands_twice_for_two_widths_is_read_once() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)

    assert article_of_page(html_of(body=f"<div>{text}</div><div>{text}</div>")).paragraphs == TEXT


@pytest.mark.parametrize(
    "line", ["<time>March 19, 2026</time>", "<p>By Mira Holt</p>", "<p>1/2</p>", f"<h1>{HEADLINE}</h1>"]
)
def test_byline_date_and_headline_above_the_text_are_not_in_it(line: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)

    assert article_of_page(html_of(body=f"{line}{text}")).paragraphs == TEXT


@pytest.mark.parametrize("escape", [False, True])
@pytest.mark.parametrize("markup", ["<p>{}</p>", "{}<br><br>", "<div>{}</div>\n"])
def test_article_body_of_structured_data_with_markup_is_read_as_paragraphs(markup: str, escape: bool) -> None:
    body = "".join(markup.format(paragraph) for paragraph in TEXT)
    body = body.replace("<", "&lt;").replace(">", "&gt;") if escape else body
    data = body.replace('"', '\\"').replace("\n", "\\n")
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{data}"}}</script>'

    assert article_of_page(html_of(head=head, body="<div id=app></div>")).paragraphs == TEXT


@pytest.mark.parametrize("tag", ["script", "iframe"])
def test_element_that_xhtml_ends_with_a_slash_swallows_nothing(tag: str) -> None:
    first, *rest = TEXT
    body = f'<p>{first}</p><{tag} src="https://x.example/a" />{"".join(f"<p>{text}</p>" for text in rest)}'

    assert article_of_page(html_of(body=body)).paragraphs == TEXT
