"""Addresses on a page, made absolute."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_ABSOLUTE = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?/[^\s?#;\\]*(?:\?[^\s#\\]+)?")
"""URLs that need no joining and stay as they are: most of a page's."""

_OF_HOST = re.compile(r"/(?![./])[^\s?#;\\/]*(?:/(?!\.)[^\s?#;\\/]*)*(?:\?[^\s#\\]+)?")
"""Paths on the page's host, without dots between slashes: what joins them is the host alone."""

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?(?=/|$)")


class Base:
    """What relative addresses are relative to: the page's address, or the one that it states (HTML, 2.4.3)."""

    def __init__(self, url: str) -> None:
        found = _ORIGIN.match(url)
        self._url = url
        self._origin = found[0] if found else ""

    def joined(self, url: str | None) -> str | None:
        """``url`` as an absolute http(s) URL; None where it is none."""
        if not url:
            return None
        if url[0] == "/":
            if self._origin and _OF_HOST.fullmatch(url):
                return self._origin + url
        elif _ABSOLUTE.fullmatch(url):
            return url
        try:
            joined = urljoin(self._url, url.strip())
            parts = urlsplit(joined)
        except ValueError:  # "http://[" and the like
            return None
        return joined if parts.scheme in ("http", "https") and parts.netloc else None
