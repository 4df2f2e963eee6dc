"""An article fetched again gives a new line only when it says something it never said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem

from newscrawl.items import Article
from newscrawl.sites import site_for

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Unchanged(DropItem):
    """The article was written before, word for word."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"unchanged {article.url}", log_level="DEBUG")


def article_key(article: Article) -> str:
    """What all fetches of one article share: its site and id, or its URL where there is no id."""
    site = site_for(article.url)
    article_id = site.article_id(article.url) if site else None
    return f"{site.name}/{article_id}" if site and article_id else article.url


class RevisionPipeline:
    """Drops an article whose digest was written before for the same article."""

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats
        self._written: set[tuple[str, str | None]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        """The article, where it is new.

        Raises:
            Unchanged: it is not.
        """
        revision = (article_key(item), item.metadata.articleDigest if item.metadata else None)
        if revision in self._written:
            if self._stats is not None:
                self._stats.inc_value("articles/unchanged")
            raise Unchanged(item)
        self._written.add(revision)
        return item
