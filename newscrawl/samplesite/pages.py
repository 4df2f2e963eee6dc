"""Stories as HTML: one template an era; JSON-LD, utag_data and pictures as the CMS writes them."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import DictLoader, Environment
from markupsafe import Markup

from newscrawl.samplesite.page_boilerplate import furniture
from newscrawl.samplesite.stories import SECTION_ZONES, Picture, Story

MEDIA = {"video": "mp4", "audio": "mp3"}
BREAKS = Markup("<br />\n<br />\n")
_CARDS = {"video": "player", "audio": "player", "gallery": "gallery"}
_TYPES = {"factcheck": "ClaimReview", "liveblog": "LiveBlogPosting"}
_FILLER_PLACE = "[filler]"
_WITHOUT_JSON_LD = frozenset({"no_json_ld", "legacy", "video", "audio"})


def article_page(story: Story, base: str, stories: dict[int, Story], form: str = "modern", kilobytes: int = 0) -> str:
    """Return the page of ``story`` in one of its forms: modern (or era A for legacy stories), amp, print, embed."""
    template = "legacy" if form == "modern" and story.kind == "legacy" else form
    page = _templates().get_template(f"{template}.html").render(filler=_FILLER_PLACE, **_values(story, base, stories))
    missing = kilobytes * 1000 - len(page.encode())
    return page.replace(_FILLER_PLACE, furniture(story, missing))


def _values(story: Story, base: str, stories: dict[int, Story]) -> dict[str, Any]:
    kind = story.kind
    return {
        "s": story,
        "l": story.language,
        "base": base,
        "url": base + story.path,
        "charset": "utf-8" if kind == "cp1251" else None,
        "keywords": story.keywords,
        "zones": SECTION_ZONES,
        "card": _CARDS.get(kind, "summary_large_image"),
        "json_ld": Markup(json_ld(story, base)),  # noqa: S704 - our own JSON, with "</" escaped
        "utag": Markup(utag_data(story)),  # noqa: S704 - our own literal, quoted by utag_data
        "body_class": _body_class(kind),
        "media": kind in MEDIA,
        "extension": MEDIA.get(kind, ""),
        "claim": story.headline,
        "breaks": BREAKS,
        "related": [stories[number] for number in story.related],
        "stacked": [stories[number] for number in story.stacked],
        "beside_stories": [stories[number] for number in sorted(stories)[:3]],
        "rendition": rendition,
        "captioned": captioned,
    }


def _body_class(kind: str) -> str:
    if kind == "factcheck":
        return "pg-fc print-lay-article"
    return "pg-media pg-prog" if kind in MEDIA else "pg-article print-lay-article"


def rendition(picture: Picture, width: int) -> str:
    """Return the path of a picture at a width, named as the CMS names it."""
    return f"/gdb/{picture.guid}_cx0_cy10_cw0_w{width}_r1_s.{picture.extension}"


def captioned(picture: Picture) -> str:
    """Return the caption with its credit, as it stands under the picture."""
    return f"{picture.caption} ({picture.credit})" if picture.credit else picture.caption


def json_ld(story: Story, base: str) -> str:
    """Return the page's JSON-LD with the CMS's dates (a blank, no T); empty for kinds that have none."""
    if story.kind in _WITHOUT_JSON_LD:
        return ""
    item: dict[str, Any] = {
        "articleSection": story.language.sections[story.section],
        "isAccessibleForFree": True,
        "headline": story.headline,
        "inLanguage": story.language.json_lang,
        "keywords": ", ".join(story.keywords),
        "author": {"@type": "Person", "url": "", "description": "", "name": story.author},
        "datePublished": cms_date(story.published),
        "dateModified": cms_date(story.modified),
        "publisher": {"@type": "NewsMediaOrganization", "name": "The Sample Gazette"},
        "@context": "https://schema.org",
        "@type": _TYPES.get(story.kind, "NewsArticle"),
        "mainEntityOfPage": base + story.path,
        "url": base + story.path,
        "description": story.description,
        "image": {"@type": "ImageObject", "url": base + rendition(story.pictures[0], 1200)} if story.pictures else None,
    }
    if story.kind == "factcheck":
        claimant = {"@type": "Person", "name": story.language.people[0]}
        item |= {"claimReviewed": story.headline, "itemReviewed": {"@type": "Claim", "author": claimant}}
        item |= {"author": claimant}
    text = json.dumps(item, ensure_ascii=False).replace("</", "<\\/")
    return text[: len(text) // 2] if story.kind == "broken_json_ld" else text


def cms_date(moment: datetime | None) -> str:
    """``2026-03-01 12:00:00Z``; the year 1 means none."""
    return f"{moment:%Y-%m-%d %H:%M:%SZ}" if moment else "0001-01-01 00:00:00Z"


def utag_data(story: Story) -> str:
    """Return the JavaScript literal of the CMS: unquoted keys, quotes escaped twice."""
    values = {
        "entity": "SAMPLE",
        "page_type": "article",
        "pub_date": f"{story.published:%Y-%m-%d}",
        "pub_datetime": cms_date(story.published),
        "byline": story.author,
        "section": story.language.sections[story.section],
        "tags": ";".join(story.keywords),
        "article_uid": str(story.id),
    }
    return "{" + ",".join(f"{key}:{json.dumps(_escaped(value))}" for key, value in values.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&quot;").replace("<", "&lt;")


def listing_page(**values: Any) -> str:
    """Return a section or the home page."""
    return _templates().get_template("listing.html").render(zones=SECTION_ZONES, **values)


@cache
def requisite(name: str) -> bytes:
    """Return the file ``name`` that every page needs: its style sheet, script or font."""
    return resources.files("newscrawl.samplesite").joinpath("templates", name).read_bytes()


@cache
def _templates() -> Environment:
    folder = resources.files("newscrawl.samplesite").joinpath("templates")
    sources = {
        entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name[-5:] == ".html"
    }
    return Environment(loader=DictLoader(sources), autoescape=True, trim_blocks=True)
