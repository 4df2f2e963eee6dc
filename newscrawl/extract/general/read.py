"""Read the text of a page of any site, with the structured data's ``articleBody`` as a witness."""

from __future__ import annotations

from newscrawl.extract.body.body import Body
from newscrawl.extract.general.outline import Outline
from newscrawl.extract.general.text_finder import FoundText, find_text
from newscrawl.extract.html.page import Page
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import plain_paragraphs
from newscrawl.extract.text import clean

_TEASER = 2
"""How many times as long ``articleBody`` must be as the text found, for that to be a teaser, a caption or a notice."""


def general_body(page: Page, item: Item) -> tuple[Body, FoundText, Outline]:
    """Return the text of a page, empty if it has none, where it was found, and the page's outline."""
    outline = Outline(page)
    found = find_text(outline)
    paragraphs = [text for paragraph in found.paragraphs if (text := clean(paragraph))]
    stated = plain_paragraphs(item.get("articleBody"))
    if sum(map(len, stated)) > _TEASER * sum(map(len, paragraphs)):
        paragraphs = stated
    return Body(paragraphs=paragraphs), found, outline
