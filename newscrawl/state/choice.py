"""Which announced article is fetched, given what is known of it."""

from __future__ import annotations

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
    when it was last fetched; where that one is not known, when it is later than the fetch.
    """
    if known is None:
        return Choice(True, announced)
    changed, caught_up = _lastmods(announced, known)
    news = announced if caught_up or _tells(announced, known) else None
    if news is not None and caught_up:
        news = Announcement(
            announced.key, announced.url, announced.source, announced.found, announced.published, announced.lastmod,
            fetched_lastmod=announced.lastmod,
        )  # fmt: skip
    if mode == "urls" or (known.fetched is None and known.status is Status.FOUND):
        return Choice(True, news)
    if known.status is Status.FAILED:
        return Choice(changed or mode in INSISTENT or known.due is None or known.due <= now, news)
    return Choice(changed, news)


def _lastmods(announced: Announcement, known: ArticleState) -> tuple[bool, bool]:
    """Whether it changed since it was fetched; whether the fetch is known to have brought what is announced."""
    lastmod = announced.lastmod
    if lastmod is None or known.fetched is None:
        return False, False
    if known.fetched_lastmod is not None:
        return lastmod > known.fetched_lastmod, False
    changed = lastmod > known.fetched
    return changed, not changed


def _tells(announced: Announcement, known: ArticleState) -> bool:
    return bool(
        (announced.published and not known.published)
        or (announced.lastmod and (known.lastmod is None or announced.lastmod > known.lastmod))
    )
