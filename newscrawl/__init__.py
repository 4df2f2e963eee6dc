"""newscrawl: crawl news sites into byte-true WARCs and clean articles, and replay the archive to the same articles.

As a library (docs/library.md)::

    import newscrawl

    article = newscrawl.read(html, url="https://www.rferl.org/a/…/33300000.html", date="2026-01-31T12:00:00Z")
    for article in newscrawl.articles("data/warc", processes=4):
        print(article.headline)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.api import (
        ArchiveError,
        Article,
        Author,
        Capture,
        Filters,
        Image,
        InvalidArticle,
        Link,
        MediaObject,
        Metadata,
        NewscrawlError,
        NotAnArticle,
        Outcome,
        OutputError,
        Packed,
        RecordError,
        Removed,
        UsageError,
        Verification,
        articles,
        captures,
        clean,
        read,
        verify,
        write_wacz,
    )

__version__ = "0.1.0"

__all__ = [
    "ArchiveError",
    "Article",
    "Author",
    "Capture",
    "Filters",
    "Image",
    "InvalidArticle",
    "Link",
    "MediaObject",
    "Metadata",
    "NewscrawlError",
    "NotAnArticle",
    "Outcome",
    "OutputError",
    "Packed",
    "RecordError",
    "Removed",
    "UsageError",
    "Verification",
    "__version__",
    "articles",
    "captures",
    "clean",
    "read",
    "verify",
    "write_wacz",
]


def __getattr__(name: str) -> Any:
    """Load the library when a name of it is first used: a crawl and the commands do not need all of it."""
    if name in __all__:
        return getattr(import_module("newscrawl.api"), name)
    raise AttributeError(f"module 'newscrawl' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return sorted([*globals(), *__all__])
