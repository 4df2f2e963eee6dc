"""Which captures are asked for an article: one decision for crawls and replays, made before anything is parsed."""

from __future__ import annotations

from newscrawl.capture import Capture
from newscrawl.sites import site_for
from newscrawl.web_archives import original_url

OK = 200
HTML = frozenset({"text/html", "application/xhtml+xml", ""})
"""Media types that may hold an article; empty: the server told none."""


def why_passed_over(capture: Capture) -> str | None:
    """Why ``capture`` is not asked for an article; None: it is.

    On a host of the registry only article URLs are, and only when they came whole: a crawl fetches a page that broke
    off again. On any other host every HTML page is, a truncated one too, since there is no other copy.
    """
    reason = why_not_fetched(capture.url, capture.status, capture.media_type)
    if reason is None and capture.truncated is not None and site_for(capture.url) is not None:
        return f"truncated: {capture.truncated}"
    return reason


def why_not_fetched(url: str, status: int | None, media_type: str) -> str | None:
    """The same for what is known before a payload is decoded; a ``status`` of None is not judged."""
    if status is not None and status != OK:
        return f"status {status}"
    if media_type not in HTML:
        return f"media type {media_type}"
    address = original_url(url) or url
    site = site_for(address)
    if site is not None and site.article_id(address) is None:
        return f"no article URL of {site.name}"
    return None
