"""Stacked news pages, which append whole other stories to their own: where those begin, in the text or after it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from newscrawl.extract.body.boilerplate import MAX_LABEL, announces_other_stories
from newscrawl.site import Layout

_LINES = "h1, h2, h3, h4, h5, h6, p, a"
_MAX_LINES = 2_000
"""Lines of one text that are read for one that announces other stories."""

_MAX_SIBLINGS = 500
"""Elements after the text that are read for the same."""

_MAX_LEVELS = 300


def other_stories_within(container: LexborNode, layout: Layout) -> list[LexborNode]:
    """What of a text is other stories: from where they are announced to its end."""
    marker = container.css_first(layout.other_stories) if layout.other_stories else None
    if marker is None:
        lines = islice(container.css(_LINES), _MAX_LINES)
        marker = next((node for node in lines if _announces(node) and _follows_text(node, container)), None)
    return list(_onwards(marker, container)) if marker is not None else []


def other_stories_after(container: LexborNode) -> list[LexborNode]:
    """What follows a text beside it, from where other stories are announced."""
    siblings = islice(_siblings(container), _MAX_SIBLINGS)
    return [node for node in siblings if node.is_element_node] if any(map(_announces, siblings)) else []


def _announces(node: LexborNode) -> bool:
    """Whether an element says that other stories follow, and nothing else."""
    text = node.text()
    return len(text) <= 2 * MAX_LABEL and announces_other_stories(text.strip())


def _follows_text(node: LexborNode, container: LexborNode) -> bool:
    """Whether any text stands before ``node``: where it opens the text, what follows is the page's own."""
    for _ in range(_MAX_LEVELS):
        sibling = node.prev
        while sibling is not None:
            if not sibling.text().isspace() and sibling.text():
                return True
            sibling = sibling.prev
        parent = node.parent
        if parent is None or parent.mem_id == container.mem_id:
            return False
        node = parent
    return False


def _onwards(marker: LexborNode, container: LexborNode) -> Iterator[LexborNode]:
    """``marker`` and all that follows it within ``container``."""
    yield marker
    level: LexborNode | None = marker
    while level is not None and level.mem_id != container.mem_id:
        yield from _siblings(level)
        level = level.parent


def _siblings(node: LexborNode) -> Iterator[LexborNode]:
    """What follows ``node`` in its parent."""
    sibling = node.next
    while sibling is not None:
        yield sibling
        sibling = sibling.next
