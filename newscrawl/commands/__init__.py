"""The sub-commands that newscrawl adds to ``scrapy``."""
