"""The text of a page by its layout: paragraphs, dateline, and what stood in the text but is none of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from selectolax.lexbor import LexborNode

from newscrawl.extract.body.appended_stories import other_stories_after, other_stories_within
from newscrawl.extract.body.boilerplate import MAX_LABEL, announces_other_stories
from newscrawl.extract.body.links import links_in, stories_in
from newscrawl.extract.body.live_blog import parts_of_post, posts_once
from newscrawl.extract.body.read_also import without_pointers
from newscrawl.extract.body.repair import Gathered, gather, release
from newscrawl.extract.html.classify import BIO, CHROME, EMBED, FIGURE, HIDDEN, RELATED, Regions, roles_in
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import BOX, BREAK, outermost, paragraphs_of, places, take_out, text_of, within
from newscrawl.extract.text import comparable
from newscrawl.items import Link, Removed
from newscrawl.site import Layout

_MAX_POSTS = 2_000
"""Posts of a live blog that are read."""

_MAX_CONTAINERS = 50
"""Elements that look like the text's container and are tried."""

_MAX_BOXES = 3_000
"""Figures, embeds and boxes of one text that are told apart."""


_ENDS_SENTENCE = re.compile(r"\w{4,}[.!?…]['\"»”’]?\s*$")
_PULL_QUOTES = ".pullquote, .pull-quote, .wsw__pullquote, aside.quote"
_MAX_QUOTES = 20
_EMPHASISED = "h2, h3, h4, h5, h6, blockquote, p > strong:only-child, p > b:only-child"
_TEXT_BLOCKS = "p, div, blockquote, ul, h2, h3"
"""What no dateline holds."""


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
    is_displaced: bool = False
    """Whether broken tags had pushed a part of the text out of its container."""
    words: frozenset[str] = frozenset()
    """Short headings, quotations and emphasised lines of the text."""
    post_starts: list[int] = field(default_factory=list)
    """Which paragraphs the posts of a live blog begin with."""

    @property
    def pieces(self) -> list[list[str]]:
        """The paragraphs of the text, then of each post: each ends with a credit line and a bio of its own."""
        edges = (0, *self.post_starts, len(self.paragraphs))
        return [self.paragraphs[start:end] for start, end in pairwise(edges)]


def body_of(page: Page, layout: Layout) -> Body:
    """The text of the page by ``layout``; an empty body where the layout finds none. Changes the page's tree."""
    body = Body()
    foreign = Regions(page, layout.foreign)
    apart = ", ".join(filter(None, (layout.posts, layout.other_stories)))
    has_apart = page.first(apart) is not None
    posts = _posts(page, layout) if has_apart else []
    containers = _containers(page, layout, foreign, places(posts))
    gathered = gather(page, containers[0], layout, places(containers), foreign) if containers else Gathered()
    body.is_displaced = gathered.is_displaced
    around = page.whole if body.is_displaced else page
    posts = _posts(around, layout) if body.is_displaced else posts
    body.is_live_blog = bool(posts)
    for post in posts:
        take_out(post, BREAK)
    after = _read_text(page, containers, layout, body) or _from(gathered.end)
    has_apart = has_apart or body.is_displaced
    below = around.all(layout.other_stories)[:_MAX_BOXES] if has_apart else []  # those within the text are gone
    body.related += stories_in(page, after)
    for node in outermost(below):
        body.related += links_in(page, node)
    for post in posts_once(posts):
        _read_post(page, post, layout, body, foreign)
    return body


def _posts(page: Page, layout: Layout) -> list[LexborNode]:
    """Return the posts of a live blog; one that was left open holds those that follow it."""
    return list({post.mem_id: post for post in page.all(layout.posts)[:_MAX_POSTS]}.values())


def _from(node: LexborNode | None) -> list[LexborNode]:
    """Return ``node`` and the elements that follow it in its parent."""
    found: list[LexborNode] = []
    while node is not None and len(found) < _MAX_BOXES:
        if node.is_element_node:
            found.append(node)
        node = node.next
    return found


def _containers(page: Page, layout: Layout, foreign: Regions, posts: frozenset[int]) -> list[LexborNode]:
    """What may hold the text, in the layout's order of selectors, without what is about something else."""
    for selector in layout.body:
        nodes = page.all(selector)[:_MAX_CONTAINERS]
        found = [node for node in nodes if not foreign.hold(node) and not within(node, posts)]
        if any(_has_text(node) for node in found):
            return found
    return []


def _has_text(node: LexborNode) -> bool:
    text = node.text()
    return bool(text) and not text.isspace()


def _read_text(page: Page, containers: list[LexborNode], layout: Layout, body: Body) -> list[LexborNode]:
    """Read the first container with text. Return what follows the text and is other stories."""
    for container in containers:
        _read_container(page, container, layout, body)
        if body.paragraphs:
            return other_stories_after(container)
    return []


def _read_container(page: Page, container: LexborNode, layout: Layout, body: Body) -> None:
    _take_out_other_stories(page, container, layout, body)
    found = roles_in(container, layout, is_standard=page.is_standard)
    boxes_in = [(node, role) for node, role in found if role in (FIGURE, EMBED, RELATED)][:_MAX_BOXES]
    if release(container, boxes_in, layout):
        found = roles_in(container, layout, is_standard=page.is_standard)
    boxes = places(_take_out_boxes(page, container, found, body))
    _take_out_dateline(container, layout, body)
    for node, role in found:
        if role in (CHROME, HIDDEN) and not within(node, boxes) and not _holds_text(node, container):
            take_out(node)
    _take_out_pull_quotes(container, body)
    paragraphs = paragraphs_of(container)
    if any(len(paragraph) <= MAX_LABEL for paragraph in paragraphs):
        body.words |= _words_of_text(container)
    pointed = without_pointers(page, container, paragraphs)
    body.paragraphs += pointed.paragraphs
    body.related += pointed.links
    body.removed += pointed.removed


def _take_out_pull_quotes(container: LexborNode, body: Body) -> None:
    """Take out quotations that repeat words of the text in large letters."""
    quotes = container.css(_PULL_QUOTES)[:_MAX_QUOTES]
    for quote in quotes:
        words = comparable(text_of(quote) or "")
        if words and comparable(container.text()).count(words) > 1:
            _note(quote, "boilerplate", body)
            take_out(quote)


def _words_of_text(container: LexborNode) -> frozenset[str]:
    """Return the short headings, quotations and emphasised lines, which are text even if they are words of buttons."""
    nodes = container.css(_EMPHASISED)[:_MAX_BOXES]
    return frozenset(text for node in nodes if len(node.text()) <= 2 * MAX_LABEL and (text := text_of(node)))


def _read_post(page: Page, post: LexborNode, layout: Layout, body: Body, foreign: Regions) -> None:
    """A post of a live blog: one paragraph with its time and title, then its text."""
    body.post_starts.append(len(body.paragraphs))
    parts = parts_of_post(post, layout, foreign)
    gather(page, parts.texts[-1], layout, frozenset(), foreign)
    if parts.heading:
        body.paragraphs.append(parts.heading)
    for node in parts.of_heading:
        take_out(node)
    body.figures += parts.figures(roles_in(post, layout, is_standard=page.is_standard))
    for text in parts.texts:
        _read_container(page, text, layout, body)


def _take_out_boxes(
    page: Page, container: LexborNode, found: list[tuple[LexborNode, int]], body: Body
) -> list[LexborNode]:
    """What was taken out: figures, read-also boxes, bios, embeds, everything in the text that is a thing of its own."""
    in_order = [(node, role) for node, role in found if role < CHROME and not _is_text(node, role, body)][:_MAX_BOXES]
    if not in_order:
        return []
    roles = {node.mem_id: role for node, role in in_order}
    boxes = outermost([node for node, _ in in_order], container)
    alone = {node.mem_id for node in boxes}
    chrome = places(node for node, role in found if role >= CHROME)
    for node in outermost([node for node, role in in_order if role != EMBED], container):
        if node.tag != "img" or (node.mem_id in alone and not within(node, chrome)):  # in an embed it is a still
            _read_box(page, node, roles[node.mem_id], body)
    boxes = [node for node in boxes if node.tag != "img"]  # which may stand within a sentence, and holds no text
    for node in boxes:
        if roles[node.mem_id] == EMBED:
            _note_texts(node, body)
        take_out(node, BOX)
    return boxes


def _is_text(node: LexborNode, role: int, body: Body) -> bool:
    """Return whether a box is text: a figure with a quotation or a table, the tweet that is a post of a live blog."""
    if role == EMBED:
        return bool(body.post_starts) and node.tag == "blockquote"
    return (
        role == FIGURE
        and node.tag == "figure"
        and node.css_first("blockquote, table, pre") is not None
        and node.css_first("img, picture") is None
    )


def _holds_text(node: LexborNode, container: LexborNode) -> bool:
    """Return whether most of the text is in an element: in the form of ASP.NET, in what a script would show."""
    return (node.tag == "form" or "style" in node.attributes) and 2 * len(node.text(strip=True)) > len(
        container.text(strip=True)
    )


def _read_box(page: Page, node: LexborNode, role: int, body: Body) -> None:
    if role == FIGURE:
        body.figures.append(node)
        return
    if role == RELATED:
        body.related += links_in(page, node)
    _note(node, "bio" if role == BIO else "related", body)


def _note_texts(embed: LexborNode, body: Body) -> None:
    """Texts of embedded posts and boxes, and what stands under a player, are text that readers saw: it is on record."""
    has_player = embed.css_first("video, audio") is not None
    for text in outermost(embed.css("blockquote, .intro" if has_player else "blockquote, p, li")[:_MAX_BOXES], embed):
        _note(text, "embed", body)


def _note(node: LexborNode, reason: str, body: Body) -> None:
    text = text_of(node)
    if text:
        body.removed.append(Removed(text, reason))


def _take_out_dateline(container: LexborNode, layout: Layout, body: Body) -> None:
    node = container.css_first(layout.dateline) if layout.dateline else None
    if node is None:
        return
    if node.css_first(_TEXT_BLOCKS) is not None:  # left open: the text that follows lies in it
        opening = node.first_child
        if opening is None or not opening.is_text_node:
            return
        node = opening
    elif _ENDS_SENTENCE.search(node.text()) is not None:
        return  # left open: the first sentence lies in it
    if body.dateline or body.post_starts:
        _note(node, "dateline", body)
    else:
        body.dateline = text_of(node)
    take_out(node)


def _take_out_other_stories(page: Page, container: LexborNode, layout: Layout, body: Body) -> None:
    """What a stacked page appends to its own story."""
    nodes = other_stories_within(container, layout)
    elements = [node for node in nodes if node.is_element_node]
    is_line = bool(elements) and announces_other_stories(text_of(elements[0]) or "")  # whose link leads to a listing
    body.related += stories_in(page, elements[1:] if is_line else elements)
    for node in nodes:
        if node.is_element_node:
            _note(node, "related", body)
        take_out(node)
