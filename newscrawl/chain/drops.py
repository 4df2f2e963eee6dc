"""The exceptions by which a crawl drops an item, with the reason.

They stand apart from the pipelines that raise them, so that reports can name them without loading what reads articles.
"""

from __future__ import annotations

from scrapy.exceptions import DropItem

from newscrawl.chain.chain import NotArticle, Readable, RejectedArticle, result_of_error
from newscrawl.items import Article


class NoArticle(DropItem):
    """The page holds no article. Counted in the stats, logged at INFO."""

    def __init__(self, url: str, reason: str, *, is_wall: bool = False) -> None:
        super().__init__(f"no article at {url}: {reason}", log_level="WARNING" if is_wall else "INFO")
        self.url = url
        self.reason = reason
        self.is_wall = is_wall


class Rejected(DropItem):
    """The article breaks the schema; ``messages`` holds all reasons."""

    def __init__(self, article: Article, messages: tuple[str, ...]) -> None:
        super().__init__(f"rejected {article.url}: {'; '.join(messages)}", log_level="WARNING")
        self.article = article
        self.url = article.url
        self.messages = messages


class Unchanged(DropItem):
    """The same revision of the article was written before."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"unchanged {article.url}", log_level="DEBUG")
        self.article = article


def drop_of(item: Readable, error: Exception) -> Exception:
    """Return the exception that tells Scrapy what an exception of an article pipeline means."""
    match result_of_error(item, error):
        case NotArticle(url, reason, is_wall) if not isinstance(error, DropItem):
            return NoArticle(url, reason, is_wall=is_wall)
        case RejectedArticle(article, messages):
            return Rejected(article, messages)
    return error
