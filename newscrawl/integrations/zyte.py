"""Convert articles to the items of zyte-common-items and back. Needs newscrawl[poet].

What has no place on the other side is left out: paragraphs, sources, removed pieces and captions have none in Zyte's
item; breadcrumbs (but for the section) and HTML have none in ours.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import zyte_common_items as zyte

from newscrawl.items import Article, Author, Image, MediaObject, Metadata

_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


def to_zyte(article: Article) -> zyte.Article:
    """Return the item of zyte-common-items for ``article``; dates are in UTC, as that item asks for."""
    metadata = article.metadata
    return zyte.Article(
        url=article.url,
        canonicalUrl=article.canonicalUrl,
        headline=article.headline,
        description=article.description,
        articleBody=article.articleBody,
        datePublished=_in_utc(article.datePublished),
        datePublishedRaw=article.datePublishedRaw,
        dateModified=_in_utc(article.dateModified),
        dateModifiedRaw=article.dateModifiedRaw,
        authors=[zyte.Author(name=each.name, nameRaw=each.nameRaw, url=each.url) for each in article.authors] or None,
        breadcrumbs=[zyte.Breadcrumb(name=article.articleSection)] if article.articleSection else None,
        inLanguage=article.inLanguage,
        mainImage=_image_to_zyte(article.mainImage),
        images=[image for each in article.images if (image := _image_to_zyte(each))] or None,
        videos=[zyte.Video(url=each.url) for each in article.videos] or None,
        audios=[zyte.Audio(url=each.url) for each in article.audios] or None,
        metadata=zyte.ArticleMetadata(dateDownloaded=_in_utc(metadata.dateDownloaded)) if metadata else None,
    )


def from_zyte(item: zyte.Article) -> Article:
    """Return the article for an item of zyte-common-items; its paragraphs are the parts of ``articleBody``."""
    body = item.articleBody or None
    crumbs = item.breadcrumbs or []
    main = _image_from_zyte(item.mainImage)
    images = tuple(image for each in item.images or [] if (image := _image_from_zyte(each)))
    return Article(
        url=item.url,
        canonicalUrl=item.canonicalUrl,
        headline=item.headline,
        description=item.description,
        articleBody=body,
        paragraphs=tuple(part for part in (body or "").split("\n\n") if part),
        datePublished=item.datePublished,
        dateModified=item.dateModified,
        datePublishedRaw=item.datePublishedRaw,
        dateModifiedRaw=item.dateModifiedRaw,
        authors=tuple(
            Author(each.name, each.nameRaw, getattr(each, "url", None)) for each in item.authors or [] if each.name
        ),
        articleSection=crumbs[-1].name if crumbs else None,
        inLanguage=item.inLanguage,
        mainImage=main,
        images=images,
        videos=tuple(MediaObject(each.url) for each in item.videos or []),
        audios=tuple(MediaObject(each.url) for each in item.audios or []),
        metadata=_metadata(item.metadata),
    )


def _metadata(metadata: Any) -> Metadata | None:
    downloaded = getattr(metadata, "dateDownloaded", None)
    return Metadata(dateDownloaded=downloaded) if downloaded else None


def _image_to_zyte(image: Image | None) -> zyte.Image | None:
    url = image and (image.url or image.contentUrl)
    return zyte.Image(url=url) if url else None


def _image_from_zyte(image: zyte.Image | None) -> Image | None:
    return Image(url=image.url) if image and image.url else None


def _in_utc(text: str | None) -> str | None:
    """Return an ISO 8601 date with offset as Zyte writes it; a date without a time stays as it is.

    None for what is no date, or one that UTC moves out of the years 1 to 9999: an article made elsewhere may hold any
    text, and a guess is worse than null.
    """
    if text is None or "T" not in text:
        return text
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC).strftime(_INSTANT)
    except (ValueError, OverflowError):
        return None
