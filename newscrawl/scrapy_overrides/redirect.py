"""Follow the redirects of articles to other names of the same page, and stop at those that lead in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from w3lib.url import canonicalize_url

from newscrawl.fetch_record import fetch_record
from newscrawl.site import Site

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

MAX_RETURNS = 2
"""How often a redirect may lead to an address of its own chain: a server that only sets a cookie does it once."""


class PageRedirectMiddleware(RedirectMiddleware):
    """Scrapy's middleware for redirects by status. It differs in two cases.

    A redirect of an article to an address with the same article id is followed even if that address was requested
    before: with another escape or another order of its query, Scrapy would take it for a duplicate and drop it without
    a word. A redirect in a circle fails at once, with a reason, instead of after ``REDIRECT_MAX_TIMES`` requests.
    """

    def process_response(  # type: ignore[override]  # Scrapy's signature still has a deprecated parameter
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the request for the page that ``response`` leads to, or ``response`` where it is no redirect.

        Raises:
            IgnoreRequest: the redirects lead in a circle, or there are too many.
        """
        result: Request | Response = super().process_response(request, response)
        if result is response:
            return response
        redirected: Any = result
        chain = [canonicalize_url(url) for url in redirected.meta.get("redirect_urls", ())]
        returns = chain.count(canonicalize_url(redirected.url))
        if returns >= MAX_RETURNS or (returns and redirected.url in redirected.meta["redirect_urls"][:-1]):
            raise IgnoreRequest(f"redirects in a circle to {redirected.url}")
        if self._is_same_article(request, redirected):
            redirected.dont_filter = True
        return result

    def _is_same_article(self, request: Request, redirected: Request) -> bool:
        site: Site | None = getattr(self.crawler.spider, "site", None)
        if site is None or fetch_record(request).found is None:
            return False
        article_id = site.article_id(redirected.url)
        return article_id is not None and article_id == site.article_id(request.url)
