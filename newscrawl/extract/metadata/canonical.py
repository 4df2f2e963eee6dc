"""The URL that a page calls its own."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newscrawl.extract.html.page import Page

_UNFILLED = re.compile(r"[{}<>\[\]]|%7[BD]|%%|\$\w|/(?:undefined|null|none)(?:$|[/?#])", re.I)
"""What is left in an address of a template that was not filled."""

_LOCAL_HOST = re.compile(r"(?:localhost|127\.|0\.0\.0\.0|192\.168\.|10\.)")
_ARCHIVE_HOSTS = frozenset({"web.archive.org", "archive.org", "www.webarchive.org.uk", "arquivo.pt", "archive.today"})


def canonical_url_of(page: Page) -> str | None:
    """Return ``link[rel=canonical]``, else ``og:url``, whichever can be the page's; else an archived page's own URL."""
    stated = (page.absolute(page.canonical), page.absolute(page.open_graph.get("og:url")))
    found = next((url for url in stated if url and _may_be_canonical(url, page)), None)
    return _with_small_host(found) if found else page.url if page.is_archived else None


def _may_be_canonical(url: str, page: Page) -> bool:
    """Return whether ``url`` can be the page's: no template left unfilled, no home page, no host of a developer."""
    parts = urlsplit(url)
    if _UNFILLED.search(url) is not None or "." not in (parts.hostname or "") or _LOCAL_HOST.match(parts.netloc):
        own = urlsplit(page.url)
        return parts.netloc == own.netloc and _UNFILLED.search(url) is None
    if parts.path in ("", "/") and not parts.query and urlsplit(page.url).path not in ("", "/"):
        return False
    return not (page.is_archived and parts.hostname in _ARCHIVE_HOSTS)


def _with_small_host(url: str) -> str:
    """Return ``url`` with scheme and host in lower case (RFC 3986, 6.2.2.1)."""
    start, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{start.lower()}{mark}{host.lower()}{slash}{path}"
