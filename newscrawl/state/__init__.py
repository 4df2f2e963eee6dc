"""Keep what is known of each article of a site across crawls: SQLite, one file for each site (docs/state.md)."""

from newscrawl.state.crawl import CrawlState
from newscrawl.state.records import ArticleState, Fetch, Status

__all__ = ["ArticleState", "CrawlState", "Fetch", "Status"]
