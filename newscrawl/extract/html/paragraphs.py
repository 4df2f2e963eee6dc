"""The text of an element as paragraphs, by its blocks and line breaks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from itertools import pairwise

from selectolax.lexbor import LexborNode

from newscrawl.extract.phrases.read_also_labels import label_length, may_point
from newscrawl.extract.text import clean

BREAK = "\x1e"
"""Stands between paragraphs while the text is one string (ASCII record separator; pages cannot hold it, see below)."""

LINE, BARE_LINE = "\x1f", "\x1d"
"""Stand for ``<br>``: within a block, and in text that no block holds (ASCII unit and group separator)."""

PICTURE = "\x1c"
"""Stands for a picture: between two line breaks it is a line of its own, not a blank one (ASCII file separator)."""

BOX = PICTURE + BREAK
"""Stands for what was taken out of the text."""

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
_NOTHING = f"(?:(?!{PICTURE})[\\s\xad\u200b-\u200f\u2060\u2800\u3164\ufeff])*"
_EITHER = f"[{LINE}{BARE_LINE}]"
_BLANK_LINES = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+")
_LINE_BREAK = re.compile(_EITHER)
_BLANK_LINE = re.compile(f"{_EITHER}{_NOTHING}(?:{_EITHER}{_NOTHING})+")
_PICTURE_LINE = re.compile(f"{_EITHER}{_NOTHING}{PICTURE}(?:{PICTURE}|{_EITHER}|{_NOTHING[:-1]})*{_EITHER}")


def paragraphs_of(node: LexborNode) -> list[str]:
    """The paragraphs of ``node`` in reading order, each clean and none empty.

    A block begins and ends a paragraph; two line breaks in a row separate paragraphs. A single line break is a blank in
    a block among others; where no block holds it, and in a text of one block, each line is a paragraph, as in pages of
    about 2012, unless blank lines separate them. The tree is changed on the way: markers are set into it.
    """
    elements = [(element, element.tag) for element in node.css("*")]
    blocks = [pair for pair in elements if pair[1] in _BLOCKS][:_MAX_BLOCKS]
    has_text_blocks = any(tag in _TEXT_BLOCKS for _, tag in blocks)
    held: dict[int, bool] = {node.mem_id: False}
    lines = 0
    for block, tag in blocks:
        if tag == "br":
            block.insert_before(LINE if not has_text_blocks or _is_held(block, held) else BARE_LINE)
            lines += 1
        else:
            block.insert_before(BREAK)
            block.insert_after(BREAK)
    for quote in [element for element, tag in elements if tag == "q"][:_MAX_BLOCKS]:
        quote.insert_before('"')
        quote.insert_after('"')
    for preformatted in [element for element, tag in elements if tag == "pre"][:_MAX_BLOCKS]:
        _part_blank_lines(preformatted)
    for cell in [element for element, tag in elements if tag in _CELLS][:_MAX_BLOCKS]:
        cell.insert_after(" ")
    if lines:
        for picture in [element for element, tag in elements if tag == "img"][:_MAX_BLOCKS]:
            picture.insert_before(PICTURE)
    marked = _with_lines(node.text(), may_be_one=has_text_blocks) if lines else node.text()
    pieces = marked.replace(PICTURE, "").split(BREAK)
    return [paragraph for piece in pieces if _is_text(piece) and (paragraph := clean(piece))]


def _part_blank_lines(preformatted: LexborNode) -> None:
    """Set a break for each blank line of text whose line breaks show."""
    for node in list(preformatted.traverse(include_text=True)):
        if node.is_text_node and (text := node.text()) and _BLANK_LINES.search(text):
            node.insert_before(_BLANK_LINES.sub(BREAK, text))
            node.decompose()


def _with_lines(marked: str, *, may_be_one: bool) -> str:
    """``marked`` with a break or a blank for each line break."""
    marked, blank_lines = _BLANK_LINE.subn(BREAK, marked)
    marked = _PICTURE_LINE.sub(BREAK, marked)
    if blank_lines:
        return _with_joined_lines(marked)
    marked = marked.replace(BARE_LINE, BREAK)
    is_one = not may_be_one or sum(map(_is_text, marked.split(BREAK))) < 2
    return marked.replace(LINE, BREAK) if is_one else _with_joined_lines(marked)


def _with_joined_lines(marked: str) -> str:
    """``marked`` with a blank for each line break, but a break beside a line that points to another story."""
    lines = _LINE_BREAK.split(marked)
    edges = [
        BREAK if _points(before.rsplit(BREAK, 1)[-1]) or _points(after.split(BREAK, 1)[0]) else " "
        for before, after in pairwise(lines)
    ]
    return "".join(part for pair in zip(lines, (*edges, ""), strict=True) for part in pair)


def _points(line: str) -> bool:
    return may_point(line.strip()) and label_length(clean(line)) > 0


def _is_text(piece: str) -> bool:
    return bool(piece) and not piece.isspace()


def _is_held(line: LexborNode, held: dict[int, bool]) -> bool:
    """Whether a block within the text holds a line break; ``held`` says so of elements, the text's own among them."""
    passed: list[int] = []
    node = line.parent
    while node is not None and node.mem_id not in held:
        passed.append(node.mem_id)
        if node.tag in _BLOCKS or node.tag in _CELLS:
            held[node.mem_id] = True
            break
        node = node.parent
    answer = node is not None and held[node.mem_id]
    held.update(dict.fromkeys(passed, answer))
    return answer


def text_of(node: LexborNode | None) -> str | None:
    """The text of ``node`` as one clean line; None where there is none. Blanks are set into the tree, beside blocks."""
    if node is None:
        return None
    first = node.first_child
    if first is not None and (first.next is not None or first.is_element_node):
        for part in [part for part in node.css("*") if part.tag in _BLOCKS or part.tag in _CELLS][:_MAX_BLOCKS]:
            part.insert_before(" ")
            part.insert_after(" ")
    return clean(node.text()) or None


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
