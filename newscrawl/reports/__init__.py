"""Reports of crawls: what was fetched, found and lost, as one HTML page a crawl (docs/reports.md)."""
