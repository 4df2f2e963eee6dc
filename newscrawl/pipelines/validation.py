"""Only articles that keep to the schema pass; nothing vanishes: the others carry their reasons to data/rejected."""

from __future__ import annotations

from newscrawl.errors import InvalidArticle
from newscrawl.extract.conformance import quick_check
from newscrawl.extract.validation import validated
from newscrawl.items import Article
from newscrawl.pipelines.drops import Rejected


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
