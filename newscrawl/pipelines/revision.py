"""An article fetched again gives a new line only when it says something it never said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from newscrawl.chain.drops import Unchanged
from newscrawl.items import Article
from newscrawl.state.crawl import CrawlState
from newscrawl.state.keys import article_name, page_key
from newscrawl.state.lines import revision_digest

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def article_key(article: Article) -> str:
    """What all fetches of one article share: its site and id, or its URL where there is no id."""
    return article_name(article.url)


def revision_of(article: Article, site: str) -> tuple[int, bytes]:
    """What the article says now, as the state of ``site`` knows it."""
    digest = article.metadata.articleDigest if article.metadata else None
    return page_key(article.url, site), revision_digest(digest)


class RevisionPipeline:
    """Drops an article whose digest was written before for the same article, in this crawl or any other."""

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats
        self._state = CrawlState.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        """The article, where it is new.

        Raises:
            Unchanged: it is not.
        """
        if not self._state.known.claim(*revision_of(item, self._state.site)):
            if self._stats is not None:
                self._stats.inc_value("articles/unchanged")
            raise Unchanged(item)
        return item
