"""The ``Sitemap:`` lines of a robots.txt (https://www.sitemaps.org/protocol.html#submit_robots)."""

from __future__ import annotations

from protego import Protego

from newscrawl.discovery.found import Found
from newscrawl.errors import DiscoveryError

MAX_BYTES = 512 * 1024
"""Read at most: a crawler must read 500 KiB (RFC 9309, 2.5)."""
MAX_SITEMAPS = 1000


def robots_sitemaps(document: bytes, url: str) -> tuple[Found, ...]:
    """The sitemaps that a robots.txt names, each once.

    Raises:
        DiscoveryError: it is no robots.txt but a page of HTML.
    """
    text = document[:MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    if text.lstrip()[:1] == "<":
        raise DiscoveryError(f"{url}: the document is HTML, not robots.txt")
    named = dict.fromkeys(Protego.parse(text).sitemaps)
    return tuple(
        Found(url=sitemap, source="robots", via=url, is_sitemap=True) for sitemap in list(named)[:MAX_SITEMAPS]
    )
