"""What an extractor should find on the page of a story: derived from the story, never from its HTML."""

from __future__ import annotations

from typing import Any

from newscrawl.samplesite.pages import MEDIA, rendition
from newscrawl.samplesite.stories import Picture, Story

_TYPES = {
    "factcheck": "ClaimReview",
    "liveblog": "LiveBlogPosting",
    "gallery": "ImageGallery",
    "video": "VideoObject",
    "audio": "AudioObject",
}


def expected(story: Story, base: str, stories: dict[int, Story]) -> dict[str, Any]:
    """Fields of :class:`newscrawl.items.Article` by name; only those that the page tells."""
    kind = story.kind
    pictures = () if kind in MEDIA else story.pictures
    truth: dict[str, Any] = {
        "url": base + story.path,
        "type": _TYPES.get(kind, "NewsArticle"),
        "headline": story.headline,
        "paragraphs": paragraphs(story),
        "dateline": story.dateline if kind in ("article", "cp1251") else None,
        "authors": [story.author],
        "sources": list(story.sources),
        "articleSection": story.language.sections[story.section],
        "keywords": list(story.keywords),
        "inLanguage": story.language.language,
        "images": [_image(picture, base) for picture in pictures],
        "relatedLinks": [base + stories[number].path for number in (*story.related, *story.stacked)],
    }
    if kind != "legacy":
        truth["datePublished"] = story.published.isoformat()
    return truth


def paragraphs(story: Story) -> list[str] | None:
    """Return the text; None for kinds whose text is not told apart from furniture (a player's page)."""
    if story.kind in MEDIA:
        return None
    if story.kind == "liveblog":
        return [text for post in story.posts for text in (f"{post.time.isoformat()} {post.title}", *post.paragraphs)]
    return list(story.paragraphs)


def _image(picture: Picture, base: str) -> dict[str, Any]:
    return {
        "url": f"{base}/gdb/{picture.guid}.{picture.extension}",
        "caption": picture.caption,
        "creditText": picture.credit,
        "location": picture.location,
        "dateCreated": picture.taken,
        "rendition": base + rendition(picture, 250),
    }
