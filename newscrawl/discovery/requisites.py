"""Find what a page needs to look as its readers saw it: style sheets, scripts, fonts, images, audio and video.

Sources: HTML Living Standard, 4.2.4 (link), 4.8.4.2.1 (srcset); CSS Fonts 4, 4.3 (src of ``@font-face``); CSS Cascading
and Inheritance 5, 2 (``@import``). A scan for tags is enough, and takes a tenth of the time of a parser. What scripts
load, which includes ``data-src`` and modules that modules import, is not found.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin

from w3lib.url import safe_url_string

KINDS = ("style", "script", "font", "image", "media")
"""What a requisite may be; ``media`` is audio and video, with their subtitles."""
MAX_URL = 2048
"""Characters of a URL; longer ones are ignored."""
MAX_SCANNED = 4 * 1024 * 1024
"""Bytes of a page or style sheet that are scanned."""
MAX_TAGS = 3_000
"""Tags of a page that are looked at."""
_MAX_TAG = 4 * 1024
"""Bytes of a tag."""

_START = re.compile(rb"<(?:(!--)|(script|style|link|base)\b)", re.IGNORECASE)
_START_WITH_PICTURES = re.compile(
    rb"<(?:(!--)|(script|style|link|img|source|video|audio|track|base)\b)|\sstyle\s*=\s*[\"']", re.IGNORECASE
)
_PICTURES = frozenset({"image", "media"})
"""Kinds that any tag may name."""
_ATTRIBUTES = re.compile(rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
_ATTRIBUTE = re.compile(rb"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_CSS_START = re.compile(rb"(/\*)|(@import\b)|(@font-face\b)|url\(", re.IGNORECASE)
_CSS_URL = re.compile(
    rb"\s*(?:url\(\s*)?(?:\"([^\"\n]{1,4096})\"|'([^'\n]{1,4096})'|([^\s\"');]{1,4096}))", re.IGNORECASE
)
_CANDIDATE = re.compile(r"[\s,]*+(\S+)(?:\s+[^,]*+)?,?")
_ORIGIN = re.compile(r"(?:[^/]*//[^/?#]*)?")
_REL_KINDS = {"stylesheet": "style", "modulepreload": "script", "icon": "image", "apple-touch-icon": "image"}
_PRELOADED = {**{kind: kind for kind in KINDS}, "audio": "media", "video": "media", "track": "media"}
"""Kind by the ``as`` attribute of ``<link rel="preload">``."""


class Requisite(NamedTuple):
    """One file that a page or style sheet needs."""

    kind: str
    """One of :data:`KINDS`."""
    url: str
    """Absolute, without fragment, escaped."""


def requisites_of_page(content: bytes, url: str, kinds: Collection[str]) -> Iterator[Requisite]:
    """Yield the requisites of ``kinds`` that the HTML page ``content``, fetched from ``url``, names, each once."""
    yield from dict.fromkeys(_page_requisites(content[:MAX_SCANNED], url, frozenset(kinds)))


def requisites_of_style_sheet(content: bytes, url: str, kinds: Collection[str]) -> Iterator[Requisite]:
    """Yield the requisites of ``kinds`` that the style sheet ``content``, fetched from ``url``, names, each once."""
    yield from dict.fromkeys(_css_requisites(content[:MAX_SCANNED], url, frozenset(kinds)))


def _page_requisites(content: bytes, url: str, kinds: frozenset[str]) -> Iterator[Requisite]:
    base = url
    pattern = _START if kinds.isdisjoint(_PICTURES) else _START_WITH_PICTURES
    ends = _Ends(content)
    position = tags = 0
    while tags < MAX_TAGS and (start := pattern.search(content, position)):
        tags += 1
        position = start.end()
        if start[1]:
            position = ends.after(b"-->", position)
            continue
        if start[2] is None:  # a style attribute
            end = content.find(start[0][-1:], position, position + _MAX_TAG)
            if end > position and b"(" in content[position:end]:
                yield from _css_requisites(html.unescape(_text(content[position:end])).encode(), base, kinds)
            continue
        attributes = _ATTRIBUTES.match(content, position, position + _MAX_TAG)
        if attributes is None:
            continue
        position = attributes.end()
        name, values = start[2].lower(), _values(attributes[0])
        if name == b"base":
            base = _absolute(url, values.get("href")) or base
        elif name == b"style":
            end = ends.after(b"</style", position)
            yield from _css_requisites(content[position:end], base, kinds)
            position = end
        else:
            if name == b"script":
                position = ends.after(b"</script", position)
            yield from _tag_requisites(name.decode(), values, base, kinds)


def _tag_requisites(name: str, values: dict[str, str], base: str, kinds: frozenset[str]) -> Iterator[Requisite]:
    if name == "link":
        relations = values.get("rel", "").lower().split()
        kind = next(filter(None, map(_REL_KINDS.get, relations)), None)
        if kind is None and "preload" in relations:
            kind = _PRELOADED.get(values.get("as", "").lower())
        yield from _requisites(kind, kinds, base, values.get("href"))
    elif name == "script":
        yield from _requisites("script", kinds, base, values.get("src"))
    else:
        media = name in ("video", "audio", "track") or values.get("type", "").startswith(("video/", "audio/"))
        yield from _requisites("media" if media else "image", kinds, base, values.get("src"))
        yield from _requisites("image", kinds, base, values.get("poster"), *_candidates(values.get("srcset", "")))


def _css_requisites(content: bytes, base: str, kinds: frozenset[str]) -> Iterator[Requisite]:
    ends = _Ends(content)
    position = font_face_end = 0
    while start := _CSS_START.search(content, position):
        position = start.end()
        if start[1]:
            position = ends.after(b"*/", position)
            continue
        if start[3]:
            font_face_end = ends.after(b"}", position)
            continue
        value = _CSS_URL.match(content, position)
        if value is None:
            continue
        position = value.end()
        kind = "style" if start[2] else "font" if start.start() < font_face_end else "image"
        yield from _requisites(kind, kinds, base, _text(next(filter(None, value.groups()))))


class _Ends:
    """Finds ends of comments and elements; one that is missing is searched only once, so the time is linear."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._lower = content.lower()
        self._missing: set[bytes] = set()

    def after(self, end: bytes, position: int) -> int:
        """Return the position after the next ``end``, or ``position`` where none follows."""
        if end in self._missing:
            return position
        found = self._lower.find(end, position)
        if found < 0:
            self._missing.add(end)
            return position
        return found + len(end)


def _values(attributes: bytes) -> dict[str, str]:
    """Return the attributes of a tag by their names in lower case; the first of a name counts."""
    values: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(attributes):
        value = next((group for group in match.groups()[1:] if group is not None), b"")
        values.setdefault(_text(match[1]).lower(), html.unescape(_text(value)))
    return values


def _candidates(srcset: str) -> Iterator[str]:
    """Yield the URLs of a ``srcset``, each before its width or density."""
    return (match[1].rstrip(",") for match in _CANDIDATE.finditer(srcset))


def _requisites(kind: str | None, kinds: frozenset[str], base: str, *values: str | None) -> Iterator[Requisite]:
    if kind is not None and kind in kinds:
        yield from (Requisite(kind, url) for value in values if (url := _absolute(base, value)))


def _absolute(base: str, value: str | None) -> str | None:
    """Return the absolute HTTP URL that ``value`` means on a page with this base; None where it means none."""
    value = (value or "").strip()
    if not value or len(value) > MAX_URL:
        return None
    if value.startswith("/"):
        base = _ORIGIN.match(base)[0]  # type: ignore[index]  # the URL of a capture
    return _joined(base, value)


# The pages of a site name the same files from the root of its host.
@lru_cache(maxsize=4096)
def _joined(base: str, value: str) -> str | None:
    try:
        url = urldefrag(urljoin(base, value)).url
        if not url.lower().startswith(("http://", "https://")):
            return None
        escaped = safe_url_string(url)
    except ValueError:
        return None
    return escaped if len(escaped) <= MAX_URL else None


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
