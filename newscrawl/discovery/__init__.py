"""Where a site announces its articles: sitemaps, feeds, listings. Bytes in, links out, with what is known of them."""

from newscrawl.discovery.feeds import feed_entries
from newscrawl.discovery.found import Found
from newscrawl.discovery.listings import Listing, listing_entries
from newscrawl.discovery.robots import robots_sitemaps
from newscrawl.discovery.sitemaps import sitemap_entries

__all__ = ["Found", "Listing", "feed_entries", "listing_entries", "robots_sitemaps", "sitemap_entries"]
