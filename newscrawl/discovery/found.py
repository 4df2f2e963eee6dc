"""A link, and what the place where it was found says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from newscrawl.dates import day_of


@dataclass(frozen=True, slots=True)
class Found:
    """One announced page; it travels with its request to the item and to the WARC's metadata."""

    url: str
    """Absolute."""
    source: str
    """Where it was found: ``sitemap``, ``feed``, ``listing``, ``archive``, ``urls``."""
    via: str | None = None
    """URL of the document that named it."""
    lastmod: str | None = None
    """As the sitemap writes it (W3C Datetime)."""
    title: str | None = None
    published: str | None = None
    """As a news sitemap (W3C Datetime) or a feed (RFC 822) writes it."""
    category: str | None = None
    language: str | None = None
    is_sitemap: bool = False
    """Whether it is another sitemap: the entry of an index."""

    def may_be_of(self, since: date | None, until: date | None) -> bool:
        """Whether it may be published from ``since`` to ``until``, as far as the announcement tells.

        A change is never before the publication, so ``lastmod`` rules out what is too old, never what is too new. A day
        is allowed for the zones of the clocks.
        """
        published = day_of(self.published)
        latest = published or day_of(self.lastmod)
        if since and latest and (since - latest).days > 1:
            return False
        return not (until and published and (published - until).days > 1)
