"""The parts of a live blog's post: its time and title, its texts, the pictures beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from newscrawl.extract.html.classify import BIO, CHROME, FIGURE, RELATED, Regions
from newscrawl.extract.html.paragraphs import outermost, places, text_of, within
from newscrawl.extract.text import clean
from newscrawl.site import Layout

_MAX_PARTS = 200
"""Elements of one post that may be its time, its title, its text."""

_NO_YEAR = "0001-"
"""How the CMS begins a date that it does not have."""


class PostParts(NamedTuple):
    """A post taken apart."""

    post: LexborNode
    heading: str | None
    """Its time and title in one line."""
    of_heading: tuple[LexborNode, ...]
    """What the heading was read of."""
    texts: Sequence[LexborNode]

    def figures(self, roles: Iterable[tuple[LexborNode, int]]) -> list[LexborNode]:
        """The figures beside the texts, by the ``roles`` of the post's elements."""
        texts = places(self.texts)
        if self.post.mem_id in texts:
            return []
        apart = [(node, role) for node, role in roles if not within(node, texts) and node.mem_id not in texts]
        others = places(node for node, role in apart if role in (RELATED, BIO, CHROME))
        figures = [node for node, role in apart if role == FIGURE and not within(node, others)]
        return outermost(figures, self.post)


def posts_once(posts: Iterable[LexborNode]) -> Iterator[LexborNode]:
    """``posts`` without those that stood before under the same id: a pinned post stands above the others too."""
    seen: set[str] = set()
    for post in posts:
        name = post.attributes.get("id")
        if name not in seen:
            yield post
        if name:
            seen.add(name)


def parts_of_post(post: LexborNode, layout: Layout, foreign: Regions) -> PostParts:
    """The parts of ``post``: its time and title stand beside its text, or the time opens it."""
    found = post.css(layout.post_text)[:_MAX_PARTS] if layout.post_text else []
    texts = outermost([node for node in found if not foreign.hold(node)], post) or [post]
    edge = places(texts) - {post.mem_id}
    time = _beside(post, layout.post_time, edge) or _opening(texts[0], layout.post_time)
    title = _beside(post, layout.post_title, edge)
    heading = " ".join(part for part in (_instant(time), text_of(title)) if part)
    return PostParts(post, heading or None, tuple(node for node in (time, title) if node is not None), texts)


def _beside(post: LexborNode, selector: str, texts: frozenset[int]) -> LexborNode | None:
    nodes = post.css(selector)[:_MAX_PARTS] if selector else []
    return next((node for node in nodes if not within(node, texts)), None)


def _opening(text: LexborNode, selector: str) -> LexborNode | None:
    """The time that a text begins with."""
    time = text.css_first(selector) if selector else None
    shown = text_of(time)
    return time if shown and (text_of(text) or "").startswith(shown) else None


def _instant(time: LexborNode | None) -> str | None:
    """The time of a post: exact where the page states it, else as it shows it ("28 minutes ago")."""
    if time is None:
        return None
    stated = clean(time.attributes.get("datetime") or "")
    return text_of(time) if not stated or stated.startswith(_NO_YEAR) else stated
