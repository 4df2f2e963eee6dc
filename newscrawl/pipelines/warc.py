"""Write each extracted article into the archive: a metadata record that refers to the record of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured

from newscrawl.items import Article, json_line
from newscrawl.recording.archive import CrawlArchive

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

ARTICLE_URI = "urn:article:"
"""Prefix of the WARC-Target-URI of the record. With the URL alone, pywb would index the JSON as one more capture of
the page, and serve it instead of the page."""


class WarcPipeline:
    """Writes each article beside the page that it was read from."""

    def __init__(self, archive: CrawlArchive) -> None:
        self._archive = archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline for Scrapy.

        Raises:
            NotConfigured: ``WARC_ENABLED`` is off.
        """
        archive = CrawlArchive.of(crawler)
        if not archive.enabled:
            raise NotConfigured  # WARC_ENABLED is off
        return cls(archive)

    def process_item(self, item: Article) -> Article:
        """Write the record, and return the article unchanged.

        Raises:
            ArchiveError: the record cannot be written.
        """
        page = item.metadata.warcRecordId if item.metadata else None
        self._archive.write_metadata(ARTICLE_URI + item.url, page, "application/json", json_line(item))
        return item
