"""The tags of a page as the HTML parser sees them, told by their text alone: before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

_SAFE_LENGTH = 120_000
"""Characters of which one tag with nothing but attributes takes the parser about a second."""

_MAX_TAG_LENGTH = 100_000
"""Characters of one tag. Pages keep whole documents in attributes: 68,000 have been seen."""

_MAX_ATTRIBUTES = 250
"""Attributes of one tag, which are compared with each other when parsed: 34,000 took two seconds, and trafilatura's
parser four more. The most in 339 news pages were 93."""

_LONG_TAG = 1_000
"""Characters that so many attributes take at least."""

FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "select", "small", "strike", "strong", "tt", "u"}
)
"""Of HTML 13.2.4.3, and ``select``, whose options each look through all that are open: 400 took two seconds."""

_ATTRIBUTE = (
    r"[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"
    r"""(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"[^"]*+"?+|'[^']*+'?+|[^ \t\n\f\r>"'][^ \t\n\f\r>]*+)?+)?+"""
)
_INNER = rf"(?:[ \t\n\f\r/]++|{_ATTRIBUTE})*+"
_REST = rf"{_INNER}>?+"
"""What follows a tag's name: a ``>`` in quotes does not end it, and a quote that is no value's starts none (HTML,
13.2.5.32 to 39)."""

_COMMENT = r"!(?:--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>)?+)|[^>]*+>?+)|\?[^>]*+>?+|/[^A-Za-z>][^>]*+>?+"
_RAW = "script|style|textarea|title|xmp|iframe|noembed|noframes"
"""Elements whose content is no markup."""

_RAW_NAMES = frozenset(_RAW.split("|"))

_TAG = re.compile(  # one "<" before all alternatives: the search jumps from one to the next
    rf"<(?=[A-Za-z/!?])(?:{_COMMENT}"
    rf"|(?=[sStTxXiInN])(?P<raw>(?i:{_RAW}))(?=[\s/>])"
    rf"{_INNER}(?P<raw_closed>(?<=/)>)?+>?+(?:[^<]++|(?P<inner><)(?!/(?i:(?P=raw))[\s/>]))*+"
    r"|(?i:plaintext)(?=[\s/>])[\s\S]*+"
    rf"|(?P<name>/?[A-Za-z][^\s/>]{{0,60}}){_INNER}(?P<closed>(?<=/)>)?+>?+)"
)
_ISLANDS = ("svg", "math")
_FOREIGN = re.compile(rf"<(?:{'|'.join(_ISLANDS)})\b", re.I)
"""Within these what is raw text elsewhere is markup, nothing is void but by its slash, and what HTML closes by itself
nests (HTML, 13.2.6.5)."""

_TAG_WITHIN = re.compile(rf"<(?:{_COMMENT}|(?P<name>/?[A-Za-z][^\s/>]{{0,60}}){_INNER}(?P<closed>(?<=/)>)?+>?+)")
"""A tag in svg or math. To look for the end of raw text there and to forget it would take quadratic time."""

_Found = tuple[str, str, str, str, str]
"""Raw text's element, whether that closes itself, whether it holds markup; a tag's name, whether it closes itself."""

_PLAINTEXT = re.compile(r"<(?i:plaintext)\b")
_OPENING = re.compile(rf"<([A-Za-z][^\s/>]*+){_REST}")
_TAG_START = re.compile(r"<[A-Za-z]")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_PARTING = b" \t\n\f\r/="
"""Of any two attributes the first has one of these within or behind it: only a quoted value, and so an equals sign,
lets the next begin without a blank or slash."""

_QUOTED_END = re.compile(r"""=[ \t\n\f\r]*+(?:"[^">]*+>|'[^'>]*+>)""")
"""A ``>`` in the value of an attribute."""


def tag_names(html: str, most: int) -> list[str]:
    """The names of :func:`tags_of`, in a fifth of the time where svg and math hold no markup that is text in HTML."""
    found = _found(html, most)
    if not has_foreign(html):
        return [name for _, _, _, name, _ in found]
    names = None if _PLAINTEXT.search(html) else _names_of(found)
    return [tag.name for tag in tags_of(html, most)] if names is None else names


def _found(html: str, most: int) -> list[_Found]:
    if html.count("<") <= most:
        return _TAG.findall(html)
    return [tag.groups("") for tag in islice(_TAG.finditer(html), most + 1)]  # type: ignore[misc]  # as many as groups


def _names_of(found: list[_Found]) -> list[str] | None:
    """Of tags told as if svg and math were HTML; None where they hold what is markup there and was taken for text."""
    starts = {name for _, _, _, name, _ in found if name.lower() in _ISLANDS}
    names: list[str] = []
    foreign = _Foreign()
    for raw, raw_closed, inner, name, closed in found:
        if foreign.is_open:
            if inner or raw_closed:
                return None
            name = foreign.name_of(name or raw, is_closed=bool(closed))
        elif name in starts:
            name = foreign.name_of(name, is_closed=bool(closed))
        names.append(name)
    return names


def has_foreign(html: str) -> bool:
    """Whether there is svg or math in the page."""
    return _FOREIGN.search(html) is not None


def without_heaviness(html: str, tag: Tag) -> tuple[str, int] | None:
    """What to write for a tag that is too heavy, and where it ends; None for any other."""
    if tag.end - tag.start <= _LONG_TAG or (end := _end_of_heavy_tag(html, tag.start)) is None:
        return None
    name = _OPENING.match(html, tag.start)
    return f"<{name[1] if name else ''}>", end


def has_heavy_tag(html: str) -> bool:
    """Whether one tag is too long or has too many attributes."""
    may_be = False
    may_hide = len(html) > _SAFE_LENGTH
    for start, last in _stretches(html):
        end = last + 1  # with its ">"
        tag = _TAG_START.search(html, start, end)
        if tag is not None:
            may_be = may_be or _is_heavy_text(html, tag.start(), end)
        elif not may_hide:
            may_hide = _is_heavy_text(html, start, end)
    if not may_be and not (may_hide and _QUOTED_END.search(html)):
        return False
    return any(
        tag.end() - tag.start() > _LONG_TAG and _end_of_heavy_tag(html, tag.start()) is not None
        for tag in _TAG.finditer(html)
    )


def _is_heavy_text(html: str, start: int, end: int) -> bool:
    if end - start <= _LONG_TAG:
        return False
    if end - start > _MAX_TAG_LENGTH:
        return True
    # One pass for all marks, where str.count takes one for each.
    text = html[start:end].encode("utf-8", "surrogatepass")
    if len(text) - len(text.translate(None, _PARTING)) < _MAX_ATTRIBUTES:
        return False
    return next(islice(_ATTRIBUTES.finditer(html, start, end), _MAX_ATTRIBUTES, None), None) is not None


def _end_of_heavy_tag(html: str, start: int) -> int | None:
    """Where the tag at ``start`` ends, if it is too heavy."""
    tag = _OPENING.match(html, start)
    return tag.end() if tag is not None and _is_heavy_text(html, start, tag.end()) else None


def _stretches(html: str) -> Iterator[tuple[int, int]]:
    """The long stretches without ``>``, found in leaps from one to the last within reach."""
    place = 0
    while len(html) - place > _LONG_TAG:
        last = html.rfind(">", place, place + _LONG_TAG)
        if last >= 0:
            place = last + 1
            continue
        end = html.find(">", place + _LONG_TAG)
        end = end if end >= 0 else len(html)
        yield place, end
        place = end + 1


class Tag(NamedTuple):
    """A tag and where it stands."""

    name: str
    """As the limits know it: empty for what is no tag or opens nothing."""
    written: str
    start: int
    end: int


def tags_of(html: str, most: int) -> list[Tag]:
    """The tags of a page as far as ``most`` and one more, its comments and raw text among them as tags without name."""
    if not has_foreign(html):
        found = islice(_TAG.finditer(html), most + 1)
        return [Tag(tag["name"] or "", tag["name"] or "", *tag.span()) for tag in found]
    tags: list[Tag] = []
    place = 0
    foreign, raw = _Foreign(), _RawText(html)
    while len(tags) <= most and (tag := (_TAG_WITHIN if foreign.is_open else _TAG).search(html, place)) is not None:
        written = tag["name"] or ""
        is_within = foreign.is_open
        name = foreign.name_of(written, is_closed=tag["closed"] is not None)
        if is_within and written:
            name = raw.name_within(name, tag)
        tags.append(Tag(name, written, *tag.span()))
        place = tag.end()
    return tags


class _Foreign:
    """What is open of svg and math, which lie in each other."""

    def __init__(self) -> None:
        self._open: list[str] = []

    @property
    def is_open(self) -> bool:
        return bool(self._open)

    def name_of(self, written: str, *, is_closed: bool) -> str:
        """The name of the next tag, as the limits know it."""
        plain = written.lower()
        name = _name_within(plain, written, is_closed=is_closed) if self._open else written
        if plain in _ISLANDS:
            if is_closed:
                return ""
            self._open.append(plain)
        elif self._open and plain == f"/{self._open[-1]}":
            self._open.pop()
        return name


class _RawText:
    """What may be raw text in svg and math, where HTML can be within: end tags there may close nothing."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._ends: dict[str, int] = {}
        self._end = 0

    def name_within(self, name: str, tag: re.Match[str]) -> str:
        """``name``, or nothing where the tag is an end tag in what may be text."""
        written = tag["name"].lower()
        if written[0] == "/":
            return "" if tag.start() < self._end else name
        if written in _RAW_NAMES:
            if self._ends.get(written, -1) < tag.end():  # so that each stretch is searched once
                end = re.compile(f"</{written}", re.I).search(self._html, tag.end())
                self._ends[written] = end.start() if end else len(self._html)
            self._end = max(self._end, self._ends[written])
        return name


def _name_within(plain: str, written: str, *, is_closed: bool) -> str:
    """The name of a tag in svg or math: another one than in HTML, but for formatting, which may be HTML in it."""
    name = plain.removeprefix("/")
    if name in FORMATTING or name in ("", *_ISLANDS):
        return written
    return "" if is_closed else f"/foreign {name}" if plain[0] == "/" else f"foreign {name}"
