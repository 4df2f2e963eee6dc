"""Put text back that broken tags pushed out of its container, and free text that an unclosed box swallowed.

An end tag too many closes the container of the text early: the rest of the text follows it, beside it or beside one of
the elements around it. An end tag too few leaves a figure or an embed open to the end of the container: the rest of the
text lies in it. Readers see neither. This module moves such text to where its editors meant it, before anything is
read. A page without such faults is left as it is.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from selectolax.lexbor import LexborNode

from newscrawl.extract.body.boilerplate import announces_other_stories
from newscrawl.extract.html.classify import BIO, CHROME, EMBED, FIGURE, RELATED, Regions, is_any, role_of
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import take_out
from newscrawl.site import Layout

_MAX_LEVELS = 60
"""Elements around a container that are looked at; pages of the family have under 20."""

_MAX_SIBLINGS = 3_000
"""Nodes after a container that are looked at, over all levels."""

_MAX_AFTER_BOX = 100
"""Nodes after a box that are looked at: an unclosed box is the last thing in its container."""

_MAX_LAST = 30
"""Boxes at the end of a text of which one may be left open."""

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

_LONGEST_ANNOUNCEMENT = 200
"""Characters of an element that are read for an announcement of other stories."""

_NEXT_STORY = "h1, .hdr-container"


class _Is(Enum):
    """What an element that follows the container of a text is to this text."""

    TEXT = auto()
    PENDING = auto()
    """Text if more text follows it."""
    POST = auto()
    """A post of a live blog."""
    FURNITURE = auto()
    THE_END = auto()
    """The beginning of another story."""


@dataclass(frozen=True, slots=True)
class _Surroundings:
    page: Page
    layout: Layout
    containers: Container[int]
    foreign: Regions


@dataclass(slots=True)
class Gathered:
    """What was found after the container of a text."""

    is_displaced: bool = False
    """Whether any of the text, or a post of a live blog, stood outside of its container."""
    end: LexborNode | None = None
    """What announces other stories."""


def gather(page: Page, container: LexborNode, layout: Layout, containers: Container[int], foreign: Regions) -> Gathered:
    """Move text of the story that follows ``container`` into it.

    ``containers`` are the places of all elements that the layout takes for the text's container, and ``foreign`` are
    the regions in which they hold other texts.
    """
    around = _Surroundings(page, layout, containers, foreign)
    found: list[LexborNode] = []
    pending: list[LexborNode] = []
    gathered = Gathered()
    for seen, (level, node) in enumerate(_following(container)):
        judged = _judged(node, around, level, has_begun=bool(found))
        if judged is _Is.THE_END or seen > _MAX_SIBLINGS:
            gathered.end = node if judged is _Is.THE_END and announces_other_stories(_opening(node)) else None
            break
        if judged is _Is.PENDING:
            pending.append(node)
        elif judged is _Is.POST:
            gathered.is_displaced = True
        elif judged is _Is.TEXT:
            found += (*pending, node)
            pending.clear()
    for node in found:
        container.insert_child(node)  # a copy
        take_out(node)
        gathered.is_displaced = True
    return gathered


def release(container: LexborNode, boxes: Sequence[tuple[LexborNode, int]], layout: Layout) -> bool:
    """Move the text that ``boxes`` swallowed behind them, and return whether there was any.

    ``boxes`` are elements of ``container`` with their roles. A box that is not closed reaches to the container's end.
    """
    is_changed = False
    for box, role in boxes[-_MAX_LAST:]:
        if box.tag == "img" or not _is_last(box, container):
            continue
        swallowed = _swallowed(box, role) or _swallowed_bio(box, layout)
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
    if tag == "h1" or (tag in _HEADINGS | _PROSE and announces_other_stories(_opening(node))):
        return _Is.THE_END
    if node.mem_id in around.containers:
        return _Is.FURNITURE if around.foreign.hold(node) else _Is.TEXT
    return _judged_by_role(node, tag, around, level, has_begun=has_begun)


def _judged_by_role(node: LexborNode, tag: str, around: _Surroundings, level: int, *, has_begun: bool) -> _Is:
    layout = around.layout
    if is_any(node, layout.posts, is_standard=around.page.is_standard):
        return _Is.POST
    role = role_of(node, layout, is_standard=around.page.is_standard)
    if role in (CHROME, BIO):
        return _Is.FURNITURE
    if is_any(node, layout.inset, is_standard=around.page.is_standard):
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
        length = len(node.text().strip())
        if node.attributes.get("class") or node.attributes.get("id") or not length:
            return _Is.FURNITURE
        return _Is.TEXT if has_begun or length >= _MIN_LOOSE else _Is.PENDING
    if tag in _LISTS or tag in _ANONYMOUS:
        return _judged_group(node, tag, around, level, has_begun=has_begun)
    return _Is.FURNITURE


def _judged_group(node: LexborNode, tag: str, around: _Surroundings, level: int, *, has_begun: bool) -> _Is:
    """Judge a list or a wrapper, which the page's furniture is made of, too: that has names, editors give none."""
    attributes = node.attributes
    if attributes.get("id") or attributes.get("class") or not node.text(strip=True):
        return _Is.FURNITURE
    layout = around.layout
    if node.css_first(_NEXT_STORY) is not None or (level and layout.main and node.css_first(layout.main) is not None):
        return _Is.THE_END
    others = ", ".join(filter(None, (layout.bio, layout.related)))
    if others and node.css_first(others) is not None:
        return _Is.FURNITURE
    if tag in _LISTS:
        return _Is.TEXT if has_begun and node.css_first("a") is None else _Is.PENDING
    return _Is.TEXT if has_begun and _has_prose(node) else _Is.PENDING


def _opening(node: LexborNode) -> str:
    return node.text().strip()[:_LONGEST_ANNOUNCEMENT]


def _has_prose(node: LexborNode) -> bool:
    return any(paragraph.text(strip=True) for paragraph in node.css("p")[:5])


def _is_last(box: LexborNode, container: LexborNode) -> bool:
    """Return whether no paragraph follows ``box`` within ``container``."""
    node = box
    seen = 0
    for _ in range(_MAX_LEVELS):
        sibling = node.next
        while sibling is not None:
            seen += 1
            if seen > _MAX_AFTER_BOX:
                return False
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
        start = _start_of_text(parts, is_box=node.mem_id == box.mem_id)
        if start is not None and _is_story(parts[start:], role):
            return parts[start:]
        elements = [part for part in parts if part.is_element_node]
        node = elements[-1] if elements else None
        if node is not None and node.tag in (_PROSE | _LISTS | {"a"}):
            break
    return []


def _swallowed_bio(box: LexborNode, layout: Layout) -> list[LexborNode]:
    """Return what of a box that was left open is the bio at the end of the text."""
    bio = box.css_first(layout.bio) if layout.bio else None
    while bio is not None and bio.parent is not None and bio.parent.mem_id != box.mem_id:
        bio = bio.parent
    return [] if bio is None or bio.mem_id == box.mem_id or bio.prev is None else [bio]


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _start_of_text(parts: list[LexborNode], *, is_box: bool) -> int | None:
    """Return where the paragraphs begin that follow the box's own parts; headings and lists before them are theirs."""
    own = [place for place, part in enumerate(parts) if part.is_element_node and part.tag not in _PROSE]
    first_own = next((place for place in own if parts[place].tag not in _HEADINGS | _LISTS), None)
    if first_own is None and not is_box:
        return None  # the lines of a caption
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
    prose = [part for part in parts if part.tag in _PROSE and part.text(strip=True)]
    if len(prose) == 1:
        least = _MIN_SWALLOWED // 2 if role == FIGURE else _MIN_SWALLOWED
        return len(prose[0].text().strip()) >= least or _is_set_apart(prose[0])
    return bool(prose)


def _is_set_apart(paragraph: LexborNode) -> bool:
    """Return whether a paragraph is in italics as a whole, as the credit line at the end of a text is."""
    parts = [part for part in _children(paragraph) if not part.is_text_node or part.text(strip=True)]
    return len(parts) == 1 and parts[0].tag in ("em", "i")
