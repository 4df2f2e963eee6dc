"""Every error that newscrawl raises, as one tree (docs/reference/errors.md is made from it).

::

    NewscrawlError
    ├── UsageError            an argument, an option or a setting is wrong; exit status 2
    ├── NotAnArticle          the page contains no article
    │   └── WallPage          the page keeps crawlers out, in the place of an article
    ├── InvalidArticle        the article breaks the schema; it is written to data/rejected with the reasons
    ├── ExtractionDied        the process that read the page died: out of memory, or a fault in a library
    ├── DiscoveryError        a sitemap or feed is broken; the entries before the fault were used
    ├── MessageError          the bytes are not an HTTP message
    ├── ArchiveError          an archive cannot be read or written
    │   ├── RecordError       one record is broken; with the file, the offset and the reason
    │   └── ArchiveInUse      another process writes to the archive
    ├── OutputError           the results cannot be written: disk full, folder in use or not writable
    ├── StateError            the crawl state cannot be read, or another crawl uses it
    └── ScrapydError          a Scrapyd server does not answer or refuses
"""

from __future__ import annotations

from typing import Any


class NewscrawlError(Exception):
    """Root of the tree: catch it to catch every error that newscrawl raises on purpose."""


class UsageError(NewscrawlError):
    """Report a wrong argument, option or setting; the message says which one and what is allowed."""


class NotAnArticle(NewscrawlError):  # noqa: N818 - the name says what the page is, as Scrapy's DropItem does
    """Report a page without an article: an index, a player, an error page, an empty body."""


class WallPage(NotAnArticle):
    """Report a page that keeps crawlers out: a challenge, a request for consent, a notice of a block."""


class InvalidArticle(NewscrawlError):  # noqa: N818 - same
    """The article breaks the schema of :class:`newscrawl.items.Article`; ``messages`` says where.

    ``article`` is that article, where it is known.
    """

    def __init__(self, messages: tuple[str, ...], article: Any = None) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages
        self.article = article

    def __reduce__(self) -> tuple[type[InvalidArticle], tuple[tuple[str, ...], Any]]:
        """Pickle the error by its parts, since the processes of a pool exchange errors."""
        return type(self), (self.messages, self.article)


class ExtractionDied(NewscrawlError):  # noqa: N818 - names what happened
    """Report that the process that read a page died twice, for lack of memory or by a fault in a library.

    The page is in the archive.
    """


class DiscoveryError(NewscrawlError):
    """Report a sitemap or feed that is broken or is none; the entries before the fault were yielded."""


class MessageError(NewscrawlError):
    """Report bytes that are not an HTTP message, or a body that cannot be decoded within the limits."""


class ArchiveError(NewscrawlError):
    """Report an archive that cannot be read or written."""


class RecordError(ArchiveError):
    """Report one broken record, with its ``path``, byte ``offset`` and ``reason``."""

    def __init__(self, path: str, offset: int, reason: str) -> None:
        super().__init__(f"{path}, offset {offset}: {reason}")
        self.path = path
        self.offset = offset
        self.reason = reason

    def __reduce__(self) -> tuple[type[RecordError], tuple[str, int, str]]:
        """Pickle the error by its parts, since the processes of a pool exchange errors."""
        return type(self), (self.path, self.offset, self.reason)


class ArchiveInUse(ArchiveError):  # noqa: N818 - names the state found
    """Report that another process writes to the archive."""


class OutputError(NewscrawlError):
    """Report that results cannot be written: disk full, folder not writable, or in use by another process."""


class StateError(NewscrawlError):
    """Report that the crawl state cannot be read, or that another crawl of the same site uses it."""


class ScrapydError(NewscrawlError):
    """Report that a Scrapyd server does not answer or refuses; ``status`` is its HTTP status, if there is one."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status
