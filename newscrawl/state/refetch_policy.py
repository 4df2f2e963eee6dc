"""Which announced article is fetched, given what is known of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from newscrawl.state.records import Announcement, ArticleState, Status

INSISTENT = ("backfill", "urls")
"""Modes that try failed articles again at once, due or not."""


class Choice(NamedTuple):
    """What is done about an announced article."""

    wanted: bool
    announcement: Announcement | None
    """What the state does not know yet; None: nothing."""


def choice(announced: Announcement, known: ArticleState | None, mode: str, now: datetime) -> Choice:
    """Whether to fetch it: it is new, it changed, it failed and is due, or it was named.

    ``lastmod`` decides where it is announced: an article is fetched again when it is later than the one announced
    when it was last fetched; where none was, when it is later than the fetch.
    """
    if known is None:
        return Choice(True, announced)
    changed, brought = _lastmods(announced, known)
    news = None
    if brought is not None or _tells(announced, known):
        news = replace(announced, fetched_lastmod=brought)
    if mode == "urls" or (known.fetched is None and known.status is Status.FOUND):
        return Choice(True, news)
    if known.status is Status.FAILED:
        return Choice(changed or mode in INSISTENT or known.due is None or known.due <= now, news)
    return Choice(changed, news)


def _lastmods(announced: Announcement, known: ArticleState) -> tuple[bool, datetime | None]:
    """Whether it changed since it was fetched; which change the fetch brought, where the state does not know yet."""
    lastmod = announced.lastmod
    if lastmod is None or known.fetched is None:
        return False, None
    if known.fetched_lastmod is not None:
        return lastmod > known.fetched_lastmod, None
    if known.lastmod is not None and known.lastmod <= known.fetched:
        # Announced elsewhere while the page was on its way.
        return lastmod > known.lastmod, known.lastmod
    return lastmod > known.fetched, min(lastmod, known.fetched)


def _tells(announced: Announcement, known: ArticleState) -> bool:
    return bool(
        (announced.published and not known.published)
        or (announced.lastmod and (known.lastmod is None or announced.lastmod > known.lastmod))
    )
