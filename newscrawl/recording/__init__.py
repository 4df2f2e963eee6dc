"""Record what crosses the wire: a small HTTP/1.1 client, and the archive that its exchanges go into.

The download handler itself is loaded by its name where a crawl starts; no other command waits for what it imports.
"""

from newscrawl.recording.fetched import capture_from

__all__ = ["capture_from"]
