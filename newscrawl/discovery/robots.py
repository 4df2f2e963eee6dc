"""Read the ``Sitemap:`` lines of a robots.txt (https://www.sitemaps.org/protocol.html#submit_robots)."""

from __future__ import annotations

import codecs
import re

from newscrawl.discovery.found import Faults, Found
from newscrawl.discovery.urls import absolute_url
from newscrawl.errors import DiscoveryError

MAX_BYTES = 512 * 1024
"""Bytes that are read: a crawler must read 500 KiB (RFC 9309, 2.5)."""
MAX_SITEMAPS = 1000
"""Sitemaps of one robots.txt that are read."""

_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:([^#\r\n]*)", re.I | re.M)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def robots_text(document: bytes) -> str:
    """Return the text of a robots.txt: UTF-8 (RFC 9309, 2.2), or UTF-16 where a byte order mark says so."""
    document = document[:MAX_BYTES]
    encoding = next((encoding for mark, encoding in _MARKS if document.startswith(mark)), "utf-8")
    return document.decode(encoding, "replace").lstrip("\ufeff")


def robots_sitemaps(document: bytes, url: str, faults: Faults | None = None) -> tuple[Found, ...]:
    """Return the sitemaps that the robots.txt at ``url`` names, each once, resolved against ``url``.

    Raises:
        DiscoveryError: the document is an HTML page, no robots.txt.
    """
    text = robots_text(document)
    if text.lstrip()[:1] == "<":
        raise DiscoveryError(f"{url}: the document is HTML, not robots.txt")
    named: dict[str, None] = {}
    for match in _SITEMAP.finditer(text):
        address = absolute_url(match[1], url)
        if address is not None:
            named[address] = None
        elif faults is not None:
            faults.note_address(match[1].strip())
        if len(named) >= MAX_SITEMAPS:
            break
    return tuple(Found(url=address, source="robots", via=url, is_sitemap=True) for address in named)
