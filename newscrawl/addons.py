"""Articles in any Scrapy project by one line: ``ADDONS = {"newscrawl.addons.ArticleAddon": 500}``.

A spider then yields its responses, and the item pipelines make articles of them::

    def parse_article(self, response):
        yield response

The archive has a separate add-on, ``newscrawl.archive.addon.WarcAddon``; with both, articles name their records.
"""

from __future__ import annotations

from typing import Any

RESPONSE_PIPELINE = "newscrawl.pipelines.response.ResponsePipeline"
EXTRACTION_PIPELINE = "newscrawl.pipelines.extraction.ExtractionPipeline"
LINES_PIPELINE = "newscrawl.pipelines.jsonlines.JsonLinesPipeline"
ARTICLE_PIPELINES = [
    "newscrawl.pipelines.article.ArticlePipeline",
    "newscrawl.pipelines.captions.CaptionPipeline",
    "newscrawl.pipelines.validation.ValidationPipeline",
]
ITEM_PIPELINES = {RESPONSE_PIPELINE: 90, EXTRACTION_PIPELINE: 100, LINES_PIPELINE: 600}


class ArticleAddon:
    """Make an article of each response that a spider yields, validate it, and write JSON Lines.

    The project's own item pipelines get the article if their position is above 100. ``ARTICLES_DIRECTORY`` is the
    folder of the lines (default: data/articles; None: no lines, so that only feeds are written). Other items pass
    unchanged.
    """

    def update_settings(self, settings: Any) -> None:
        """Add the pipelines; Scrapy calls this before it makes any component. What the project has set stays."""
        _default(settings, "ARTICLE_PIPELINES", ARTICLE_PIPELINES)
        _default(settings, "ARTICLES_DIRECTORY", "data/articles")
        _default(settings, "REJECTED_DIRECTORY", "data/rejected")
        pipelines = {**ITEM_PIPELINES, **settings.getdict("ITEM_PIPELINES")}
        settings.set("ITEM_PIPELINES", pipelines, settings.getpriority("ITEM_PIPELINES") or 0)


def _default(settings: Any, name: str, value: Any) -> None:
    if name not in settings:
        settings.set(name, value, "addon")
