"""Every error newscrawl raises, as one tree.

::

    NewscrawlError
    ├── UsageError            what the user asked for cannot be done (arguments, settings); exit status 2
    ├── NotAnArticle          a page without an article: the one thing extraction raises
    ├── InvalidArticle        an article that breaks the schema; it goes to data/rejected with its reasons
    ├── ExtractionDied        the process that read a page died of it: out of memory, a fault in a library
    ├── DiscoveryError        a sitemap or feed that is broken or none; what came before the fault was used
    ├── MessageError          bytes that are no HTTP message
    ├── ArchiveError          an archive that cannot be read or written
    │   ├── RecordError       one broken record: carries the file, the offset and the reason
    │   └── ArchiveInUse      another process writes here
    ├── OutputError           what was found cannot be written: disk full, folder in use or not writable
    ├── StateError            the crawl state cannot be read or is in use
    └── ScrapydError          a Scrapyd server does not answer or refuses
"""

from __future__ import annotations

from typing import Any


class NewscrawlError(Exception):
    """The root of the tree: catch it to catch all that newscrawl raises on purpose."""


class UsageError(NewscrawlError):
    """What the user asked for cannot be done: says which argument or setting, and what it may be."""


class NotAnArticle(NewscrawlError):  # noqa: N818 - the name says what the page is, as Scrapy's DropItem does
    """The page holds no article: an index, a player, an error page, an empty body."""


class InvalidArticle(NewscrawlError):  # noqa: N818 - same
    """The article breaks the schema of :class:`newscrawl.items.Article`; ``messages`` says where.

    ``article`` is that article, where it is known.
    """

    def __init__(self, messages: tuple[str, ...], article: Any = None) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages
        self.article = article

    def __reduce__(self) -> tuple[type[InvalidArticle], tuple[tuple[str, ...], Any]]:
        """Pickle by its parts: errors travel between the processes of a pool."""
        return type(self), (self.messages, self.article)


class ExtractionDied(NewscrawlError):  # noqa: N818 - names what happened
    """The process that read a page died, twice: out of memory, or a fault in a library. The page is in the archive."""


class DiscoveryError(NewscrawlError):
    """A sitemap or feed that is broken or none; the entries before the fault were yielded."""


class MessageError(NewscrawlError):
    """The bytes are no HTTP message, or its body cannot be decoded within the limits."""


class ArchiveError(NewscrawlError):
    """An archive that cannot be read or written."""


class RecordError(ArchiveError):
    """One broken record: ``path``, byte ``offset`` and ``reason``."""

    def __init__(self, path: str, offset: int, reason: str) -> None:
        super().__init__(f"{path}, offset {offset}: {reason}")
        self.path = path
        self.offset = offset
        self.reason = reason

    def __reduce__(self) -> tuple[type[RecordError], tuple[str, int, str]]:
        """Pickle by its parts: errors travel between the processes of a pool."""
        return type(self), (self.path, self.offset, self.reason)


class ArchiveInUse(ArchiveError):  # noqa: N818 - names the state found
    """Another process writes here."""


class OutputError(NewscrawlError):
    """What was found cannot be written: the disk is full, the folder is not writable or another process uses it."""


class StateError(NewscrawlError):
    """The crawl state cannot be read, or another crawl of the same site is using it."""


class ScrapydError(NewscrawlError):
    """A Scrapyd server does not answer or refuses; ``status`` is the HTTP status where that tells."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status
