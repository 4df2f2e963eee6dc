"""Decide which captures are asked for an article: one decision for crawls and replays, made before any parsing."""

from __future__ import annotations

from newscrawl.account import Outcome
from newscrawl.capture import Capture
from newscrawl.sites import site_for
from newscrawl.web_archives import original_url

OK = 200
HTML = frozenset({"text/html", "application/xhtml+xml", ""})
"""Media types that may hold an article; empty: the server stated none."""


def why_passed_over(capture: Capture) -> str | None:
    """Return why ``capture`` is not asked for an article, or None if it is.

    On a host of the registry only article URLs are, and only complete ones: a crawl fetches an incomplete page again.
    On any other host every HTML page is, an incomplete one too, since there is no other copy.
    """
    reason = why_not_fetched(capture.url, capture.status, capture.media_type)
    if reason is None and capture.truncated is not None and site_for(capture.url) is not None:
        return f"truncated: {capture.truncated}"
    return reason


def why_not_fetched(url: str, status: int | None, media_type: str) -> str | None:
    """Return why no article is expected, from what is known before decoding; a ``status`` of None is not judged."""
    unfit = unfit_for_article(url, status, media_type)
    return unfit[1] if unfit is not None else None


def unfit_for_article(url: str, status: int | None, media_type: str) -> tuple[Outcome, str] | None:
    """Return the outcome of a capture that is not asked for an article, with the reason; None if it is asked."""
    if status is not None and status != OK:
        return Outcome.STATUS, f"status {status}"
    if media_type not in HTML:
        return Outcome.NOT_HTML, f"media type {media_type}"
    address = original_url(url) or url
    site = site_for(address)
    if site is not None and site.article_id(address) is None:
        return Outcome.NOT_ARTICLE_URL, f"no article URL of {site.name}"
    return None


def article_name(url: str) -> str:
    """Return what all captures of one article share: its site and article id, or its URL if there is no id."""
    site = site_for(url)
    article_id = site.article_id(url) if site else None
    return f"{site.name}/{article_id}" if site and article_id else url
