"""Resolve the addresses that documents announce: trimmed, absolute, and fit for a request, or None."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

MAX_URL = 8_000
"""Characters of an address: RFC 9110 (4.1) asks for 8,000; the longest of the family has 606."""

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width characters, direction marks, byte order mark."""
_AROUND = re.compile(rf"^[\s\x00-\x20{_INVISIBLE}]+|[\s\x00-\x20{_INVISIBLE}]+$")
_INSIDE = re.compile(rf"[\x00-\x1f\x7f\ufffd{_INVISIBLE}]")
_BREAKS = re.compile(r"[\t\r\n]+")
_HOST = re.compile(r"[^\s\x00-\x20/?#@\\<>\"^`{|}%]+")

_PLAIN = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?/(?!/)[!$-;=?-\[\]_a-z~]*+", re.A)
"""An address that needs none of this; most are."""


def absolute_url(href: str, base: str) -> str | None:
    """Return the http or https address that ``href`` means in a document at ``base``, without its fragment.

    Blanks and zero-width characters around it, and line breaks within it, are removed as browsers do (WHATWG URL, 4.4).
    Return None where it has no host, a port that is none, characters that can only come from damage, more than
    :data:`MAX_URL` characters, or another scheme.
    """
    if _PLAIN.fullmatch(href) and len(href) <= MAX_URL and "/." not in href:
        return href
    text = _BREAKS.sub("", _AROUND.sub("", href))
    if not text or len(text) > MAX_URL or _INSIDE.search(text):
        return None
    try:
        url = urljoin(base, text).partition("#")[0]
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # "http://[", a port that is no number or above 65535
        return None
    if parts.scheme not in ("http", "https") or port == 0 or len(url) > MAX_URL:
        return None
    host = parts.hostname or ""
    return url if _HOST.fullmatch(host) and len(host) <= 253 else None
