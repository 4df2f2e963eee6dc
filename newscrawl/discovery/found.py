"""Define a link with what its document says of it, and the faults of that document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from newscrawl.dates import day_of


@dataclass(frozen=True, slots=True)
class Found:
    """One announced page; it travels with its request to the item and to the metadata of the WARC."""

    url: str
    """Absolute."""
    source: str
    """Where it was found: ``sitemap``, ``feed``, ``listing``, ``archive``, ``robots``, ``urls``, ``recheck``."""
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
        """Return whether the page may be published from ``since`` to ``until``, as far as the announcement says.

        A change is never before the publication, so ``lastmod`` excludes what is too old and never what is too new. One
        day is allowed for time zones.
        """
        published = day_of(self.published)
        latest = published or day_of(self.lastmod)
        if since and latest and (since - latest).days > 1:
            return False
        return not (until and published and (published - until).days > 1)


@dataclass(slots=True)
class Faults:
    """The faults of one document that cost at most the entry in which they are."""

    number: int = 0
    bad_addresses: int = 0
    """Addresses to which no request can be made."""
    first: str | None = None
    """What the first fault is, for the log."""

    def note(self, what: str) -> None:
        """Count a fault."""
        self.number += 1
        if self.first is None:
            self.first = what[:200]

    def note_address(self, address: str) -> None:
        """Count an address to which no request can be made."""
        self.bad_addresses += 1
        self.note(f"no request can be made to {address[:100]!r}")
