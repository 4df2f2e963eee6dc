"""Count text that a page shows and an article does not have: what broken markup put where no layout looks."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.extract.html.classify import Regions
from newscrawl.extract.html.page import Page
from newscrawl.extract.text import clean, comparable
from newscrawl.site import Layout

MIN_PARAGRAPH = 80
"""Characters of a paragraph that counts: page furniture has shorter lines."""

MIN_LOST = 160
"""Characters from which an article says that text was lost."""

_MAX_PARAGRAPHS = 1_000
_OPENING = 60
"""Characters by which a paragraph is looked up in what was kept."""

_ELSEWHERE = "nav, header, footer, aside, form, figcaption, figure, dialog"
"""What holds no text of a story, in pages of all years."""

MESSAGE = "text outside the body"
"""How the message begins that says so."""


def lost_text(page: Page, layout: Layout, kept: Iterable[str | None]) -> str | None:
    """Return the message that text was lost; None where the article has all that the page shows outside its chrome.

    ``kept`` are the texts that the article has in any of its fields.
    """
    texts = "\n".join(filter(None, kept))
    known: str | None = None
    boxes: Regions | None = None
    lost = 0
    for node in page.all("p")[:_MAX_PARAGRAPHS]:
        text = node.text()
        if len(text) < MIN_PARAGRAPH or text.strip()[:_OPENING] in texts:
            continue
        known = known if known is not None else comparable(texts)
        line = clean(text)
        if comparable(line[:_OPENING]) in known or len(line) < MIN_PARAGRAPH:
            continue
        boxes = boxes or Regions(page, _chrome(layout))
        if not boxes.hold(node) and 2 * sum(len(anchor.text()) for anchor in node.css("a")) < len(line):
            lost += len(line)
    return f"{MESSAGE}: {lost} characters" if lost >= MIN_LOST else None


def _chrome(layout: Layout) -> str:
    parts = (layout.chrome, layout.related, layout.bio, layout.foreign, layout.beside, layout.embeds, layout.players)
    return ", ".join(filter(None, (*parts, layout.other_stories, layout.posts, layout.description, _ELSEWHERE)))
