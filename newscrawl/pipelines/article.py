"""Read the article of a captured page: here the item changes its type, from Capture to Article."""

from __future__ import annotations

from dataclasses import replace

from newscrawl.archive.reading.reader import TextRecord
from newscrawl.capture import Capture, instant
from newscrawl.errors import NotAnArticle, WallPage
from newscrawl.extract.article import article_from
from newscrawl.items import Article, Metadata
from newscrawl.recognition import recognised
from newscrawl.sites import site_for
from newscrawl.sites.languages import bcp47
from newscrawl.sites.pages import OK, why_not_fetched, why_passed_over
from newscrawl.sites.text_copies import article_of_copy
from newscrawl.sites.walls import is_soft_404, wall_of


class ArticlePipeline:
    """Reads the article of a capture (metadata, body, media), or that of a text-only copy of a page."""

    def process_item(self, item: Capture | TextRecord) -> Article:
        """Return the article.

        Raises:
            NotAnArticle: the page holds none.
            WallPage: the page keeps crawlers out.
        """
        reason = _why_passed_over(item)
        if reason is not None:
            raise NotAnArticle(reason)
        if isinstance(item, Capture) and (wall := wall_of(item)) is not None:
            raise WallPage(f"wall: {wall}")
        article = _article_of(item)
        if isinstance(item, Capture) and is_soft_404(article.headline):
            raise NotAnArticle(f"soft 404: {article.headline}")
        return article


def _why_passed_over(item: Capture | TextRecord) -> str | None:
    return why_passed_over(item) if isinstance(item, Capture) else why_not_fetched(item.url, OK, "")


def _article_of(item: Capture | TextRecord) -> Article:
    return article_from(item, site_for(item.url), recognised) if isinstance(item, Capture) else _article_of_text(item)


def _article_of_text(record: TextRecord) -> Article:
    date = instant(record.date)
    article = article_of_copy(record.text, record.url, likely_language=_language(record), date=date)
    metadata = replace(
        article.metadata or Metadata(dateDownloaded=date),
        warcRecordId=record.record_id,
        warcFilename=record.warc_filename,
        warcOffset=record.warc_offset,
    )
    return replace(article, metadata=metadata)


def _language(record: TextRecord) -> str | None:
    return bcp47(record.languages[0]) if record.languages else None
