"""Only articles that keep to the schema pass; nothing vanishes: the others carry their reasons to data/rejected."""

from __future__ import annotations

from newscrawl.chain.drops import Rejected
from newscrawl.errors import InvalidArticle
from newscrawl.items import Article
from newscrawl.schema.conformance import quick_check
from newscrawl.schema.validation import validated


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
