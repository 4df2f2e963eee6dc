"""Decide which announced articles are fetched, from what the state knows of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from newscrawl.state.records import Announcement, ArticleState, Status

RETRYING_MODES = ("backfill", "urls")
"""Modes that fetch failed articles again at once, whether or not they are due."""


class Decision(NamedTuple):
    """What is done about an announced article."""

    is_wanted: bool
    """Whether to fetch it."""
    announcement: Announcement | None
    """What the state has to store; None where it knows everything."""


def decide(announced: Announcement, known: ArticleState | None, mode: str, now: datetime) -> Decision:
    """Decide whether to fetch an article: it is new, it changed, it failed and is due, or the user named it.

    ``lastmod`` shows a change where it is announced. It is compared with the one that was announced when the article
    was last fetched; where none was, with the instant of that fetch.
    """
    if known is None:
        return Decision(True, announced)
    changed, brought = _compare_lastmods(announced, known)
    news = None
    if brought is not None or _has_news(announced, known):
        news = replace(announced, fetched_lastmod=brought)
    if mode == "urls" or (known.fetched is None and known.status is Status.FOUND):
        return Decision(True, news)
    if known.status is Status.FAILED:
        return Decision(changed or mode in RETRYING_MODES or known.due is None or known.due <= now, news)
    return Decision(changed, news)


def _compare_lastmods(announced: Announcement, known: ArticleState) -> tuple[bool, datetime | None]:
    """Return whether the article changed since its fetch, and the change that the fetch brought if that is new."""
    lastmod = announced.lastmod
    if lastmod is None or known.fetched is None:
        return False, None
    if known.fetched_lastmod is not None:
        return lastmod > known.fetched_lastmod, None
    if known.lastmod is not None and known.lastmod <= known.fetched:
        # Another place announced it while the page was being fetched.
        return lastmod > known.lastmod, known.lastmod
    return lastmod > known.fetched, min(lastmod, known.fetched)


def _has_news(announced: Announcement, known: ArticleState) -> bool:
    return bool(
        (announced.published and not known.published)
        or (announced.lastmod and (known.lastmod is None or announced.lastmod > known.lastmod))
    )
