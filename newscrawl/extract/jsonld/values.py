"""Reads JSON-LD values whatever their shape: the types that schema.org expects and the others that pages use."""

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

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_TAG_IN_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|em|font|i|mark|q|s|small|span|strike|strong|sub|sup|u)(?![\w-])[^<>]{0,500}>",
    re.I,
)
"""Markup within a line, which parts no words."""


def types_of(item: Item) -> tuple[str, ...]:
    """The schema.org types of an item, without the vocabulary's URL."""
    names = listed_texts(item.get("@type"))
    return tuple([name.rstrip("/").rsplit("/", 1)[-1] if "/" in name else name for name in names])


def rank_of(item: Item) -> int | None:
    """How likely an item describes the page's article: an article (0) before a claim review before media; else None."""
    return min((rank for name in types_of(item) if (rank := _rank(name)) is not None), default=None)


def _rank(name: str) -> int | None:
    if name in ARTICLE_TYPES:
        return 0
    if name == "ClaimReview":
        return 1
    return 2 if name in MEDIA_TYPES else None


def listed(value: Any) -> list[Item]:
    """The items in ``value``, be it one, a list or nothing."""
    values = value if isinstance(value, list) else [value]
    return [entry for entry in values if isinstance(entry, dict)]


def listed_texts(value: Any) -> list[str]:
    """The texts in ``value``, be it one, a list or nothing."""
    values = value if isinstance(value, list) else [value]
    return [text for entry in values if (text := plain(entry))]


def link(value: Any) -> str | None:
    """The URL in ``value``: of a list its first, of an item its ``url``; as written, since ``&`` means itself there."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = next((value[key] for key in ("url", "contentUrl", "@id") if value.get(key)), None)
    return value.strip() or None if isinstance(value, str) else None


def plain(value: Any) -> str | None:
    """``value`` as one clean line: of a list its first, of an item its name; without markup; None where empty."""
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
    """The text or number in a list or an item; None where there is none."""
    for _ in range(4):  # a list of an item with a list of names is the deepest nesting seen
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = next((value[key] for key in ("name", "@value", "url", "@id") if value.get(key)), None)
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None
