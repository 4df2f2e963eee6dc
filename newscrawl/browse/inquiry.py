"""Why a URL has an article or none: what the state knows, and what each of its captures comes to today."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from newscrawl.browse.archived import ArchivedCaptures
from newscrawl.browse.index import BrowseIndex
from newscrawl.chain.chain import Chain, Failed, NotArticle, RejectedArticle
from newscrawl.errors import ArchiveError, StateError
from newscrawl.extract.field_sources import FieldSource, field_sources
from newscrawl.items import Article
from newscrawl.recognition import recognised
from newscrawl.sites import site_for
from newscrawl.sites.pages import article_name
from newscrawl.state.keys import id_key
from newscrawl.state.reading import PastFetch, StateReader
from newscrawl.state.schema import connection_to

logger = logging.getLogger(__name__)

MAX_CAPTURES = 10
"""Captures that are read again, the newest first."""


class Inquiry:
    """Answer what became of a URL."""

    def __init__(self, index: BrowseIndex, captures: ArchivedCaptures, state: Path, pipelines: list[str]) -> None:
        self._index = index
        self._captures = captures
        self._state = state
        self._pipelines = pipelines

    def about(self, url: str) -> dict[str, Any]:
        """Return the verdict in one sentence, the steps that led to it, and the lines of the article."""
        site = site_for(url)
        lines = self._index.revisions(article_name(url))
        steps = [*self._state_says(url), *self._captures_say(url)]
        return {
            "site": site.name if site else None,
            "articleId": site.article_id(url) if site else None,
            "lines": [{"id": row.id, "headline": row.headline, "downloaded": row.downloaded} for row in lines],
            "steps": steps,
            "verdict": _verdict(bool(site), bool(site and site.article_id(url)), bool(lines), steps),
        }

    def sources(self, filename: str | None, offset: int | None) -> dict[str, FieldSource]:
        """Return where each field of the article comes from whose record lies at ``offset`` of ``filename``.

        The record is read again with the pipelines of today. Empty where it cannot be read or gives no article now.
        """
        row = self._index.capture_at(filename, offset) if filename and offset is not None else None
        if row is None:
            return {}
        try:
            capture = self._captures.read(row)
        except ArchiveError as error:
            logger.info("no sources of %s: %s", row.url, error)
            return {}
        article = Chain.from_paths(self._pipelines).result_of(capture)
        if not isinstance(article, Article):
            return {}
        return field_sources(capture, article, site_for(capture.url), recognised)

    def _state_says(self, url: str) -> Iterator[dict[str, str]]:
        site = site_for(url)
        path = self._state / f"{site.name}.sqlite" if site else None
        if site is None or path is None or not path.is_file():
            yield {"when": "", "what": "state", "text": "no crawl of its site is remembered here"}
            return
        try:
            with closing(connection_to(path, writable=False)) as connection:
                reader = StateReader(connection)
                key = id_key(site.article_id(url) or url)
                article, history = reader.article(key), reader.history(key)
        except StateError as error:
            yield {"when": "", "what": "state", "text": str(error)}
            return
        if article is None:
            yield {
                "when": "",
                "what": "state",
                "text": "it was never announced by a sitemap, feed or listing of its site",
            }
            return
        yield {
            "when": str(article.found),
            "what": "found",
            "text": f"announced by {article.source or 'a place that was not kept'}",
        }
        yield from (_step(fetch) for fetch in history)

    def _captures_say(self, url: str) -> Iterator[dict[str, str]]:
        chain = Chain.from_paths(self._pipelines)
        for row in reversed(self._index.captures(url)[-MAX_CAPTURES:]):
            step = {"when": row.date, "what": "capture", "record": f"/capture/{row.filename}/{row.offset}"}
            try:
                capture = self._captures.read(row)
            except ArchiveError as error:
                yield {**step, "text": f"its record cannot be read: {error}"}
                continue
            outcome = chain.result_of(capture)
            yield {
                **step,
                "text": f"status {capture.status}, {capture.media_type or 'no media type'}: {_described(outcome)}",
            }


def _step(fetch: PastFetch) -> dict[str, str]:
    status = f", status {fetch.http_status}" if fetch.http_status else ""
    return {
        "when": str(fetch.date),
        "what": "fetched",
        "text": fetch.outcome.label + status + (f": {fetch.reason}" if fetch.reason else ""),
    }


def _described(outcome: Any) -> str:
    if isinstance(outcome, Article):
        layout = outcome.metadata.layout if outcome.metadata else None
        return f"an article of {len(outcome.paragraphs)} paragraphs, layout {layout}"
    if isinstance(outcome, RejectedArticle):
        return f"rejected: {'; '.join(outcome.messages)}"
    if isinstance(outcome, NotArticle | Failed):
        return f"no article: {outcome.reason}"
    return str(outcome)


def _verdict(known_site: bool, is_article: bool, has_lines: bool, steps: list[dict[str, str]]) -> str:
    captures = [step for step in steps if step["what"] == "capture"]
    if has_lines:
        return "There is an article of this URL."
    if captures:
        return f"It was captured, and gives no article: {captures[0]['text']}."
    if not known_site:
        return "Its host belongs to no site that is crawled here, and the archive holds no capture of it."
    if not is_article:
        return "It is no article address of its site, so no crawl asks for it, and the archive holds no capture of it."
    fetched = [step for step in steps if step["what"] == "fetched"]
    if fetched:
        return f"It was asked for, and the last answer was: {fetched[-1]['text']}."
    if any(step["what"] == "found" for step in steps):
        return "It was announced, and not fetched yet: the next crawl of its site asks for it."
    return "It was never announced to a crawl here: no sitemap, feed or listing that was read named it."
