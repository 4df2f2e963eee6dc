"""Downloads that are in the archive before anyone sees them.

The handler itself is loaded by its name where a crawl starts: Twisted's HTTP client takes a quarter of a second, for
which no other command has to wait.
"""

from newscrawl.downloading.received import capture_from

__all__ = ["capture_from"]
