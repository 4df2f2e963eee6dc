"""newscrawl: crawl news sites into byte-true WARCs and clean articles, and replay the archive to the same articles."""

__version__ = "0.1.0"
