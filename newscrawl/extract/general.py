"""Pages outside every site profile: trafilatura finds the text and fills what the page does not state of itself.

trafilatura is imported when the first such page comes: that takes a third of a second, which crawls and replays of
sites with a profile never need.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from newscrawl.extract.blocks import outermost, within
from newscrawl.extract.body import Body
from newscrawl.extract.entities import plain
from newscrawl.extract.page import Page
from newscrawl.extract.structured import Item, is_json
from newscrawl.extract.text import clean
from newscrawl.site import Layout

GENERAL = Layout(
    name="general",
    published="time[datetime]",
    caption="figcaption, [class*=caption i]",
    credit="figcaption cite, figcaption small, [class*=credit i], [class*=copyright i], [class*=photographer i], "
    "figcaption [class*=source i], figcaption [class*=rights i], figcaption [class*=quelle i]",
    foreign="nav, aside, footer, [class*=related i], [class*=teaser i], [class*=promo i], [class*=recommend i]",
)
"""What most news pages have in common; their titles and bylines are too often another's ("Log in", teasers)."""

_MAX_FIGURES = 200
_CAPTION_HEIGHT = 4
"""Levels from a caption up to the element that holds its picture too."""

_MAX_TAGS = 12_000
"""Tags that trafilatura is given: that many take it up to half a second. The largest of 339 news pages had 7,418."""

_MAX_LENGTH = 2_000_000
"""Characters that it is given; the largest of 339 news pages had 1.7 million, most of them scripts."""

_LIST_MARK = "- "


def general_body(page: Page, item: Item, fetched: datetime) -> tuple[Body, Item]:
    """The text of any page, empty where there is none, and ``item`` with its gaps filled.

    The JSON-LD's ``articleBody`` is taken where it holds more than twice what was found: then what was found is a
    teaser, a caption or a notice.
    """
    document = _document(page, fetched)
    lines = (document.text or "").splitlines() if document else ()
    paragraphs = [paragraph for line in lines if (paragraph := clean(line.removeprefix(_LIST_MARK)))]
    stated = _stated_paragraphs(item.get("articleBody"))
    if sum(map(len, stated)) > 2 * sum(map(len, paragraphs)):
        paragraphs = stated
    return Body(paragraphs=paragraphs), {**_guessed(document), **{key: value for key, value in item.items() if value}}


def general_figures(page: Page) -> list[LexborNode]:
    """The elements that hold a picture with its caption, outside of what is not the article's."""
    foreign = page.all(GENERAL.foreign)
    captions = [node for node in page.all(GENERAL.caption)[:_MAX_FIGURES] if not within(node, foreign)]
    found = {figure.mem_id: figure for node in captions if (figure := _figure_around(node)) is not None}
    return list(found.values())


def _figure_around(caption: LexborNode) -> LexborNode | None:
    """The nearest element around ``caption`` with a picture; None where that holds other captions too."""
    figure: LexborNode | None = caption
    for _ in range(_CAPTION_HEIGHT):
        figure = figure.parent if figure is not None else None
        if figure is None:
            return None
        if figure.tag == "figure" or figure.css_first("img, picture") is not None:
            captions = outermost(figure.css(GENERAL.caption))
            return figure if len(captions) <= 1 or figure.tag == "figure" else None
    return None


def _stated_paragraphs(value: object) -> list[str]:
    if not isinstance(value, str):
        return []
    return [text for line in value.splitlines() if (text := plain(line))]


def _guessed(document: Any) -> Item:
    """What trafilatura takes from the page's markup, in JSON-LD's terms; it never replaces what is stated."""
    if document is None:
        return {}
    names = (document.author or "").split(";")
    return {
        "creator": [{"name": name} for text in names if (name := clean(text))],
        "datePublished": document.date,
        "description": document.description,
    }


def _document(page: Page, fetched: datetime) -> Any:
    from trafilatura import bare_extraction  # late: see above

    tree = _tree(page.html)
    if tree is None:
        return None
    # Dates after the capture are none: without max_date the clock would decide.
    dates = {"original_date": True, "extensive_search": True, "max_date": fetched.date().isoformat()}
    return bare_extraction(tree, url=page.url, include_comments=False, with_metadata=True, date_extraction_params=dates)


def _tree(html: str) -> Any:
    """trafilatura's tree of the page, None where it makes none; without scripts that look like JSON and are none.

    Those it searches with expressions whose time grows with the square of their length; we have repaired and read them.
    """
    from trafilatura import load_html

    tree = load_html(_cut(html))
    for script in list(tree.iter("script")) if tree is not None else ():
        if "json" in (script.get("type") or "") and not is_json(script.text_content()):
            script.drop_tree()
    return tree


def _cut(html: str) -> str:
    pieces = html[:_MAX_LENGTH].split("<", _MAX_TAGS + 1)
    if len(pieces) <= _MAX_TAGS + 1:
        return html[:_MAX_LENGTH]
    return "<".join(pieces[:-1])
