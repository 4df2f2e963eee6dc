"""Addresses on a page, made absolute."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

_ABSOLUTE = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?/[^\s?#;\\]*(?:\?[^\s#\\]+)?")
"""URLs that need no joining and stay as they are: most of a page's."""

_OF_HOST = re.compile(r"/(?![./])[^\s?#;\\/]*(?:/(?!\.)[^\s?#;\\/]*)*(?:\?[^\s#\\]+)?")
"""Paths on the page's host, without dots between slashes: what joins them is the host alone."""

_BLANK = re.compile(r"[\s\x00-\x20\x7f]")
"""What editors leave in the names of files, and no URL may hold: browsers escape it (URL Standard, 4.4)."""

_CONTROLS = "".join(map(chr, range(0x21)))
"""What browsers take off both ends of an address (URL Standard, 4.4)."""

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?(?=/|$)")


class Base:
    """What relative addresses are relative to: the page's address, or the one that it states (HTML, 2.4.3)."""

    def __init__(self, url: str) -> None:
        found = _ORIGIN.match(url)
        self._url = url
        self._origin = found[0] if found else ""

    def joined(self, url: str | None) -> str | None:
        """``url`` as an absolute http(s) URL, its blanks escaped; None where it is none, or a place on the page."""
        if not url:
            return None
        if url[0] == "/":
            if self._origin and _OF_HOST.fullmatch(url):
                return self._origin + url
        elif _ABSOLUTE.fullmatch(url):
            return url
        address = url.strip(_CONTROLS)
        if not address or address[0] == "#":
            return None
        try:
            joined = urljoin(self._url, address)
            parts = urlsplit(joined)
        except ValueError:  # "http://[" and the like
            return None
        if parts.scheme not in ("http", "https") or not parts.hostname or _BLANK.search(parts.netloc):
            return None
        return _BLANK.sub(lambda blank: quote(blank[0]), joined)
