"""Read where a site announces its articles (sitemaps, feeds, listings, robots.txt): bytes to links."""

from newscrawl.discovery.documents import document_entries
from newscrawl.discovery.found import Faults, Found
from newscrawl.discovery.listings import Listing, listing_entries
from newscrawl.discovery.robots import robots_sitemaps

__all__ = ["Faults", "Found", "Listing", "document_entries", "listing_entries", "robots_sitemaps"]
