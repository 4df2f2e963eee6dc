"""Pass only articles that keep to the schema. A crawl writes the others to data/rejected with the reasons."""

from __future__ import annotations

from newscrawl.items import Article
from newscrawl.schema.conformance import quick_check
from newscrawl.schema.validation import validated


class ValidationPipeline:
    """Check the article against the schema and set its digest."""

    def __init__(self) -> None:
        quick_check()  # compiled here, so that processes forked from this one have it

    def process_item(self, item: Article) -> Article:
        """Return the article with ``metadata.articleDigest`` and ``metadata.validationMessages``.

        Raises:
            InvalidArticle: it breaks the schema.
        """
        return validated(item)
