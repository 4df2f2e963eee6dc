"""End the elements that XHTML ends with a slash and HTML does not: ``<script src="x.js" />`` swallows what follows."""

from __future__ import annotations

import re

from newscrawl.extract.html.page import Page

_SELF_CLOSED = re.compile(r"<(script|iframe|noscript|style|textarea|title)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)/>", re.I)


def with_ends(page: Page) -> Page:
    """Return the page with such elements ended, where it has fewer end tags than start tags of their name."""
    if "/>" not in page.html or _SELF_CLOSED.search(page.html) is None:
        return page
    folded = page.html.lower()
    html = _SELF_CLOSED.sub(
        lambda tag: _ended(tag) if folded.count(f"<{tag[1].lower()}") > folded.count(f"</{tag[1].lower()}") else tag[0],
        page.html,
    )
    return Page(page.url, html) if html != page.html else page


def _ended(tag: re.Match[str]) -> str:
    return f"<{tag[1]}{tag[2]}></{tag[1]}>"
