"""Keeps hostile markup within what the parser can take.

The HTML parsing algorithm is quadratic in the depth of open elements (100,000 nested ``div`` took 29 s), and in the
formatting elements that are left open, which it opens again in every paragraph. Pages of news sites are far below all
limits here; they are passed through untouched after one count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newscrawl.extract.html.tags import FORMATTING, has_foreign, has_heavy_tag, tag_names, tags_of, without_heaviness

MAX_MARKUP = 4_000_000
"""Bytes of a page that are read once scripts, styles and embedded images are out of the way."""

_MAX_PAYLOAD = 16_000_000
"""Bytes of a page that are looked at at all: three times the largest page of the family that was seen. To look for what
to leave out of 50 MB of brackets takes most of a second."""

_SAFE_TAGS = 2_500
"""Tags, opening and closing, below which no arrangement of them takes the parser more than a second."""

_MAX_TAGS = 40_000
"""Tags that are read, opening and closing: the largest of 339 news pages had 7,418. So many, left open by a trick that
the limits do not see through, take the parser a second."""

_MAX_DEPTH = 400
"""Open elements at one time. Chrome stops at 512; news pages have 20 to 40."""

_MAX_FORMATTING = 12
"""Formatting elements open at one time."""

_HEAVY = (
    re.compile(rb"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]{500,}"),
    re.compile(
        rb"<(?=[sS])(?P<name>(?i:script|style|svg))\b(?![^>]{0,200}ld\+json)[^>]*+>?+"
        rb"(?:[^<]++|<(?!/(?i:(?P=name))))*+(?:</(?i:(?P=name))[^>]*+>?+)?+"
    ),
)
_SCOPES = frozenset(
    {
        "table",
        "template",
        "select",
        "ruby",
        "dl",
        "object",
        "applet",
        "marquee",
        "foreign foreignobject",
        "foreign desc",
    }
    | {f"foreign {name}" for name in ("title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml")}
)
"""What is open outside of these no end tag within them closes (HTML, 13.2.4.2); and what has parts that
need no end tag: its own end closes those that are left open in it, and nothing else."""

_PARTS = {"ruby": frozenset({"rb", "rp", "rt", "rtc"}), "dl": frozenset({"dd", "dt"})}

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_CLOSED_BY_THEIR_LIKES = frozenset({"p", "li", "option", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup"})
_WITHOUT_END = _VOID | _CLOSED_BY_THEIR_LIKES


def bounded_bytes(payload: bytes) -> bytes:
    """``payload``, or what matters of it when it is too large: without embedded data and scripts, then cut off."""
    if len(payload) <= MAX_MARKUP:
        return payload
    payload = payload[:_MAX_PAYLOAD]
    for heavy in _HEAVY:
        payload = heavy.sub(b"", payload)
    return payload[:MAX_MARKUP]


def bounded_markup(html: str) -> str:
    """``html`` with all its text, but without the tags that exceed a limit."""
    is_heavy = has_heavy_tag(html)
    if html.count("<") <= _SAFE_TAGS and not is_heavy:
        return html
    if has_foreign(html):
        html = html.replace("<![CDATA[", "")  # text in some of svg and math, a comment in the rest
    names = tag_names(html, _MAX_TAGS)
    if len(names) <= _MAX_TAGS and not is_heavy and _is_within_limits(names):
        return html
    return _pruned(html)


def _is_within_limits(names: Iterable[str]) -> bool:
    """Whether no tag exceeds a limit: what :func:`_drops` tells, in half the time."""
    opened = _Opened()
    for name, step, is_formatting in map(_Steps().__getitem__, names):
        if step > 0:
            if opened.depth >= _MAX_DEPTH or (is_formatting and opened.formatting >= _MAX_FORMATTING):
                return False
            opened.open(name, is_formatting)
        elif step:
            opened.close(name, is_formatting)
    return True


class _Opened:
    """What is open, by scopes: what an end tag closes lies in the innermost one, or is one."""

    def __init__(self) -> None:
        self.depth = self.formatting = 0
        self._counts: dict[str, int] = {}
        self._outer: list[tuple[str, dict[str, int], int, int]] = []

    def open(self, name: str, is_formatting: bool) -> None:
        self._counts[name] = self._counts.get(name, 0) + 1
        if name in _SCOPES:
            self._outer.append((name, self._counts, self.depth, self.formatting))
            self._counts = {}
        self.depth += 1
        self.formatting += is_formatting

    def close(self, name: str, is_formatting: bool) -> None:
        if name in _SCOPES:
            self._close_scope(name)
        elif self._counts.get(name, 0) > 0:
            self._counts[name] -= 1
            self.depth -= 1
            self.formatting -= is_formatting

    def _close_scope(self, name: str) -> None:
        parts = _PARTS.get(name)
        if parts is not None and any(count and inner not in parts for inner, count in self._counts.items()):
            return
        for place in range(len(self._outer) - 1, -1, -1):
            scope = self._outer[place][0]
            if scope == name:
                _, self._counts, self.depth, self.formatting = self._outer[place]
                del self._outer[place:]
                self._counts[name] -= 1
                return
            if name != "template" and (name != "table" or scope == "template"):
                return


class _Steps(dict[str, tuple[str, int, bool]]):
    """Tags of one page, each looked at once: name, whether it opens (1) or closes (-1), whether it is formatting."""

    def __missing__(self, tag: str) -> tuple[str, int, bool]:
        name = tag.lower().removeprefix("/")
        step = 0 if not name or name in _WITHOUT_END else -1 if tag[0] == "/" else 1
        self[tag] = name, step, name in FORMATTING
        return self[tag]


def _drops(names: Iterable[str]) -> Iterator[bool]:
    """For each tag whether it exceeds a limit; a closing tag is dropped with its opening one."""
    opened = _Opened()
    dropped: dict[str, int] = {}
    for name, step, is_formatting in map(_Steps().__getitem__, names):
        if step > 0:
            drop = opened.depth >= _MAX_DEPTH or (is_formatting and opened.formatting >= _MAX_FORMATTING)
            if drop:
                dropped[name] = dropped.get(name, 0) + 1
            else:
                opened.open(name, is_formatting)
            yield drop
        elif step:
            drop = dropped.get(name, 0) > 0
            if drop:
                dropped[name] -= 1
            else:
                opened.close(name, is_formatting)
            yield drop
        else:
            yield False


def _pruned(html: str) -> str:
    kept: list[str] = []
    position = 0
    tags = tags_of(html, _MAX_TAGS)
    if len(tags) > _MAX_TAGS:
        html = html[: tags.pop().start]
    for tag, drop in zip(tags, _drops(tag.name for tag in tags), strict=True):
        if drop:
            kept.append(html[position : tag.start])
            position = tag.end
        elif (light := without_heaviness(html, tag)) is not None:
            kept += html[position : tag.start], light[0]
            position = light[1]
    kept.append(html[position:])
    return "".join(kept)
