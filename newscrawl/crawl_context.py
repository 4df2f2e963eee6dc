"""The context of one crawl: the objects that several of its components share, each made once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Shared = TypeVar("Shared")

_ATTRIBUTE = "newscrawl_context"
"""The only attribute that newscrawl sets on a crawler: the context lives as long as it does."""


class CrawlContext:
    """Holds one object of each type: the state of the site, the archive, the connection to Redis."""

    def __init__(self) -> None:
        self._shared: dict[type, Any] = {}

    @classmethod
    def of(cls, crawler: Crawler) -> CrawlContext:
        """Return the context of ``crawler``, the same one for every caller."""
        context = vars(crawler).get(_ATTRIBUTE)
        if context is None:
            context = cls()
            setattr(crawler, _ATTRIBUTE, context)
        return cast(CrawlContext, context)

    def shared(self, kind: type[Shared], make: Callable[[], Shared]) -> Shared:
        """Return the object of type ``kind``; ``make`` creates it when it is first asked for."""
        if kind not in self._shared:
            self._shared[kind] = make()
        return cast(Shared, self._shared[kind])
