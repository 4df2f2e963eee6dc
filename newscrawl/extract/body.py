"""The text of a page by its layout: paragraphs, dateline, and what stood in the text but is none of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from newscrawl.extract.blocks import BOX, BREAK, outermost, paragraphs_of, places, take_out, text_of, within
from newscrawl.extract.boilerplate import announces_other_stories
from newscrawl.extract.links import links_in
from newscrawl.extract.page import Page
from newscrawl.extract.read_also import without_pointers
from newscrawl.extract.roles import BIO, CHROME, EMBED, FIGURE, RELATED, Regions, roles_in
from newscrawl.extract.text import clean
from newscrawl.items import Link, Removed
from newscrawl.site import Layout

_MAX_POSTS = 2_000
"""Posts of a live blog that are read."""

_MAX_CONTAINERS = 50
"""Elements that look like the text's container and are tried."""

_HEADINGS = "h2, h3, h4"
_MAX_HEADINGS = 200
"""Headings of one text that are read for one that announces other stories."""

_MAX_BOXES = 3_000
"""Figures, embeds and boxes of one text that are told apart."""


@dataclass(slots=True)
class Body:
    """What the container of the text held."""

    paragraphs: list[str] = field(default_factory=list)
    dateline: str | None = None
    figures: list[LexborNode] = field(default_factory=list)
    """Figures in reading order, out of the text, still readable."""
    related: list[Link] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    is_live_blog: bool = False


def body_of(page: Page, layout: Layout) -> Body:
    """The text of the page by ``layout``; an empty body where the layout finds none. Changes the page's tree."""
    body = Body()
    has_apart = page.first(", ".join(filter(None, (layout.posts, layout.other_stories)))) is not None
    posts = outermost(page.all(layout.posts)[:_MAX_POSTS]) if has_apart else []
    body.is_live_blog = bool(posts)
    for post in posts:
        take_out(post, BREAK)
    _read_text(page, layout, body)
    below = page.all(layout.other_stories)[:_MAX_BOXES] if has_apart else []  # those within the text are gone
    for node in outermost(below):
        body.related += links_in(page, node)
    for post in posts:
        _read_post(page, post, layout, body)
    return body


def _read_text(page: Page, layout: Layout, body: Body) -> None:
    """The first container with text, in the layout's order of selectors, that is not about something else."""
    read: set[int] = set()
    foreign = Regions(page, layout.foreign)
    for selector in layout.body:
        for container in page.all(selector)[:_MAX_CONTAINERS]:
            if container.mem_id in read or foreign.hold(container):
                continue
            read.add(container.mem_id)
            _read_container(page, container, layout, body)
            if body.paragraphs:
                return


def _read_container(page: Page, container: LexborNode, layout: Layout, body: Body) -> None:
    _take_out_other_stories(page, container, layout, body)
    found = roles_in(container, layout, is_standard=page.is_standard)
    boxes = places(_take_out_boxes(page, container, found, body))
    _take_out_dateline(container, layout, body)
    for node, role in found:
        if role == CHROME and not within(node, boxes):
            take_out(node)
    pointed = without_pointers(page, container, paragraphs_of(container))
    body.paragraphs += pointed.paragraphs
    body.related += pointed.links
    body.removed += pointed.removed


def _read_post(page: Page, post: LexborNode, layout: Layout, body: Body) -> None:
    """A post of a live blog: one paragraph with its time and title, then its text."""
    time = post.css_first(layout.post_time) if layout.post_time else None
    title = post.css_first(layout.post_title) if layout.post_title else None
    heading = " ".join(part for part in (_instant(time), text_of(title)) if part)
    if heading:
        body.paragraphs.append(heading)
    text = post.css_first(layout.post_text) if layout.post_text else None
    for node in (time, title):
        if node is not None:
            take_out(node)
    _read_container(page, text if text is not None else post, layout, body)


def _instant(time: LexborNode | None) -> str | None:
    """The time of a post: exact where the page states it, else as it shows it ("28 minutes ago")."""
    if time is None:
        return None
    return clean(time.attributes.get("datetime") or "") or text_of(time)


def _take_out_boxes(
    page: Page, container: LexborNode, found: list[tuple[LexborNode, int]], body: Body
) -> list[LexborNode]:
    """What was taken out: figures, read-also boxes, bios, embeds, everything in the text that is a thing of its own."""
    in_order = [(node, role) for node, role in found if role != CHROME][:_MAX_BOXES]
    if not in_order:
        return []
    roles = {node.mem_id: role for node, role in in_order}
    boxes = outermost([node for node, _ in in_order], container)
    alone = {node.mem_id for node in boxes}
    chrome = places(node for node, role in found if role == CHROME)
    for node in outermost([node for node, role in in_order if role != EMBED], container):
        if node.tag != "img" or (node.mem_id in alone and not within(node, chrome)):  # in an embed it is a still
            _read_box(page, node, roles[node.mem_id], body)
    boxes = [node for node in boxes if node.tag != "img"]  # which may stand within a sentence, and holds no text
    for node in boxes:
        if roles[node.mem_id] == EMBED:
            _note_quotes(node, body)
        take_out(node, BOX)
    return boxes


def _read_box(page: Page, node: LexborNode, role: int, body: Body) -> None:
    if role == FIGURE:
        body.figures.append(node)
        return
    if role == RELATED:
        body.related += links_in(page, node)
    _note(node, "bio" if role == BIO else "related", body)


def _note_quotes(embed: LexborNode, body: Body) -> None:
    """Quotes of embedded posts are text that readers saw: their removal is on record."""
    for quote in embed.css("blockquote"):
        _note(quote, "embed", body)


def _note(node: LexborNode, reason: str, body: Body) -> None:
    text = text_of(node)
    if text:
        body.removed.append(Removed(text, reason))


def _take_out_dateline(container: LexborNode, layout: Layout, body: Body) -> None:
    node = container.css_first(layout.dateline) if layout.dateline else None
    if node is not None:
        body.dateline = body.dateline or text_of(node)
        take_out(node)


def _take_out_other_stories(page: Page, container: LexborNode, layout: Layout, body: Body) -> None:
    """What a stacked page appends to its own story, from the marker to the end of the container."""
    marker = container.css_first(layout.other_stories) if layout.other_stories else None
    if marker is None:
        marker = next((node for node in container.css(_HEADINGS)[:_MAX_HEADINGS] if _is_end(node)), None)
    if marker is None:
        return
    for node in list(_onwards(marker, container)):
        if node.is_element_node:
            body.related += links_in(page, node)
            _note(node, "related", body)
        take_out(node)


def _is_end(heading: LexborNode) -> bool:
    """Whether the page's own story ends before this heading: not where it opens the text."""
    return heading.prev is not None and announces_other_stories(text_of(heading) or "")


def _onwards(marker: LexborNode, container: LexborNode) -> Iterator[LexborNode]:
    """``marker`` and all that follows it within ``container``."""
    yield marker
    level: LexborNode | None = marker
    while level is not None and level.mem_id != container.mem_id:
        sibling = level.next
        while sibling is not None:
            yield sibling
            sibling = sibling.next
        level = level.parent
