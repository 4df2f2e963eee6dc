"""Apply the article pipelines to one capture: every crawl, pool and cluster runs this.

Nothing here imports Scrapy, so that the library and the workers of a pool start without it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, Self

from newscrawl.archive.reading.reader import TextRecord
from newscrawl.capture import Capture
from newscrawl.errors import InvalidArticle, NotAnArticle, UsageError, WallPage
from newscrawl.items import Article

logger = logging.getLogger(__name__)

Readable = Capture | TextRecord
"""What the first pipeline takes: a captured page, or the text of one."""


class ArticlePipeline(Protocol):
    """A class of the setting ``ARTICLE_PIPELINES``: made without arguments, keeps nothing between two pages."""

    def process_item(self, item: Any) -> Any:
        """Return the item for the next pipeline.

        Raises:
            NotAnArticle: the page holds no article.
            InvalidArticle: the article breaks the schema.
            DropItem: Scrapy's exception, for pipelines that others write.
        """


@dataclass(frozen=True, slots=True)
class NotArticle:
    """A page that gives no article: it holds none, or a pipeline dropped it."""

    url: str
    reason: str
    is_wall: bool = False
    """Whether the page keeps crawlers out, so that its article may be fetched another time."""


@dataclass(frozen=True, slots=True)
class RejectedArticle:
    """An article that breaks the schema."""

    article: Article
    messages: tuple[str, ...]
    """All reasons."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A pipeline raised an exception that it must not raise: a bug in newscrawl or in a pipeline of the user."""

    url: str
    reason: str


ChainResult = Article | NotArticle | RejectedArticle | Failed


class Chain:
    """The pipelines, each made once."""

    def __init__(self, pipelines: Iterable[ArticlePipeline]) -> None:
        self.pipelines = tuple(pipelines)

    @classmethod
    def from_paths(cls, paths: Iterable[str | type]) -> Self:
        """Make the pipelines that the setting ``ARTICLE_PIPELINES`` lists, as dotted paths or classes.

        Raises:
            UsageError: a path that cannot be imported, or a class that needs arguments.
        """
        return cls([_made(path) for path in paths])

    def apply(self, item: Any) -> Any:
        """Return the result of the last pipeline. Raises whatever a pipeline raises."""
        for pipeline in self.pipelines:
            item = pipeline.process_item(item)
        return item

    def result_of(self, item: Readable) -> ChainResult:
        """Return the article of ``item``, or why there is none. Never raises, whatever a pipeline does."""
        try:
            result = self.apply(item)
        except Exception as error:  # noqa: BLE001 - returned as a result, logged there
            # One page must not stop the others. The failure is reported with the page.
            return result_of_error(item, error)
        if not isinstance(result, Article):
            return Failed(item.url, f"the last pipeline returned a {type(result).__name__} instead of an Article")
        return result


def result_of_error(item: Readable, error: Exception) -> ChainResult:
    """Return what an exception of a pipeline means for ``item``."""
    match error:
        case InvalidArticle(article=Article() as article):
            return RejectedArticle(article, error.messages)
        case NotAnArticle():
            return NotArticle(item.url, str(error), isinstance(error, WallPage))
    if is_drop(error):
        return NotArticle(item.url, str(error))
    logger.debug("%s", item.url, exc_info=error)
    return Failed(item.url, f"{type(error).__name__}: {error}")


def is_drop(error: Exception) -> bool:
    """Return whether ``error`` is Scrapy's ``DropItem``, without importing Scrapy (which costs 0.5 s)."""
    return any(each.__name__ == "DropItem" and each.__module__ == "scrapy.exceptions" for each in type(error).__mro__)


def _made(path: str | type) -> ArticlePipeline:
    try:
        pipeline: ArticlePipeline = _class_at(path)()
    except (ImportError, NameError, ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"ARTICLE_PIPELINES: cannot load {path}: {error}") from error
    if not callable(getattr(pipeline, "process_item", None)):
        raise UsageError(f"ARTICLE_PIPELINES: {path} has no method process_item(item)")
    return pipeline


def _class_at(path: str | type) -> Any:
    if not isinstance(path, str):
        return path
    module, dot, name = path.rpartition(".")
    if not dot:
        raise ValueError("not a dotted path of a class")
    return getattr(import_module(module), name)
