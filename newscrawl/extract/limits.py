"""Keeps hostile markup within what the parser can take.

The HTML parsing algorithm is quadratic in the depth of open elements (100,000 nested ``div`` took 29 s), and in the
formatting elements that are left open, which it opens again in every paragraph. Pages of news sites are far below all
limits here; they are passed through untouched after one count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

MAX_MARKUP = 4_000_000
"""Bytes of a page that are read once scripts, styles and embedded images are out of the way."""

_SAFE_TAGS = 2_500
"""Tags, opening and closing, below which no arrangement of them takes the parser more than a second."""

_SAFE_LENGTH = 200_000
"""Characters below which one tag with nothing but attributes takes the parser about a second."""

_MAX_TAGS = 60_000
"""Tags that are read, opening and closing: the largest of 339 news pages had 7,418."""

_MAX_DEPTH = 400
"""Open elements at one time. Chrome stops at 512; news pages have 20 to 40."""

_MAX_FORMATTING = 12
"""Formatting elements open at one time."""

_MAX_TAG_LENGTH = 20_000
"""Characters of one tag: attributes are compared with each other when parsed."""

_HEAVY = (
    re.compile(rb"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]{500,}"),
    *(
        re.compile(
            rb"<(?i:%s)\b(?![^>]{0,200}ld\+json)[^>]*+>?+(?:[^<]++|<(?!/(?i:%s)))*+(?:</(?i:%s)[^>]*+>)?+"
            % (name, name, name)
        )
        for name in (b"script", b"style", b"svg")
    ),
)
_TAG = re.compile(  # one "<" before all alternatives: the search jumps from one to the next
    r"<(?:!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>)?+)"
    r"|(?:script|style|textarea|title|SCRIPT|STYLE)\b[^>]*+>?+(?:[^<]++|<(?!/(?i:script|style|textarea|title)\b))*+"
    r"|(/?[A-Za-z][^\s/>]{0,60})[^>]*+>?+)"
)
_START = re.compile(r"<([A-Za-z]+)[^>]*+>?+")
_FOREIGN = re.compile(r"<(?:svg|math)\b", re.I)
"""Within these what is raw text elsewhere is markup, nothing is void but by its slash, and what HTML closes by itself
nests (HTML, 13.2.6.5)."""

_LONG_TAG = re.compile(rf"<[A-Za-z][^>]{{{_MAX_TAG_LENGTH}}}")
_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "select", "small", "strike", "strong", "tt", "u"}
)
"""Of HTML 13.2.4.3, and ``select``, whose options each look through all that are open: 400 took two seconds."""

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_CLOSED_BY_THEIR_LIKES = frozenset(
    {"p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "rt", "rp"}
)
_WITHOUT_END = _VOID | _CLOSED_BY_THEIR_LIKES


def bounded_bytes(payload: bytes) -> bytes:
    """``payload``, or what matters of it when it is too large: without embedded data and scripts, then cut off."""
    if len(payload) <= MAX_MARKUP:
        return payload
    for heavy in _HEAVY:
        payload = heavy.sub(b"", payload)
    return payload[:MAX_MARKUP]


def bounded_markup(html: str) -> str:
    """``html`` with all its text, but without the tags that exceed a limit."""
    if html.count("<") <= _SAFE_TAGS and (len(html) <= _SAFE_LENGTH or not _has_long_tag(html)):
        return html
    names = _TAG.findall(html) if _FOREIGN.search(html) is None else [tag.name for tag in _tags(html)]
    if len(names) <= _MAX_TAGS and _is_within_limits(names) and not _has_long_tag(html):
        return html
    return _pruned(html)


def _is_within_limits(names: Iterable[str]) -> bool:
    """Whether no tag exceeds a limit: what :func:`_drops` tells, in half the time."""
    opened: dict[str, int] = {}
    depth = formatting = 0
    for name, step, is_formatting in map(_Steps().__getitem__, names):
        if step > 0:
            if depth >= _MAX_DEPTH or (is_formatting and formatting >= _MAX_FORMATTING):
                return False
            opened[name] = opened.get(name, 0) + 1
            depth += 1
            formatting += is_formatting
        elif step and opened.get(name, 0) > 0:
            opened[name] -= 1
            depth -= 1
            formatting -= is_formatting
    return True


class _Steps(dict[str, tuple[str, int, bool]]):
    """Tags of one page, each looked at once: name, whether it opens (1) or closes (-1), whether it is formatting."""

    def __missing__(self, tag: str) -> tuple[str, int, bool]:
        name = tag.lower().removeprefix("/")
        step = 0 if not name or name in _WITHOUT_END else -1 if tag[0] == "/" else 1
        self[tag] = name, step, name in _FORMATTING
        return self[tag]


def _has_long_tag(html: str) -> bool:
    """Whether one tag is too long; most pages have no such stretch without a ``>`` either, which is told faster."""
    return max(map(len, html.split(">"))) > _MAX_TAG_LENGTH and _LONG_TAG.search(html) is not None


def _drops(names: Iterable[str]) -> Iterator[bool]:
    """For each tag whether it exceeds a limit; a closing tag is dropped with its opening one."""
    opened: dict[str, int] = {}
    dropped: dict[str, int] = {}
    depth = formatting = 0
    for tag in names:
        name = tag.lower()
        if name in _WITHOUT_END or not name:
            yield False
        elif name[0] != "/":
            drop = depth >= _MAX_DEPTH or (formatting >= _MAX_FORMATTING and name in _FORMATTING)
            if drop:
                dropped[name] = dropped.get(name, 0) + 1
            else:
                opened[name] = opened.get(name, 0) + 1
                depth += 1
                formatting += name in _FORMATTING
            yield drop
        else:
            name = name[1:]
            drop = dropped.get(name, 0) > 0
            if drop:
                dropped[name] -= 1
            elif opened.get(name, 0) > 0:
                opened[name] -= 1
                depth -= 1
                formatting -= name in _FORMATTING
            yield drop


class _Tag(NamedTuple):
    name: str
    """As the limits know it: empty for what is no tag or opens nothing."""
    written: str
    start: int
    end: int


def _tags(html: str) -> list[_Tag]:
    """The tags of a page, and one more than are read where it has more."""
    if _FOREIGN.search(html) is None:
        found = islice(_TAG.finditer(html), _MAX_TAGS + 1)
        return [_Tag(tag[1] or "", tag[1] or "", *tag.span()) for tag in found]
    tags: list[_Tag] = []
    place = foreign = 0
    while len(tags) <= _MAX_TAGS and (tag := _TAG.search(html, place)) is not None:
        if foreign and tag[1] is None:
            tag = _START.match(html, tag.start()) or tag
        written = tag[1] or ""
        is_closed = html.endswith("/>", tag.start(), tag.end())
        tags.append(_Tag(_name_within(written, is_closed=is_closed) if foreign else written, written, *tag.span()))
        if written.lower().removeprefix("/") in ("svg", "math"):
            foreign = max(0, foreign + (-1 if written[0] == "/" else 1))
        place = tag.end()
    return tags


def _name_within(written: str, *, is_closed: bool) -> str:
    """The name of a tag in svg or math: another one than in HTML, but for formatting, which may be HTML in it."""
    name = written.lower().removeprefix("/")
    if name in _FORMATTING or name in ("", "svg", "math"):
        return written
    return "" if is_closed else f"/foreign {name}" if written[0] == "/" else f"foreign {name}"


def _pruned(html: str) -> str:
    kept: list[str] = []
    position = 0
    tags = _tags(html)
    if len(tags) > _MAX_TAGS:
        html = html[: tags.pop().start]
    for tag, drop in zip(tags, _drops(tag.name for tag in tags), strict=True):
        too_long = bool(tag.written) and tag.end - tag.start > _MAX_TAG_LENGTH
        if drop or too_long:
            kept.append(html[position : tag.start])
            kept.append("" if drop else f"<{tag.written}>")
            position = tag.end
    kept.append(html[position:])
    return "".join(kept)
