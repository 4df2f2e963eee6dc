"""Settings for Scrapy, installed as ``newscrawl.settings``: base, and one module per environment that builds on it."""
