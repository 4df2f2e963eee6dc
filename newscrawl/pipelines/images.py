"""Archive the images of articles (``WARC_IMAGES``), in the rendition that each page shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, Self, cast

from scrapy.exceptions import NotConfigured

from newscrawl.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class _Requisites(Protocol):
    """What this pipeline needs of :class:`newscrawl.spiders.requisites.Requisites`, which is above this room."""

    def want(self, kind: str, url: str, referer: str) -> None:
        """Request the file at ``url``."""


class ImagePipeline:
    """Requests the images of each article, which a scan of its page may miss: scripts load some of them."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline for Scrapy.

        Raises:
            NotConfigured: ``WARC_IMAGES`` or ``WARC_ENABLED`` is off.
        """
        settings = crawler.settings
        if not (settings.getbool("WARC_IMAGES") and settings.getbool("WARC_ENABLED", True)):
            raise NotConfigured  # WARC_IMAGES is off
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        """Return the article; its images are fetched later."""
        requisites = cast("_Requisites | None", getattr(self._crawler.spider, "requisites", None))
        if requisites is not None:
            for url in dict.fromkeys(_image_urls(item)):
                requisites.want("image", url, item.url)
        return item


def _image_urls(article: Article) -> Iterator[str]:
    for image in (article.mainImage, *article.images):
        url = image and (image.contentUrl or image.url)
        if url and url.startswith(("http://", "https://")):
            yield url
