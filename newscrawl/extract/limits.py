"""Keeps hostile markup within what the parser can take.

The HTML parsing algorithm is quadratic in the depth of open elements (100,000 nested ``div`` took 29 s), and in the
formatting elements that are left open, which it opens again in every paragraph. Pages of news sites are far below all
limits here; they are passed through untouched after one count.
"""

from __future__ import annotations

import re
from collections import Counter

MAX_MARKUP = 4_000_000
"""Bytes of a page that are read once scripts, styles and embedded images are out of the way."""

_SAFE_TAGS = 4_000
"""Tags, opening and closing, below which no arrangement of them takes the parser more than a second."""

_MAX_TAGS = 120_000
"""Tags that are read: a live blog of a thousand posts has 60,000."""

_MAX_DEPTH = 400
"""Open elements at one time. Chrome stops at 512; news pages have 20 to 40."""

_MAX_FORMATTING = 40
"""Formatting elements open at one time."""

_MAX_TAG_LENGTH = 20_000
"""Characters of one tag: attributes are compared with each other when parsed."""

_HEAVY = (
    re.compile(rb"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]{500,}"),
    re.compile(rb"<(script|style|svg)\b(?![^>]{0,200}ld\+json)[^>]*>.*?</\1\s*>", re.S | re.I),
)
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b[^>]*>.*?(?:</\1\s*>|\Z)|<(/?)([A-Za-z][^\s/>]{0,60})[^>]*(?:>|\Z)",
    re.S | re.I,
)
_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_CLOSED_BY_THEIR_LIKES = frozenset(
    {"p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "rt", "rp"}
)
_WITHOUT_END = _VOID | _CLOSED_BY_THEIR_LIKES


class _Pruning:
    """One pass over the tags that counts open elements by name."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._depth = 0
        self._formatting = 0
        self._left = _MAX_TAGS

    def pruned(self, html: str) -> str:
        kept: list[str] = []
        position = 0
        for tag in _TAG.finditer(html):
            name = tag[3]
            if not name:
                continue
            self._left -= 1
            if self._left < 0:
                kept.append(html[position : tag.start()])
                return "".join(kept)
            if not self._kept(name.lower(), closing=bool(tag[2])) or tag.end() - tag.start() > _MAX_TAG_LENGTH:
                kept.append(html[position : tag.start()])
                position = tag.end()
        if not kept:
            return html
        kept.append(html[position:])
        return "".join(kept)

    def _kept(self, name: str, *, closing: bool) -> bool:
        if name in _WITHOUT_END:
            return True
        return self._closed(name) if closing else self._opened(name)

    def _opened(self, name: str) -> bool:
        formatting = name in _FORMATTING
        if self._depth >= _MAX_DEPTH or (formatting and self._formatting >= _MAX_FORMATTING):
            self._dropped[name] += 1
            return False
        self._open[name] += 1
        self._depth += 1
        self._formatting += formatting
        return True

    def _closed(self, name: str) -> bool:
        if self._dropped[name]:
            self._dropped[name] -= 1
            return False
        if self._open[name]:
            self._open[name] -= 1
            self._depth -= 1
            self._formatting -= name in _FORMATTING
        return True
