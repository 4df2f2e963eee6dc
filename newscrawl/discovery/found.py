"""A link, and what the place where it was found says of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One announced page; it travels with its request to the item and to the WARC's metadata."""

    url: str
    """Absolute."""
    source: str
    """Where it was found: ``sitemap``, ``feed``, ``listing``, ``urls``."""
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
