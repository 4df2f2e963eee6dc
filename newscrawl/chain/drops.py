"""Why an item goes no further. Without the pipelines that say so: whoever asks need not load what reads articles."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from newscrawl.items import Article


class NoArticle(DropItem):
    """The page holds no article; the reason is its message. Counted in the stats, logged at INFO."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"no article at {url}: {reason}", log_level="INFO")
        self.url = url
        self.reason = reason

    def __reduce__(self) -> tuple[type[NoArticle], tuple[str, str]]:
        """Pickle by its parts: it travels between processes."""
        return type(self), (self.url, self.reason)


class Rejected(DropItem):
    """An article that breaks the schema, with all reasons."""

    def __init__(self, article: Article, messages: tuple[str, ...]) -> None:
        super().__init__(f"rejected {article.url}: {'; '.join(messages)}", log_level="WARNING")
        self.article = article
        self.url = article.url
        self.messages = messages

    def __reduce__(self) -> tuple[type[Rejected], tuple[Article, tuple[str, ...]]]:
        """Pickle by its parts: it travels between processes."""
        return type(self), (self.article, self.messages)


class Unchanged(DropItem):
    """The article was written before, word for word."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"unchanged {article.url}", log_level="DEBUG")
        self.article = article
