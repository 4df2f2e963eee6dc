"""Read JSON-LD values of any shape: the types that schema.org expects and the others that pages use."""

from __future__ import annotations

import html
import re
from typing import Any

from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.text import clean

ARTICLE_TYPES = frozenset(
    {
        "Article",
        "BlogPosting",
        "DiscussionForumPosting",
        "LiveBlogPosting",
        "Report",
        "SatiricalArticle",
        "ScholarlyArticle",
        "SocialMediaPosting",
        "TechArticle",
        "AdvertiserContentArticle",
        "NewsArticle",
        *(f"{kind}NewsArticle" for kind in ("Analysis", "AskPublic", "Background", "Opinion", "Reportage", "Review")),
    }
)
"""schema.org types that are articles (https://schema.org/Article and its subtypes)."""

MEDIA_TYPES = frozenset({"VideoObject", "AudioObject", "ImageGallery", "MediaGallery"})

_REVIEW_TYPES = frozenset({"ClaimReview", "Review", "CriticReview", "MediaReview"})

_PAGE_TYPES = frozenset({"WebPage", "ItemPage", "Recipe", "HowTo", "Event"})
"""Types that state dates, authors and titles of a page without an article item."""

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_TAG_IN_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|em|font|i|mark|q|s|small|span|strike|strong|sub|sup|u)(?![\w-])[^<>]{0,500}>",
    re.I,
)
"""Markup within a line, which does not separate words."""

_BREAKS = re.compile(
    r"<br\s*/?>|</?(?:p|div|li|ul|ol|h[1-6]|blockquote|section|article|tr|table|figure|pre|dd|dt)(?![\w-])[^<>]{0,500}>",
    re.I,
)
"""Markup that ends a paragraph."""


def types_of(item: Item) -> tuple[str, ...]:
    """Return the schema.org types of an item without the vocabulary's URL or prefix."""
    names = listed_texts(item.get("@type"))
    return tuple([name.rstrip("/").rsplit("/", 1)[-1] if "/" in name else name for name in names])


def rank_of(item: Item) -> int | None:
    """Return how directly an item describes an article: 0 article, 1 review, 2 media, 3 web page; None for others."""
    return min((rank for name in types_of(item) if (rank := _rank(name)) is not None), default=None)


def _rank(name: str) -> int | None:
    if name in ARTICLE_TYPES:
        return 0
    if name in _REVIEW_TYPES:
        return 1
    if name in MEDIA_TYPES:
        return 2
    return 3 if name in _PAGE_TYPES else None


def listed(value: Any) -> list[Item]:
    """Return the items in ``value``, which is one item, a list or anything else."""
    values = value if isinstance(value, list) else [value]
    return [entry for entry in values if isinstance(entry, dict)]


def listed_texts(value: Any) -> list[str]:
    """Return the texts in ``value``, which is one text, a list or anything else."""
    values = value if isinstance(value, list) else [value]
    return [text for entry in values if (text := plain(entry))]


def link(value: Any) -> str | None:
    """Return the URL in ``value``: a text, the first of a list, the ``url`` of an item; escapes are not resolved."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = next((value[key] for key in ("url", "contentUrl", "@id") if value.get(key)), None)
    return value.strip() or None if isinstance(value, str) else None


def plain(value: Any) -> str | None:
    """Return ``value`` as one clean line without markup: a text, the first of a list, the name of an item; or None."""
    if type(value) is not str:
        value = _scalar(value)
        if value is None:
            return None
    text = str(value)
    if "&" in text:
        text = html.unescape(html.unescape(text))  # utag_data and some JSON-LD are escaped twice
    if "<" in text:
        text = _TAG.sub(" ", _TAG_IN_WORDS.sub("", text))
    return clean(text) or None


def _scalar(value: Any) -> str | int | float | None:
    """Return the text or number in a list or an item; None if there is none."""
    for _ in range(4):  # a list of an item with a list of names is the deepest nesting seen
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = next((value[key] for key in ("name", "@value", "url", "@id") if value.get(key)), None)
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def plain_paragraphs(value: Any) -> list[str]:
    """Return the paragraphs of a text that may hold HTML, escaped or not: ``articleBody`` and the like.

    Block elements and ``<br>`` end a paragraph, as do line breaks where the text has no such element.
    """
    if not isinstance(value, str):
        return []
    text = html.unescape(html.unescape(value)) if "&" in value else value
    if _BREAKS.search(text):
        text = _BREAKS.sub("\x1e", text.replace("\n", " ").replace("\r", " "))
    return [line for piece in re.split("[\x1e\r\n\x85\u2028\u2029]", text) if (line := plain(piece))]
