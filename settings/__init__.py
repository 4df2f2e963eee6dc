"""Settings for Scrapy, installed as ``newscrawl.settings``: base, and one module per surroundings that builds on it."""
