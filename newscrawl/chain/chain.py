"""The article pipelines as a plain fold over one capture: what every crawl, pool and cluster runs."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol, Self

from scrapy.exceptions import DropItem
from scrapy.utils.misc import load_object

from newscrawl.archive.reading.reader import TextRecord
from newscrawl.capture import Capture
from newscrawl.chain.drops import NoArticle, Rejected
from newscrawl.errors import UsageError
from newscrawl.items import Article

logger = logging.getLogger(__name__)

Readable = Capture | TextRecord


class ArticlePipeline(Protocol):
    """What ``ARTICLE_PIPELINES`` lists: classes without constructor arguments."""

    def process_item(self, item: Any) -> Any:
        """The item for the next pipeline; raises ``DropItem`` where there is none."""


@dataclass(frozen=True, slots=True)
class NotArticle:
    """A capture that holds no article, or that a pipeline dropped."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class RejectedArticle:
    """An article that breaks the schema."""

    url: str
    messages: tuple[str, ...]
    cause: Rejected


@dataclass(frozen=True, slots=True)
class Failed:
    """A pipeline raised what it may not raise: a bug, of ours or of a pipeline that the user added."""

    url: str
    reason: str


Outcome = Article | NotArticle | RejectedArticle | Failed


class Chain:
    """The pipelines, each made once; they keep nothing from one page to the next."""

    def __init__(self, pipelines: Iterable[ArticlePipeline]) -> None:
        self.pipelines = tuple(pipelines)

    @classmethod
    def from_paths(cls, paths: Iterable[str | type]) -> Self:
        """The chain of the setting ``ARTICLE_PIPELINES``: dotted paths of classes.

        Raises:
            UsageError: a path leads nowhere, or its class wants arguments.
        """
        return cls([_made(path) for path in paths])

    def folded(self, item: Any) -> Any:
        """What the last pipeline makes of ``item``. Raises what a pipeline raises."""
        for pipeline in self.pipelines:
            item = pipeline.process_item(item)
        return item

    def outcome(self, item: Readable) -> Outcome:
        """The article of ``item``, or why there is none. Never raises, whatever a pipeline does."""
        try:
            result = self.folded(item)
        except Rejected as rejected:
            return RejectedArticle(rejected.url, rejected.messages, rejected)
        except NoArticle as no_article:
            return NotArticle(no_article.url, no_article.reason)
        except DropItem as dropped:
            return NotArticle(item.url, str(dropped))
        except Exception as error:
            # As in a crawl: whatever a pipeline does, one page must not stop the archive; it is reported.
            logger.debug("%s", item.url, exc_info=True)
            return Failed(item.url, f"{type(error).__name__}: {error}")
        if not isinstance(result, Article):
            return Failed(item.url, f"the last pipeline gave a {type(result).__name__}, no Article")
        return result


def _made(path: str | type) -> ArticlePipeline:
    try:
        pipeline: ArticlePipeline = load_object(path)()
    except (ImportError, NameError, ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"ARTICLE_PIPELINES: {path}: {error}") from error
    if not callable(getattr(pipeline, "process_item", None)):
        raise UsageError(f"ARTICLE_PIPELINES: {path} has no process_item(item)")
    return pipeline
