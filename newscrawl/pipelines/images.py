"""Archive the pictures of an article: Scrapy's media pipeline fetches them, the download handler records them."""

# ruff: noqa: ARG002 - the signatures are Scrapy's

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.pipelines.media import MediaPipeline

from newscrawl.fetch_record import META_KEY, FetchRecord
from newscrawl.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure


class ImagePipeline(MediaPipeline):
    """Fetches, of each picture, the rendition that the page serves, so that the archived page shows it."""

    LOG_FAILED_RESULTS = False

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self.allow_redirects = True
        self._handle_statuses(self.allow_redirects)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline for Scrapy.

        Raises:
            NotConfigured: ``WARC_IMAGES`` or ``WARC_ENABLED`` is off.
        """
        settings = crawler.settings
        if not (settings.getbool("WARC_IMAGES") and settings.getbool("WARC_ENABLED", True)):
            raise NotConfigured  # WARC_IMAGES is off
        return cls(crawler=crawler)

    def get_media_requests(self, item: Article, info: Any) -> list[Request]:
        """Return a request for each picture, with the article as its referrer."""
        urls = dict.fromkeys(_image_urls(item))
        meta = {META_KEY: FetchRecord(allow_offsite=True)}
        return [Request(url, headers={"Referer": item.url}, priority=-10, meta=meta) for url in urls]

    def media_to_download(self, request: Request, info: Any, *, item: Any = None) -> None:
        """Return None, so that every picture is fetched, once in a crawl."""

    def media_downloaded(self, response: Response, request: Request, info: Any, *, item: Any = None) -> Any:
        """Count the picture; its bytes are in the archive."""
        self._count("images/archived" if response.status == 200 else "images/failed")
        return {"url": request.url, "path": "", "checksum": None, "status": str(response.status)}

    def media_failed(self, failure: Failure, request: Request, info: Any) -> Any:
        """Count the failure; the article is complete without its picture."""
        self._count("images/failed")
        return {"url": request.url, "path": "", "checksum": None, "status": failure.getErrorMessage()}

    def file_path(self, request: Request, response: Any = None, info: Any = None, *, item: Any = None) -> str:
        """Return an empty path: no file is written."""
        return ""

    def _count(self, name: str) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(name)


def _image_urls(article: Article) -> Iterator[str]:
    for image in (article.mainImage, *article.images):
        url = image and (image.contentUrl or image.url)
        if url and url.startswith(("http://", "https://")):
            yield url
