"""What the elements of a text are to its layout: figures, boxes, embeds, furniture; told in one pass over them.

Lexbor looks at each element once for each alternative of a selector, and a layout names fifty of them. Most are a tag,
a class or an id: those are looked up in a table, once an element.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from selectolax.lexbor import LexborNode

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import places, within
from newscrawl.site import Layout

FIGURE, RELATED, BIO, EMBED, CHROME, HIDDEN, _NONE = range(7)
"""Where an element fits several, the first counts. Hidden is what its own style hides; layouts name the rest."""

_SIMPLE = re.compile(r"[.#][A-Za-z][A-Za-z0-9_-]*|[a-z][a-z0-9-]*|\[[a-z][a-z-]*\]", re.A)
"""A class, an id, a tag or an attribute, without escapes."""

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:[;!]|$)"
    r"|(?:left|right|top|text-indent|margin-left)\s*:\s*-\d{3,}|font-size\s*:\s*0(?:px|em|rem|pt|%)?\s*(?:[;!]|$)"
    r"|clip(?:-path)?\s*:\s*(?:rect\(\s*[01](?:px)?[\s,]+[01](?:px)?|inset\(\s*(?:50|100)%)",
    re.I,
)
"""What an inline style says that takes an element out of sight."""

_BLANK = re.compile(r"[ \t\n\f\r]+")
"""What parts classes (HTML, 2.3.7); Python knows more white space."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The roles by tag, class, id and attribute, and the selectors that only a search answers."""

    tags: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    attributes: dict[str, int] = field(default_factory=dict)
    searched: list[tuple[str, int]] = field(default_factory=list)


def roles_in(container: LexborNode, layout: Layout, *, is_standard: bool) -> list[tuple[LexborNode, int]]:
    """The elements of ``container``, itself among them, that have a role, in reading order.

    ``is_standard`` says that case counts in classes and ids; in a page of "quirks mode" it may not.
    """
    table = _table((layout.figures, layout.related, layout.bio, layout.embeds, layout.chrome), is_standard)
    searched: dict[int, int] = {}
    for selector, role in table.searched:
        for node in container.css(selector):
            searched.setdefault(node.mem_id, role)
    found: list[tuple[LexborNode, int]] = []
    for node in container.css("*"):
        role = _role(node, table)
        if searched:
            role = min(role, searched.get(node.mem_id, _NONE))
        if role is not _NONE:
            found.append((node, role))
    return found


def role_of(node: LexborNode, layout: Layout, *, is_standard: bool) -> int:
    """Return the role of one element by the layout's plain selectors: tags, classes, ids and attributes."""
    table = _table((layout.figures, layout.related, layout.bio, layout.embeds, layout.chrome), is_standard)
    return _role(node, table)


def is_any(node: LexborNode, selector: str, *, is_standard: bool) -> bool:
    """Return whether a list of plain selectors (tags, classes, ids, attributes) names ``node``."""
    return bool(selector) and _role(node, _table((selector,), is_standard)) == 0


class Regions:
    """The parts of a page that a selector names, asked of the elements that may lie in one."""

    def __init__(self, page: Page, selector: str) -> None:
        self._page = page
        self._table = _table((selector,), page.is_standard)
        self._searched: frozenset[int] | None = None

    def hold(self, node: LexborNode) -> bool:
        """Whether ``node`` lies in one: its few ancestors are asked, not all elements of the page."""
        if self._searched is None:
            self._searched = places(found for selector, _ in self._table.searched for found in self._page.all(selector))
        if any(_role(ancestor, self._table) == 0 for ancestor in self._page.around(node)):
            return True
        return within(node, self._searched)


def _role(node: LexborNode, table: _Table) -> int:
    role = table.tags.get(node.tag or "", _NONE)
    attributes = node.attributes
    if not attributes:
        return role
    if role > CHROME and (style := attributes.get("style")) and _HIDDEN.search(style) is not None:
        role = HIDDEN
    role = min(role, table.ids.get(attributes.get("id") or "", _NONE))
    for name in table.attributes.keys() & attributes.keys() if table.attributes else ():
        role = min(role, table.attributes[name])
    if names := attributes.get("class"):
        classes = names.split() if names.isprintable() else _BLANK.split(names)
        if not table.classes.keys().isdisjoint(classes):
            role = min(role, *(table.classes.get(name, _NONE) for name in classes))
    return role


@cache
def _table(selectors: tuple[str, ...], is_standard: bool) -> _Table:
    table = _Table()
    for role, selector in enumerate(selectors):
        alternatives = [part.strip() for part in selector.split(",")] if "(" not in selector else [selector]
        others: list[str] = []
        for alternative in filter(None, alternatives):
            if _SIMPLE.fullmatch(alternative) is None or (alternative[0] in ".#" and not is_standard):
                others.append(alternative)
            elif alternative[0] == ".":
                table.classes.setdefault(alternative[1:], role)
            elif alternative[0] == "#":
                table.ids.setdefault(alternative[1:], role)
            elif alternative[0] == "[":
                table.attributes.setdefault(alternative[1:-1], role)
            else:
                table.tags.setdefault(alternative, role)
        if others:
            table.searched.append((", ".join(others), role))
    return table
