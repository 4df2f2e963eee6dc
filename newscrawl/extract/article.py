"""From a capture to an article: the composition."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import newscrawl
from newscrawl.capture import Capture
from newscrawl.errors import NotAnArticle
from newscrawl.extract import metadata
from newscrawl.extract.authors import authors_of
from newscrawl.extract.blocks import within
from newscrawl.extract.body import Body, body_of
from newscrawl.extract.boilerplate import without_boilerplate
from newscrawl.extract.credits import split_credits
from newscrawl.extract.datelines import split_dateline
from newscrawl.extract.entities import ARTICLE_TYPES, MEDIA_TYPES, main_item, plain, types_of
from newscrawl.extract.general import GENERAL, general_body
from newscrawl.extract.links import links_in, without_repeats
from newscrawl.extract.media import image_at, images_of, media_of, merged, stated_media
from newscrawl.extract.page import Page
from newscrawl.extract.structured import Item
from newscrawl.items import Article, Image, Link, MediaObject, Metadata
from newscrawl.site import Layout, Site

EXTRACTOR = f"newscrawl/{newscrawl.__version__}"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a page gave with one layout."""

    layout: Layout
    body: Body
    item: Item
    kind: str | None = None
    images: tuple[Image, ...] = ()
    videos: tuple[MediaObject, ...] = ()
    audios: tuple[MediaObject, ...] = ()
    beside: list[Link] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is neither text nor, on a page of media, media."""
        has_media = bool(self.videos or self.audios or (self.kind == "ImageGallery" and self.images))
        return not self.body.paragraphs and not (has_media and self.kind in MEDIA_TYPES)


def article_from(capture: Capture, site: Site | None) -> Article:
    """The article of a page, with repeated captions still in its text (see :mod:`newscrawl.extract.captions`).

    The same capture and site always give the same article.

    Raises:
        NotAnArticle: the page holds none. Nothing else is ever raised, whatever the bytes.
    """
    page = Page.of(capture)
    item = main_item(page.json_ld) or {}
    reading = _by_layout(page, site, item, capture.date) or _in_general(page, item, capture.date)
    layout, body, item = reading.layout, reading.body, reading.item
    language = metadata.language_of(page, item, site)
    published = metadata.published_of(page, item, layout, site)
    if published.iso is None:
        published = metadata.utag_date(page, site)
    modified = metadata.modified_of(page, item, layout, site)
    canonical_url = metadata.canonical_url_of(page)
    paragraphs, unprinted = without_boilerplate(body.paragraphs)
    paragraphs, sources, credited = split_credits(paragraphs, language)
    dateline, paragraphs = split_dateline(paragraphs)
    images = _with_stated_image(page, item, reading)
    return Article(
        url=capture.url,
        canonicalUrl=canonical_url,
        type=_type_of(reading, item),
        headline=metadata.headline_of(page, item, layout),
        description=metadata.description_of(page, item, layout),
        articleBody="\n\n".join(paragraphs) or None,
        paragraphs=tuple(paragraphs),
        dateline=body.dateline or dateline,
        datePublished=published.iso,
        dateModified=modified.iso,
        datePublishedRaw=published.raw,
        dateModifiedRaw=modified.raw,
        authors=authors_of(page, _without_claim(item), layout, language),
        sources=tuple(sources),
        articleSection=metadata.section_of(page, item, layout),
        keywords=metadata.keywords_of(page, item, layout),
        inLanguage=language,
        publisher=metadata.publisher_of(page, item, site),
        mainImage=images[0] if images else None,
        images=images,
        videos=reading.videos,
        audios=reading.audios,
        relatedLinks=without_repeats([*body.related, *reading.beside], (capture.url, canonical_url)),
        removed=(*body.removed, *unprinted, *credited),
        metadata=_provenance(capture, site, layout),
    )


def _by_layout(page: Page, site: Site | None, item: Item, day: datetime) -> _Reading | None:
    """The page by the first layout of its day that finds something; None where none does.

    Raises:
        NotAnArticle: it is an index page of the site.
    """
    for layout in site.layouts_on(day) if site else ():
        if layout.page and page.first(layout.page) is None:
            continue
        if page.first(layout.index) is not None:
            raise NotAnArticle("it is an index page")
        reading = _read(page, layout, item)
        if not reading.is_empty:
            return reading
    return None


def _read(page: Page, layout: Layout, item: Item) -> _Reading:
    """Players before the text, which is read after everything else has been taken out of it."""
    kind = next((name for selector, name in layout.kinds if page.first(selector) is not None), None)
    videos, audios = media_of(page, layout)
    beside = _links_beside(page, layout)
    body = body_of(page, layout)
    if body.is_live_blog:
        kind = "LiveBlogPosting"
    return _Reading(layout, body, item, kind, images_of(page, layout, body.figures), videos, audios, beside)


def _links_beside(page: Page, layout: Layout) -> list[Link]:
    return [link for box in page.all(layout.beside) for link in links_in(page, box)]


def _in_general(page: Page, item: Item, day: datetime) -> _Reading:
    """The page without any layout of a site.

    Raises:
        NotAnArticle: it holds no text either.
    """
    body, item = general_body(page, item, day)
    if not body.paragraphs:
        raise NotAnArticle("the page has no text")
    foreign = page.all(GENERAL.foreign)
    figures = [figure for figure in page.all(GENERAL.figures) if not within(figure, foreign)]
    stated = stated_media(page)
    return _Reading(
        GENERAL,
        body,
        item,
        images=images_of(page, GENERAL, figures),
        videos=tuple(stated["VideoObject"]),
        audios=tuple(stated["AudioObject"]),
    )


def _type_of(reading: _Reading, item: Item) -> str:
    """The page's kind by its markup, else by its JSON-LD."""
    stated = next((name for name in types_of(item) if name in ARTICLE_TYPES | MEDIA_TYPES | {"ClaimReview"}), None)
    return reading.kind or stated or "NewsArticle"


def _without_claim(item: Item) -> Item:
    """The item for the byline: the author of a claim review may be the author of the claim."""
    return {} if "ClaimReview" in types_of(item) else item


def _with_stated_image(page: Page, item: Item, reading: _Reading) -> tuple[Image, ...]:
    """The images, led by the cover or, where the page shows none, by the one it states for sharing."""
    layout, images = reading.layout, reading.images
    if images and page.first(layout.cover) is not None:
        return images
    for stated in (_image_url(item), page.open_graph.get("og:image")):
        lead = image_at(page, stated, layout)
        if lead is not None:
            known = next((image for image in images if image.url == lead.url), lead)
            return merged((known, *images))
    return images


def _image_url(item: Item) -> str | None:
    image = item.get("image") or item.get("thumbnailUrl")
    first = image[0] if isinstance(image, list) and image else image
    return plain(first.get("url") or first.get("contentUrl")) if isinstance(first, dict) else plain(first)


def _provenance(capture: Capture, site: Site | None, layout: Layout) -> Metadata:
    return Metadata(
        dateDownloaded=_instant(capture.date),
        site=site.name if site else None,
        layout=layout.name,
        warcRecordId=capture.record_id,
        warcFilename=capture.warc_filename,
        warcOffset=capture.warc_offset,
        payloadDigest=capture.payload_digest,
        extractor=EXTRACTOR,
    )


def _instant(date: datetime) -> str:
    """The WARC-Date: seconds, with the fraction where there is one."""
    fraction = f".{date.microsecond:06}".rstrip("0") if date.microsecond else ""
    return f"{date:%Y-%m-%dT%H:%M:%S}{fraction}Z"
