"""Put text back that broken tags pushed out of its container, and free text that an unclosed box swallowed.

An end tag too many closes the container of the text early: the rest of the text follows it, beside it or beside one of
the elements around it. An end tag too few leaves a figure or an embed open to the end of the container: the rest of the
text lies in it. Readers see neither. This module moves such text to where its editors meant it, before anything is
read. A page without such faults is left as it is.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from selectolax.lexbor import LexborNode

from newscrawl.extract.body.boilerplate import announces_other_stories
from newscrawl.extract.html.classify import BIO, CHROME, EMBED, FIGURE, RELATED, Regions, role_of
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import take_out
from newscrawl.site import Layout

_MAX_LEVELS = 60
"""Elements around a container that are looked at; pages of the family have under 20."""

_MAX_SIBLINGS = 3_000
"""Nodes after a container that are looked at, over all levels."""

_MAX_DEPTH = 12
"""Levels within a box at which text that it swallowed is looked for."""

_PROSE = frozenset({"p", "blockquote", "pre"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol", "dl", "table"})
_ANONYMOUS = frozenset({"div", "section", "center", "article", "font"})
"""What editors wrap text in: then it has neither id nor class."""

_INLINE = frozenset(
    {"a", "abbr", "b", "big", "br", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strike", "strong"}
    | {"sub", "sup", "u"}
)

_MIN_LOOSE = 40
"""Characters of text outside of any block from which it is text of the story."""

_MIN_SWALLOWED = 200
"""Characters from which a single paragraph at the end of an embed is text of the story and no note under the embed."""

_NEXT_STORY = "h1, .hdr-container"


class _Is(Enum):
    """What an element that follows the container of a text is to this text."""

    TEXT = auto()
    PENDING = auto()
    """Text if more text follows it."""
    FURNITURE = auto()
    THE_END = auto()
    """The beginning of another story."""


@dataclass(frozen=True, slots=True)
class _Surroundings:
    page: Page
    layout: Layout
    containers: Container[int]
    foreign: Regions


def gather(page: Page, container: LexborNode, layout: Layout, containers: Container[int], foreign: Regions) -> bool:
    """Move text of the story that follows ``container`` into it, and return whether there was any.

    ``containers`` are the places of all elements that the layout takes for the text's container, and ``foreign`` are
    the regions in which they hold other texts.
    """
    around = _Surroundings(page, layout, containers, foreign)
    found: list[LexborNode] = []
    pending: list[LexborNode] = []
    for seen, (level, node) in enumerate(_following(container)):
        judged = _judged(node, around, level, has_begun=bool(found))
        if judged is _Is.THE_END or seen > _MAX_SIBLINGS:
            break
        if judged is _Is.PENDING:
            pending.append(node)
        elif judged is _Is.TEXT:
            found += (*pending, node)
            pending.clear()
    for node in found:
        container.insert_child(node)  # a copy
        take_out(node)
    return bool(found)


def release(container: LexborNode, boxes: Iterable[tuple[LexborNode, int]]) -> bool:
    """Move the text that ``boxes`` swallowed behind them, and return whether there was any.

    ``boxes`` are elements of ``container`` with their roles. A box that is not closed reaches to the container's end.
    """
    is_changed = False
    for box, role in boxes:
        if box.tag == "img" or not _is_last(box, container):
            continue
        swallowed = _swallowed(box, role)
        for node in reversed(swallowed):
            box.insert_after(node)  # a copy
            take_out(node)
        is_changed = is_changed or bool(swallowed)
    return is_changed


def _following(node: LexborNode) -> Iterator[tuple[int, LexborNode]]:
    """Yield what follows ``node`` in the page, each with how many elements are closed before it."""
    for level in range(_MAX_LEVELS):
        sibling = node.next
        while sibling is not None:
            yield level, sibling
            sibling = sibling.next
        parent = node.parent
        if parent is None or parent.tag in ("body", "html"):
            return
        node = parent


def _judged(node: LexborNode, around: _Surroundings, level: int, *, has_begun: bool) -> _Is:
    if node.is_text_node:
        length = len(node.text().strip())
        return _Is.TEXT if length >= _MIN_LOOSE or (length and has_begun) else _Is.FURNITURE
    tag = node.tag
    if tag is None or not node.is_element_node:
        return _Is.FURNITURE
    if tag == "h1" or announces_other_stories((node.text() or "").strip()[:200]):
        return _Is.THE_END
    if node.mem_id in around.containers:
        return _Is.FURNITURE if around.foreign.hold(node) else _Is.TEXT
    return _judged_by_role(node, tag, around, level, has_begun=has_begun)


def _judged_by_role(node: LexborNode, tag: str, around: _Surroundings, level: int, *, has_begun: bool) -> _Is:
    layout = around.layout
    role = role_of(node, layout, is_standard=around.page.is_standard)
    if role in (CHROME, BIO):
        return _Is.FURNITURE
    if layout.inset and node.css_matches(layout.inset) and _has_own(node, layout.inset):
        return _Is.TEXT
    if role == RELATED:
        return _Is.PENDING
    if role in (FIGURE, EMBED):
        return _Is.TEXT if has_begun else _Is.PENDING
    return _judged_by_tag(node, tag, around, level, has_begun=has_begun)


def _judged_by_tag(node: LexborNode, tag: str, around: _Surroundings, level: int, *, has_begun: bool) -> _Is:
    if tag in _PROSE:
        return _Is.TEXT if node.text(strip=True) else _Is.PENDING
    if tag in _HEADINGS or tag == "hr":
        return _Is.PENDING
    if tag in _INLINE:
        return _Is.TEXT if has_begun or len(node.text().strip()) >= _MIN_LOOSE else _Is.PENDING
    if tag in _LISTS or tag in _ANONYMOUS:
        return _judged_group(node, tag, around, level, has_begun=has_begun)
    return _Is.FURNITURE


def _judged_group(node: LexborNode, tag: str, around: _Surroundings, level: int, *, has_begun: bool) -> _Is:
    """Judge a list or a wrapper, which the page's furniture is made of, too."""
    if node.css_first(_NEXT_STORY) is not None:
        return _Is.THE_END
    layout = around.layout
    if level and layout.main and node.css_first(layout.main) is not None:
        return _Is.THE_END
    if node.attributes.get("id") or node.attributes.get("class"):
        return _Is.FURNITURE
    others = ", ".join(filter(None, (layout.bio, layout.related)))
    if others and node.css_first(others) is not None:
        return _Is.FURNITURE
    if tag in _LISTS:
        return _Is.TEXT if has_begun or node.css_first("a") is None else _Is.PENDING
    return _Is.TEXT if has_begun and _has_prose(node) else _Is.PENDING


def _has_own(node: LexborNode, selector: str) -> bool:
    """Return whether ``selector`` matches ``node`` itself."""
    first = node.css_first(selector)
    return first is not None and first.mem_id == node.mem_id


def _has_prose(node: LexborNode) -> bool:
    return any(paragraph.text(strip=True) for paragraph in node.css("p")[:5])


def _is_last(box: LexborNode, container: LexborNode) -> bool:
    """Return whether no paragraph follows ``box`` within ``container``."""
    node = box
    for _ in range(_MAX_LEVELS):
        sibling = node.next
        while sibling is not None:
            if sibling.tag in _PROSE or (sibling.is_text_node and not (sibling.text() or " ").isspace()):
                return False
            sibling = sibling.next
        parent = node.parent
        if parent is None or parent.mem_id == container.mem_id:
            return True
        node = parent
    return False


def _swallowed(box: LexborNode, role: int) -> list[LexborNode]:
    """Return what of a box that was left open is text of the story: from the first paragraph after its own parts on."""
    node: LexborNode | None = box
    for _ in range(_MAX_DEPTH):
        if node is None:
            break
        parts = list(_children(node))
        start = _start_of_text(parts)
        if start is not None and _is_story(parts[start:], role):
            return parts[start:]
        elements = [part for part in parts if part.is_element_node]
        node = elements[-1] if elements else None
        if node is not None and node.tag in (_PROSE | _LISTS | {"a"}):
            break
    return []


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _start_of_text(parts: list[LexborNode]) -> int | None:
    """Return where the paragraphs begin that follow the box's own parts; headings and lists before them are theirs."""
    own = [place for place, part in enumerate(parts) if part.is_element_node and part.tag not in _PROSE]
    first_own = next((place for place in own if parts[place].tag not in _HEADINGS | _LISTS), None)
    prose = (place for place, part in enumerate(parts) if part.tag in _PROSE and part.text(strip=True))
    start = next((place for place in prose if first_own is None or place > first_own), None)
    if start is None:
        return None
    while start > 0 and _may_open_text(parts[start - 1]) and (first_own is None or start - 1 > first_own):
        start -= 1
    return start


def _may_open_text(part: LexborNode) -> bool:
    return part.is_text_node or part.tag in _HEADINGS or (part.tag in _LISTS and part.css_first("a") is None)


def _is_story(parts: list[LexborNode], role: int) -> bool:
    """Return whether what a box holds at its end is more than a note of its own."""
    prose = [part.text().strip() for part in parts if part.tag in _PROSE and part.css_first("a") is None or part.tag == "p"]
    if role == FIGURE and len(prose) == 1:
        return len(prose[0]) >= _MIN_SWALLOWED // 2
    return len(prose) > 1 or sum(map(len, prose)) >= _MIN_SWALLOWED
