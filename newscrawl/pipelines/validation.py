"""Only articles that keep to the schema pass; nothing vanishes: the others carry their reasons to data/rejected."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from newscrawl.errors import InvalidArticle
from newscrawl.extract.conformance import quick_check
from newscrawl.extract.validation import validated
from newscrawl.items import Article


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


class ValidationPipeline:
    """Checks the article against the schema and sets its digest."""

    def __init__(self) -> None:
        quick_check()  # now, so that processes which are forked from this one have it

    def process_item(self, item: Article) -> Article:
        """The article with ``metadata.articleDigest`` and ``metadata.validationMessages``.

        Raises:
            Rejected: it breaks the schema.
        """
        try:
            return validated(item)
        except InvalidArticle as error:
            raise Rejected(item, error.messages) from error
