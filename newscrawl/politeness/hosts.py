"""Keep requests, also redirected ones, on the hosts of the site."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.fetch_record import fetch_record
from newscrawl.site import Site

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class SiteHostsMiddleware:
    """Refuse requests to hosts that are none of the spider's ``site``, but for those whose fetch record allows it.

    Scrapy's own lets subdomains pass and whatever has ``dont_filter``, which every retried or redirected request has.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._refused: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware for Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Return None where the request may go on.

        Raises:
            IgnoreRequest: it leads off the site.
        """
        site: Site | None = getattr(self._crawler.spider, "site", None)
        if site is None or fetch_record(request).allow_offsite or site.has_host(request.url):
            return
        host = urlparse_cached(request).hostname or ""
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value("politeness/off_site")
        if host not in self._refused and len(self._refused) < 1000:
            self._refused.add(host)
            logger.info("%s is off the site, as is all of %s", request.url, host)
        raise IgnoreRequest(f"{request.url} is on no host of {site.name}")
