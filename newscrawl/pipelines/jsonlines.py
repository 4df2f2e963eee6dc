"""Write articles to JSON Lines, one file for each crawl, and rejected ones to a second file."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import orjson
from scrapy import signals
from scrapy.exceptions import NotConfigured

from newscrawl.chain.drops import Rejected
from newscrawl.dates import instant_of
from newscrawl.items import Article, json_line, rejection_line
from newscrawl.pipelines.revision import revision_of
from newscrawl.state.crawl import CrawlState, PageOutcome
from newscrawl.state.keys import page_key
from newscrawl.state.lines import Line, LineFile, rejection_digest
from newscrawl.state.records import Outcome

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def rejected_line(rejected: Rejected) -> bytes:
    """Return the rejected article with the reasons, as one line of JSON."""
    return rejection_line(rejected.article, rejected.messages)


class JsonLinesPipeline:
    """Writes each article to ``ARTICLES_DIRECTORY/<site>-<start>-<crawl id>.jsonl``.

    The lines are written in batches, each after the WARC records that they name (:mod:`newscrawl.state.batch`). With
    its line a page is finished: what later pipelines do, such as fetching pictures, does not hold it up.
    """

    def __init__(self, crawler: Crawler, articles: LineFile, rejected: LineFile) -> None:
        self._stats = crawler.stats
        self._state = CrawlState.of(crawler)
        self.articles = self._state.articles = articles
        self._state.rejected = rejected
        self._has_lines = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline for Scrapy.

        Raises:
            NotConfigured: ``ARTICLES_DIRECTORY`` is not set.
        """
        folder = crawler.settings.get("ARTICLES_DIRECTORY")
        if not folder:
            raise NotConfigured  # ARTICLES_DIRECTORY is not set
        name = f"{crawl_name(crawler)}.jsonl"
        rejected = crawler.settings.get("REJECTED_DIRECTORY", "data/rejected")
        pipeline = cls(crawler, LineFile(Path(folder) / name), LineFile(Path(rejected) / name))
        crawler.signals.connect(pipeline.item_dropped, signal=signals.item_dropped)
        return pipeline

    def process_item(self, item: Any) -> Any:
        """Finish the page of an article with its line; return every item for the feeds, if any."""
        if not isinstance(item, Article):
            return item  # another item of a project that uses the add-on
        revision = revision_of(item, self._state.site)
        line = Line(*revision, json_line(item))
        published = instant_of(item.datePublished)
        downloaded = item.metadata.dateDownloaded if item.metadata else ""
        self._state.finish(item.url, downloaded, PageOutcome(Outcome.NEW, None, published, revision, line))
        if self._stats is not None and not self._has_lines:
            self._has_lines = True
            self._stats.set_value("articles/file", str(self.articles.path))
        self._count("articles/written")
        return item

    def item_dropped(self, exception: Exception) -> None:
        """Write what the validation rejected, with the reasons."""
        if isinstance(exception, Rejected):
            self._state.add_rejected(_rejected_line(exception, self._state.site))
            self._count("articles/rejected")

    def _count(self, name: str) -> None:
        if self._stats is not None:
            self._stats.inc_value(name)


def _rejected_line(rejected: Rejected, site: str) -> Line:
    content = rejected_line(rejected)
    document = orjson.loads(content)
    digest = rejection_digest(document["messages"], document["article"])
    return Line(page_key(rejected.article.url, site), digest, content)


def crawl_name(crawler: Crawler) -> str:
    """Return ``<site>-<start, UTC>-<crawl id>``, the base name of the files of this crawl."""
    spider = crawler.spider
    name = getattr(spider, "name", None) or getattr(crawler.spidercls, "name", "crawl")
    crawl_id = str(getattr(spider, "crawl_id", "") or os.getpid())
    start = getattr(spider, "started", None)
    stamp = start.strftime("%Y%m%d%H%M%S") if start else "undated"
    return "-".join(_UNSAFE.sub("_", part)[:64] for part in (str(name), stamp, crawl_id))
