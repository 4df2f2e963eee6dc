"""Pages outside every site profile: trafilatura finds the text and fills what the page does not state of itself.

trafilatura is imported when the first such page comes: that takes a third of a second, which crawls and replays of
sites with a profile never need.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from newscrawl.extract.body.body import Body
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import outermost, places, text_of
from newscrawl.extract.jsonld.parse import Item, is_json
from newscrawl.extract.jsonld.values import plain
from newscrawl.extract.metadata.metadata import language_of
from newscrawl.extract.people.authors import stated_authors
from newscrawl.extract.text import clean
from newscrawl.site import Layout

GENERAL = Layout(
    name="general",
    caption="figcaption, [class*=caption i]:not(html, body, main, article, figure, svg)",
    credit="figcaption cite, figcaption small, [class*=credit i], [class*=copyright i], [class*=photographer i], "
    "figcaption [class*=source i], figcaption [class*=rights i], figcaption [class*=quelle i]",
    foreign="nav, aside, footer, [class*=related i], [class*=teaser i], [class*=promo i], [class*=recommend i]",
)
"""What most news pages have in common; their titles and bylines are too often another's ("Log in", teasers)."""

_WHOLE = frozenset({"html", "body", "main", "article"})
"""Their classes tell of the page, not of a part of it."""

_MAX_FIGURES = 200
_MAX_PARTS = 50
"""Elements within one caption that may look like captions themselves."""

_CAPTION_HEIGHT = 4
"""Levels from a caption up to the element that holds its picture too."""

_MAX_TAGS = 9_000
"""Tags that trafilatura is given: that many links in one paragraph take it 1.3 seconds, and the time grows with the
square of their number. The largest of 339 news pages had 7,418."""

_MAX_LENGTH = 2_000_000
"""Characters that it is given; the largest of 339 news pages had 1.7 million, most of them scripts."""

_MAX_BLOCKS = 3_000
"""Blocks of a page from which trafilatura is to do without jusText, its second opinion, whose time grows with the
square of their number: 6,000 list items took three seconds. The most of 339 news pages had 1,973."""

_BLOCKS = (
    *("blockquote", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "form", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "legend", "li", "option", "p", "pre", "table", "td", "textarea", "th", "tr", "ul"),
)
"""What parts paragraphs for jusText."""

_LIST_MARK = "- "


def general_body(page: Page, item: Item, fetched: datetime) -> tuple[Body, Item]:
    """The text of any page, empty where there is none, and ``item`` with its gaps filled.

    The JSON-LD's ``articleBody`` is taken where it holds more than twice what was found: then what was found is a
    teaser, a caption or a notice.
    """
    is_described = _is_described(page, item)
    document = _document(page, fetched, with_metadata=not is_described)
    lines = (document.text or "").splitlines() if document else ()
    paragraphs = [paragraph for line in lines if (paragraph := clean(line.removeprefix(_LIST_MARK)))]
    stated = _stated_paragraphs(item.get("articleBody"))
    if sum(map(len, stated)) > 2 * sum(map(len, paragraphs)):
        paragraphs = stated
    guessed = {} if is_described else _guessed(document)
    guessed.pop("datePublished", None)
    return Body(paragraphs=paragraphs), {**guessed, **{key: value for key, value in item.items() if value}}


def _is_described(page: Page, item: Item) -> bool:
    """Whether the page states all that trafilatura would guess, which takes it as long as half of the text does."""
    if not (item.get("datePublished") and item.get("description")):
        return False
    return bool(stated_authors(page, item, language_of(page, item, None)))


def general_figures(page: Page) -> list[LexborNode]:
    """The elements that hold a picture with its caption, outside of what is not the article's."""
    found: dict[int, LexborNode | None] = {}
    for caption in _captions(page):
        figure = _picture_around(caption)
        if figure is not None and figure.mem_id not in found:
            found[figure.mem_id] = figure if figure.tag == "figure" or _has_one_caption(figure) else None
    return [figure for figure in found.values() if figure is not None]


def _captions(page: Page) -> list[LexborNode]:
    """The captions outside of what may be another article's."""
    captions = [node for node in page.all(GENERAL.caption)[:_MAX_FIGURES] if _is_caption(node)]
    boxes = places(node for node in page.all(GENERAL.foreign) if node.tag not in _WHOLE) if captions else ()
    if not boxes:
        return captions
    links = page.all("a[href]")
    linked, holding = places(links), _around(links)
    return [caption for caption in captions if not _leads_elsewhere(caption, boxes, linked, holding)]


def _around(nodes: list[LexborNode]) -> set[int]:
    """The places of the elements that hold one of ``nodes``."""
    holding = set[int]()
    for node in nodes:
        outer = node.parent
        while outer is not None and outer.mem_id not in holding:
            holding.add(outer.mem_id)
            outer = outer.parent
    return holding


def _leads_elsewhere(caption: LexborNode, boxes: Container[int], linked: Container[int], holding: set[int]) -> bool:
    """Whether it lies in a box that holds a link or lies in one; what leads nowhere belongs to this article."""
    in_box = False
    outer = caption.parent
    while outer is not None:
        in_box = in_box or outer.mem_id in boxes
        if (outer.mem_id in boxes and outer.mem_id in holding) or (in_box and outer.mem_id in linked):
            return True
        outer = outer.parent
    return False


def _is_caption(node: LexborNode) -> bool:
    """Whether it may be one: what is called "caption" may be the whole figure, or a paragraph with its picture."""
    if node.tag == "figcaption" or node.css_first("img, picture") is None:
        return True
    return node.tag == "p" and bool(text_of(node))


def _picture_around(caption: LexborNode) -> LexborNode | None:
    """The nearest element around ``caption`` with a picture."""
    figure: LexborNode | None = caption
    for _ in range(_CAPTION_HEIGHT):
        figure = figure.parent if figure is not None else None
        if figure is None or figure.tag == "figure" or figure.css_first("img, picture") is not None:
            return figure
    return None


def _has_one_caption(figure: LexborNode) -> bool:
    captions = figure.css(GENERAL.caption)
    return len(captions) <= _MAX_PARTS and len(outermost(list(filter(_is_caption, captions)))) <= 1


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


def _document(page: Page, fetched: datetime, *, with_metadata: bool) -> Any:
    from trafilatura import bare_extraction  # late: see above

    tree = _tree(page.html)
    if tree is None:
        return None
    # Dates after the capture are none: without max_date the clock would decide.
    dates = {"original_date": True, "extensive_search": True, "max_date": fetched.date().isoformat()}
    return bare_extraction(
        tree,
        url=page.url,
        fast=_block_count(tree) > _MAX_BLOCKS,
        include_comments=False,
        with_metadata=with_metadata,
        date_extraction_params=dates,
    )


def _block_count(tree: Any) -> int:
    """How many paragraphs jusText may see in the page."""
    return sum(1 for _ in tree.iter(*_BLOCKS))


def _tree(html: str) -> Any:
    """trafilatura's tree of the page, None where it makes none; without scripts that look like JSON and are none.

    Those it searches with expressions whose time grows with the square of their length; we have repaired and read them.
    """
    from trafilatura import load_html

    tree = load_html(_cut(html))
    if tree is None or tree.tag != "html":  # an element alone before the doctype, which cannot be taken out of itself
        return None
    for script in list(tree.iter("script")):
        if "json" in (script.get("type") or "") and not is_json(script.text_content()):
            script.drop_tree()
    return tree


def _cut(html: str) -> str:
    pieces = html[:_MAX_LENGTH].split("<", _MAX_TAGS + 1)
    if len(pieces) <= _MAX_TAGS + 1:
        return html[:_MAX_LENGTH]
    return "<".join(pieces[:-1])
