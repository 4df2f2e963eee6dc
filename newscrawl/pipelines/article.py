"""From bytes to data: the item changes its type here, once."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from newscrawl.capture import Capture
from newscrawl.errors import NotAnArticle
from newscrawl.extract.article import article_from
from newscrawl.items import Article
from newscrawl.sites import site_for


class NoArticle(DropItem):
    """The page holds no article; the reason is its message. Counted in the stats, logged at INFO."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"no article at {url}: {reason}", log_level="INFO")
        self.url = url
        self.reason = reason


class ArticlePipeline:
    """Reads the article of a capture: metadata, body, media."""

    def process_item(self, item: Capture) -> Article:
        """The article.

        Raises:
            NoArticle: the page holds none.
        """
        try:
            return article_from(item, site_for(item.url))
        except NotAnArticle as error:
            raise NoArticle(item.url, str(error)) from error
