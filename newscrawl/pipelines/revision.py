"""Drop an article that was fetched again and has no content that it never had before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from newscrawl.chain.drops import Unchanged
from newscrawl.items import Article
from newscrawl.sites.pages import article_name
from newscrawl.state.crawl import CrawlState
from newscrawl.state.keys import page_key
from newscrawl.state.lines import revision_digest

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def article_key(article: Article) -> str:
    """Return what all fetches of one article share: ``SITE/ID``, or its URL where there is no id."""
    return article_name(article.url)


def revision_of(article: Article, site: str) -> tuple[int, bytes]:
    """Return the key and the digest under which the state of ``site`` knows this content of the article."""
    digest = article.metadata.articleDigest if article.metadata else None
    return page_key(article.url, site), revision_digest(digest)


class RevisionPipeline:
    """Drops an article whose digest was written before for the same article, by this crawl or any other."""

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats
        self._state = CrawlState.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline for Scrapy."""
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        """Return the article if its content is new.

        Raises:
            Unchanged: a line with this content exists.
        """
        if not self._state.seen.claim(*revision_of(item, self._state.site)):
            if self._stats is not None:
                self._stats.inc_value("articles/unchanged")
            raise Unchanged(item)
        return item
