"""Articles to JSON Lines, one file a crawl; rejected ones to a file beside."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

import orjson
from scrapy import signals
from scrapy.exceptions import NotConfigured

from newscrawl.items import Article
from newscrawl.pipelines.validation import Rejected

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def json_line(article: Article) -> bytes:
    """The article as one line of JSON: every key, in the order of the dataclass."""
    return orjson.dumps(article) + b"\n"


def rejected_line(rejected: Rejected) -> bytes:
    """The rejected article with the reasons, as one line of JSON."""
    return orjson.dumps({"url": rejected.url, "messages": rejected.messages, "article": rejected.article}) + b"\n"


class LineFile:
    """A file of lines that exists from its first line on; opened exclusively, so that no crawl overwrites another's."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = 0
        self._file: BinaryIO | None = None

    def write(self, line: bytes) -> None:
        """Append ``line``; it is with the operating system when this returns."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("xb", buffering=0)
        self._file.write(line)
        self.lines += 1

    def sync(self) -> None:
        """Have the lines on the disk."""
        if self._file is not None:
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Lines on the disk, file closed."""
        if self._file is not None:
            self.sync()
            self._file.close()
            self._file = None


class JsonLinesPipeline:
    """Writes each article to ``ARTICLES_DIRECTORY/<site>-<start>-<crawl id>.jsonl``."""

    def __init__(self, crawler: Crawler, articles: LineFile, rejected: LineFile) -> None:
        self._stats = crawler.stats
        self.articles = articles
        self.rejected = rejected

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it; not configured without ``ARTICLES_DIRECTORY``."""
        folder = crawler.settings.get("ARTICLES_DIRECTORY")
        if not folder:
            raise NotConfigured("ARTICLES_DIRECTORY is not set")
        name = f"{crawl_name(crawler)}.jsonl"
        rejected = crawler.settings.get("REJECTED_DIRECTORY", "data/rejected")
        pipeline = cls(crawler, LineFile(Path(folder) / name), LineFile(Path(rejected) / name))
        crawler.signals.connect(pipeline.item_dropped, signal=signals.item_dropped)
        return pipeline

    def process_item(self, item: Article) -> Article:
        """Writes the line; the item goes on to the feeds, if any."""
        self.articles.write(json_line(item))
        if self._stats is not None:
            self._stats.inc_value("articles/written")
            self._stats.set_value("articles/file", str(self.articles.path))
        return item

    def item_dropped(self, exception: Exception) -> None:
        """Writes what the validation rejected, with the reasons."""
        if isinstance(exception, Rejected):
            self.rejected.write(rejected_line(exception))
            if self._stats is not None:
                self._stats.inc_value("articles/rejected")

    def close_spider(self) -> None:
        """All lines on the disk."""
        self.articles.close()
        self.rejected.close()


def crawl_name(crawler: Crawler) -> str:
    """``<site>-<start, UTC>-<crawl id>``: the base name of the files of this crawl."""
    spider = crawler.spider
    name = getattr(spider, "name", None) or getattr(crawler.spidercls, "name", "crawl")
    crawl_id = str(getattr(spider, "crawl_id", "") or os.getpid())
    start = getattr(spider, "started", None)
    stamp = start.strftime("%Y%m%d%H%M%S") if start else "undated"
    return "-".join(_UNSAFE.sub("_", part)[:64] for part in (str(name), stamp, crawl_id))
