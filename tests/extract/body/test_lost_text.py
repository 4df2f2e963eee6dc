"""An article says so where its page shows text that it does not have."""

from __future__ import annotations

import pytest

from newscrawl.extract.body.lost_text import MESSAGE
from newscrawl.items import Article
from tests.extract.chain import article_of
from tests.extract.pangea import Pangea

FIRST = "The bridge over the Wend was opened again on April 27, nine days after the flood had closed it to all cars."
LOST = "Lorries over 20 tons wait until the new bearings are in, which the roads office expects to be in the autumn."


def _lost(article: Article) -> list[str]:
    assert article.metadata is not None
    return [message for message in article.metadata.validationMessages if message.startswith(MESSAGE)]


def test_text_in_a_place_that_no_layout_knows_is_reported() -> None:
    page = Pangea(wsw=f"<p>{FIRST}</p>", beside=f'<div class="new-box"><p>{LOST}</p><p>{LOST[::-1]}</p></div>')
    article = article_of(page.capture())

    assert _lost(article) == [f"{MESSAGE}: {2 * len(LOST)} characters"]
    assert article.paragraphs == (FIRST,)


@pytest.mark.parametrize(
    "chrome",
    [
        '<div class="media-block-wrap"><p>{}</p></div>',
        '<div class="region"><p>{}</p></div>',
        '<div id="comments"><p>{}</p></div>',
        '<div class="c-author"><p>{}</p></div>',
        '<div class="new-box"><p><a href="/a/x/1234567.html">{}</a></p></div>',
        '<aside class="new-box"><p>{}</p></aside>',
    ],
)
def test_text_of_the_page_around_the_article_is_not_reported(chrome: str) -> None:
    article = article_of(Pangea(wsw=f"<p>{FIRST}</p>", after=chrome.format(LOST) * 3).capture())

    assert _lost(article) == []


def test_text_that_is_in_another_field_is_not_reported() -> None:
    wsw = f"<p>{FIRST}</p><div class='wsw__embed'><blockquote class='twitter-tweet'><p>{LOST}</p></blockquote></div>"

    assert _lost(article_of(Pangea(wsw=wsw).capture())) == []
