"""The text of an element as paragraphs, by its blocks and line breaks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from selectolax.lexbor import LexborNode

from newscrawl.extract.text import clean

BREAK = "\x1e"
"""Stands between paragraphs while the text is one string (ASCII record separator; pages cannot hold it, see below)."""

LINE = "\x1f"
"""Stands for ``<br>`` (ASCII unit separator)."""

_MAX_LEVELS = 20
"""Levels from a part of a paragraph up to the block that is the paragraph."""

_MAX_BLOCKS = 20_000
"""Blocks of one text that are told apart: a live blog of a thousand posts has 10,000."""

_BLOCKS = frozenset({
    "p", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre",
    "hr", "table", "tr", "section", "article", "aside", "header", "footer", "address", "figure", "figcaption",
    "details", "summary", "center", "amp-img",
})  # fmt: skip
_TEXT_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote"})
_CELLS = frozenset({"td", "th"})
_BLANK_LINE = re.compile(f"{LINE}\\s*(?:{LINE}\\s*)+")


def paragraphs_of(node: LexborNode) -> list[str]:
    """The paragraphs of ``node`` in reading order, each clean and none empty.

    A block begins and ends a paragraph; two line breaks in a row separate paragraphs. A single line break is a blank,
    unless nothing else structures the text: then each line is a paragraph, as in pages of about 2012. The tree is
    changed on the way: markers are set into it.
    """
    lines = blocks = 0
    elements = [(element, element.tag) for element in node.css("*")]
    for block, tag in [pair for pair in elements if pair[1] in _BLOCKS][:_MAX_BLOCKS]:
        if tag == "br":
            block.insert_before(LINE)
            lines += 1
        else:
            block.insert_before(BREAK)
            block.insert_after(BREAK)
            blocks += tag in _TEXT_BLOCKS
    for cell, _ in [pair for pair in elements if pair[1] in _CELLS][:_MAX_BLOCKS]:
        cell.insert_after(" ")
    marked = node.text()
    if lines:
        marked, blank_lines = _BLANK_LINE.subn(BREAK, marked)
        marked = marked.replace(LINE, " " if blocks or blank_lines else BREAK)
    pieces = marked.split(BREAK)
    return [paragraph for piece in pieces if piece and not piece.isspace() and (paragraph := clean(piece))]


def text_of(node: LexborNode | None) -> str | None:
    """The text of ``node`` as one clean line; None where there is none."""
    return (clean(node.text()) or None) if node is not None else None


def block_of(node: LexborNode, root: LexborNode) -> LexborNode | None:
    """The block that ``node`` is a part of, ``root`` at the most; None where it lies too deep to be a paragraph's."""
    for _ in range(_MAX_LEVELS):
        parent = node.parent
        if parent is None or parent.mem_id == root.mem_id or parent.tag in _BLOCKS:
            return parent
        node = parent
    return None


def outermost(nodes: list[LexborNode], root: LexborNode | None = None) -> list[LexborNode]:
    """``nodes``, each once, without those that lie within another of them; all lie within ``root``, where it is given.

    A list of selectors gives a node once for each selector that it matches.
    """
    if len(nodes) < 2:
        return nodes
    by_id = {node.mem_id: node for node in nodes}
    edge = root.mem_id if root is not None else None
    return [node for node in by_id.values() if not _has_ancestor(node, by_id, edge)]


def places(nodes: Iterable[LexborNode]) -> frozenset[int]:
    """What tells ``nodes``, for :func:`within`."""
    return frozenset(node.mem_id for node in nodes)


def within(node: LexborNode, outer: frozenset[int]) -> bool:
    """Whether ``node`` lies within one of the nodes whose :func:`places` are ``outer``."""
    return bool(outer) and _has_ancestor(node, outer)


def take_out(node: LexborNode, mark: str = "") -> None:
    """Unlink ``node`` from the tree, leaving ``mark``; what refers to it or into it stays readable."""
    if mark:
        node.insert_before(mark)
    node.decompose(recursive=False)


def _has_ancestor(node: LexborNode, ids: Container[int], edge: int | None = None) -> bool:
    while node.mem_id != edge and (parent := node.parent) is not None:
        if parent.mem_id in ids:
            return True
        node = parent
    return False
