"""Crawl sites: one spider class for each, made from the registry in :mod:`newscrawl.sites`."""
