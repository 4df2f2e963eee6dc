"""The pure part of the item chain: from a capture to the article as it is written."""

from __future__ import annotations

from newscrawl.capture import Capture
from newscrawl.extract.article import article_from
from newscrawl.extract.captions.remove import without_repeated_captions
from newscrawl.items import Article
from newscrawl.recognition import recognised
from newscrawl.schema.validation import validated
from newscrawl.sites import site_for


def article_of(capture: Capture) -> Article:
    """What ArticlePipeline, CaptionPipeline and ValidationPipeline make of a capture."""
    return validated(without_repeated_captions(article_from(capture, site_for(capture.url), recognised)))
