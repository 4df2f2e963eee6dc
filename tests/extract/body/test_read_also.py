"""Paragraphs that send the reader to another story leave the text; their links are kept."""

from __future__ import annotations

import pytest

from newscrawl.extract.phrases.read_also import ALSO_READ
from newscrawl.items import Article, Link
from tests.extract.chain import article_of
from tests.extract.pangea import Pangea

FIRST, LAST = "The bridge was closed for nine days, said the mayor.", "It carries 4,000 cars an hour, he added."
MILL = '<a class="wsw__a" href="/a/mill/32900001.html">The Mill Of 1912 Burns</a>'
FERRY = '<a class="wsw__a" href="/a/ferry/32900002.html">A Ferry For Nine Days</a>'
TO_MILL = Link("https://www.rferl.org/a/mill/32900001.html", "The Mill Of 1912 Burns")
TO_FERRY = Link("https://www.rferl.org/a/ferry/32900002.html", "A Ferry For Nine Days")


def article_with(markup: str) -> Article:
    return article_of(Pangea(wsw=f"<p>{FIRST}</p>\n{markup}\n<p>{LAST}</p>").capture())


@pytest.mark.parametrize("language", sorted(ALSO_READ))
def test_the_link_is_kept_in_every_language(language: str) -> None:
    for phrase in ALSO_READ[language]:
        article = article_with(f"<p><strong>{phrase.capitalize()}:</strong> {MILL}</p>")

        assert article.paragraphs == (FIRST, LAST), phrase
        assert article.relatedLinks == (TO_MILL,), phrase
        assert [removed.reason for removed in article.removed] == ["related"], phrase


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>READ MORE {MILL}</p>",
        f"<p><em>READ MORE: {MILL}.</em></p>",
        f"<h3>READ MORE: {MILL}</h3>",
        f"<ul><li>Read also: {MILL}</li></ul>",
        f"<div>Read also: {MILL}</div>",
        f"<blockquote><p>▶ Read also: {MILL}</p></blockquote>",
        '<p><a href="/a/mill/32900001.html"><b>READ MORE:</b> The Mill Of 1912 Burns</a></p>',
        f"<p>Read also:<br/>{MILL}</p>",
        f"<p>Read also:</p><p>{MILL}</p>",
        f"<p><strong>Read also</strong> {MILL}</p>",
        f"<p><strong>Читайте также</strong><br/>{MILL}</p>",
        f"<p>Прочетете още {MILL}</p>",
        f"<p><b>بیشتر بخوانید</b> {MILL}</p>",
        f"<h3>Read also</h3><p>{MILL}</p>",
        f"<p>Читайте також</p><p>• {MILL}</p>",
    ],
)
def test_it_is_told_in_any_dress(markup: str) -> None:
    article = article_with(markup)

    assert article.paragraphs == (FIRST, LAST)
    assert article.relatedLinks == (TO_MILL,)


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>Read also: {MILL}, {FERRY}</p>",
        f"<p>Read also:</p><ul><li>{MILL}</li><li>{FERRY}</li></ul>",
        f"<h4>Read also</h4><p>{MILL}</p><p>{FERRY}</p>",
        f"<p>READ MORE: {MILL}</p><p>READ MORE: {FERRY}</p>",
        f"<p>Читайте также:<br/>{MILL}<br/>{FERRY}</p>",
    ],
)
def test_several_stories_may_be_pointed_to(markup: str) -> None:
    article = article_with(markup)

    assert article.paragraphs == (FIRST, LAST)
    assert article.relatedLinks == (TO_MILL, TO_FERRY)


def test_lines_of_2012_point_too() -> None:
    wsw = f"{FIRST}<br/><br/>Read also: {MILL}<br/><br/>{LAST}"

    article = article_of(Pangea(wsw=wsw).capture())

    assert article.paragraphs == (FIRST, LAST)
    assert article.relatedLinks == (TO_MILL,)


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{FIRST}<br/>READ MORE: {MILL}</p><p>{LAST}</p>",
        f"<p>{FIRST}<br/><strong>Читайте также:</strong> {MILL}<br/>{LAST}</p><p></p>",
        f"<p>READ MORE: {MILL}<br/>{FIRST}</p><p>{LAST}</p>",
    ],
)
def test_it_may_be_a_line_of_a_paragraph(markup: str) -> None:
    article = article_of(Pangea(wsw=markup).capture())

    assert article.paragraphs == (FIRST, LAST)
    assert article.relatedLinks == (TO_MILL,)


def test_other_lines_of_a_paragraph_stay_together() -> None:
    article = article_of(Pangea(wsw=f"<p>Ice,<br/>and read more:<br/>snow.</p><p>{LAST}</p>").capture())

    assert article.paragraphs == ("Ice, and read more: snow.", LAST)


def test_the_link_of_a_sentence_that_has_its_words_is_none() -> None:
    kyiv = '<a href="/a/kyiv/32900003.html">Mill</a>'

    article = article_with(f"<p>Her {kyiv} is quiet.</p><p>READ MORE: {MILL}</p>")

    assert article.paragraphs == (FIRST, "Her Mill is quiet.", LAST)
    assert article.relatedLinks == (TO_MILL,)


@pytest.mark.parametrize(
    "text",
    [
        f"Read more {MILL} and tell the mayor.",
        f"Читайте также {MILL} и слушайте мэра.",
        f"По теме {MILL} высказался мэр.",
        f"Watch {MILL}",
        f"See also the plan, and {MILL}",
    ],
)
def test_a_sentence_with_a_link_stays(text: str) -> None:
    article = article_with(f"<p>{text}</p>")

    assert len(article.paragraphs) == 3
    assert article.relatedLinks == ()


def test_a_linked_paragraph_of_text_after_a_pointer_stays() -> None:
    article = article_with(f"<p>READ MORE: {MILL}</p><p>{FERRY}</p>")

    assert article.paragraphs == (FIRST, "A Ferry For Nine Days", LAST)


def test_a_pointer_without_a_link_leaves_as_well() -> None:
    article = article_with("<p>READ MORE: The Mill Of 1912 Burns</p>")

    assert article.paragraphs == (FIRST, LAST)
    assert article.relatedLinks == ()


def test_nothing_but_a_pointer_keeps_no_text_alive() -> None:
    own = "https://www.rferl.org/a/bridge-reopens-after-flood/32900000.html"

    article = article_with(f'<p>READ MORE: <a href="{own}">The Bridge</a></p>')

    assert article.paragraphs == (FIRST, LAST)
    assert article.relatedLinks == ()
