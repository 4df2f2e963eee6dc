"""Page objects for web-poet and scrapy-poet: a page gives a newscrawl article, or Zyte's item. Needs newscrawl[poet].

::

    class MySpider(scrapy.Spider):
        def parse_article(self, response, page: NewsArticlePage):
            yield page.article()
"""

from __future__ import annotations

import zyte_common_items as zyte
from web_poet import WebPage
from web_poet.exceptions import UseFallback

from newscrawl import api
from newscrawl.errors import InvalidArticle, NotAnArticle
from newscrawl.integrations.zyte import to_zyte
from newscrawl.items import Article


class NewsArticlePage(WebPage[Article]):
    """Give the article of a news page, on any host."""

    def article(self) -> Article:
        """Return the article.

        Raises:
            NotAnArticle: the page holds none.
            InvalidArticle: what it holds breaks the schema.
        """
        response = self.response
        content_type = response.headers.get("Content-Type")
        return api.read(bytes(response.body), url=str(response.url), content_type=content_type)

    async def to_item(self) -> Article:
        """Return the article; web-poet calls this.

        Raises:
            web_poet.exceptions.UseFallback: the page holds no valid article.
        """
        try:
            return self.article()
        except (NotAnArticle, InvalidArticle) as error:
            raise UseFallback(str(error)) from error


class ZyteArticlePage(NewsArticlePage):
    """Give the article of a news page as the item of zyte-common-items."""

    async def to_item(self) -> zyte.Article:  # type: ignore[override]
        """Return the item; web-poet calls this.

        Raises:
            web_poet.exceptions.UseFallback: the page holds no valid article.
        """
        return to_zyte(await super().to_item())
