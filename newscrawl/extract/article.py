"""From a capture to an article: the composition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from selectolax.lexbor import LexborNode

import newscrawl
from newscrawl.capture import Capture
from newscrawl.errors import NotAnArticle
from newscrawl.extract.body.body import Body, body_of
from newscrawl.extract.body.boilerplate import without_boilerplate
from newscrawl.extract.body.edges import without_edges, without_second_copy
from newscrawl.extract.body.links import links_in, without_repeats
from newscrawl.extract.body.lost_text import lost_text
from newscrawl.extract.general.article_or_not import why_no_article
from newscrawl.extract.general.figures import GENERAL, general_figures
from newscrawl.extract.general.read import general_body
from newscrawl.extract.general.self_closed import with_ends
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import outermost, places
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import ARTICLE_TYPES, MEDIA_TYPES, types_of
from newscrawl.extract.media.images import cover_of, images_of, with_stated_image
from newscrawl.extract.media.recordings import recordings_of, stated_media
from newscrawl.extract.metadata import metadata
from newscrawl.extract.metadata.canonical import canonical_url_of
from newscrawl.extract.metadata.claim_review import KIND, claim_review_of
from newscrawl.extract.metadata.datelines import Dated, split_dateline, with_its_dash, with_stated
from newscrawl.extract.metadata.headline import headline_of
from newscrawl.extract.metadata.keywords import keywords_of
from newscrawl.extract.metadata.main_item import main_item_of
from newscrawl.extract.metadata.publication_dates import modified_of, published_of
from newscrawl.extract.people.authors import authors_of
from newscrawl.extract.people.credit_line import split_credits
from newscrawl.extract.text import comparable
from newscrawl.items import Article, Author, ClaimReview, Image, Link, MediaObject, Metadata, Removed
from newscrawl.site import Layout, Site
from newscrawl.web_archives import original_date, original_url

_MAX_BOXES = 500
"""Boxes of related links beside a text that are read."""

EXTRACTOR = f"newscrawl/{newscrawl.__version__}"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a page gave with one layout."""

    page: Page
    """The part of it that the layout reads."""
    header: Page
    """The part of that with title, byline, dates and lead image."""
    layout: Layout
    body: Body
    item: Item
    kind: str | None = None
    images: tuple[Image, ...] = ()
    has_cover: bool = False
    """Whether there is a lead image where the images were looked for."""
    videos: tuple[MediaObject, ...] = ()
    audios: tuple[MediaObject, ...] = ()
    beside: list[Link] = field(default_factory=list)

    @property
    def has_media(self) -> bool:
        """Whether it is a page of media that has some: such a page needs no text."""
        return self.kind in MEDIA_TYPES and bool(
            self.images if self.kind == "ImageGallery" else self.videos or self.audios
        )


def article_from(
    capture: Capture, site: Site | None, recognised: Callable[[Page], Site | None] | None = None
) -> Article:
    """Return the article of a page, with repeated captions in its text (see :mod:`newscrawl.extract.captions.remove`).

    ``site`` is the profile of the page's host; for a page on an unknown host ``recognised`` finds one by the markup.
    The same capture and site always give the same article.

    Raises:
        NotAnArticle: the page holds none. Nothing else is ever raised, whatever the bytes.
    """
    page = Page.of(capture)
    if site is None and recognised is not None:
        site = recognised(page)
    if site is None:
        page = with_ends(page)
    stated = main_item_of(page, site)
    reading = _by_layout(page, site, stated, original_date(capture.url) or capture.date) or _in_general(page, stated)
    page, header, layout, body, item = reading.page, reading.header, reading.layout, reading.body, reading.item
    language = metadata.language_of(page, item, site)
    headline = headline_of(header, item, layout)
    authors = authors_of(header, _without_claim(item), layout, language)
    text = _text_of(page, body, language, headline, authors)
    if not text.paragraphs and not reading.has_media:
        raise NotAnArticle("what the page shows is furniture")
    published = published_of(header, item, layout, site, capture.date if site is None else None)
    modified = modified_of(header, item, layout, site)
    canonical_url = canonical_url_of(page)
    images = reading.images
    if not images or not (reading.has_cover or page.first(layout.cover) is not None):
        images = with_stated_image(page, item, layout, images)
    return Article(
        url=capture.url,
        canonicalUrl=canonical_url,
        type=_type_of(reading, item),
        headline=headline,
        description=metadata.description_of(page, item, layout),
        articleBody="\n\n".join(text.paragraphs) or None,
        paragraphs=text.paragraphs,
        dateline=text.dateline,
        datePublished=published.iso,
        dateModified=modified.iso,
        datePublishedRaw=published.raw,
        dateModifiedRaw=modified.raw,
        authors=authors,
        sources=text.sources,
        articleSection=metadata.section_of(page, item, layout),
        keywords=keywords_of(page, item, layout),
        inLanguage=language,
        publisher=metadata.publisher_of(page, item, site),
        mainImage=images[0] if images else None,
        images=images,
        videos=reading.videos,
        audios=reading.audios,
        relatedLinks=without_repeats([*body.related, *reading.beside], (capture.url, canonical_url)),
        claimReview=_claim_review_of(page, item, reading),
        removed=text.removed,
        metadata=_provenance(capture, site, layout, _messages(reading, text)),
    )


class _Text(NamedTuple):
    """The text, and what was told from it."""

    paragraphs: tuple[str, ...]
    dateline: str | None
    sources: tuple[str, ...]
    removed: tuple[Removed, ...]


def _text_of(page: Page, body: Body, language: str | None, headline: str | None, authors: tuple[Author, ...]) -> _Text:
    """Return the body without furniture, credit lines and dateline."""
    text, *posts = body.pieces
    once = without_second_copy(text)
    text = once.paragraphs
    marked = with_its_dash(body.dateline, text) if body.dateline else Dated(None, text)
    kept: list[str] = []
    sources: list[str] = []
    removed = [*body.removed, *once.removed]
    for piece in (marked.paragraphs, *posts):
        paragraphs, furniture = without_boilerplate(piece, words=body.words)  # which a dash of its own would be
        if piece is marked.paragraphs:
            paragraphs, lines = without_edges(paragraphs, headline, authors, language)
            furniture = (*furniture, *lines)
        credited = split_credits(paragraphs, language)
        kept += credited.paragraphs
        sources += credited.sources
        removed += (*furniture, *credited.removed)
    dateline, kept = Dated(marked.dateline, kept) if marked.dateline else _dated(page, kept)
    return _Text(tuple(kept), dateline, tuple(dict.fromkeys(sources)), tuple(removed))


def _dated(page: Page, paragraphs: list[str]) -> Dated:
    """The text without its dateline: by the words, by what the page states of itself."""
    found = split_dateline(paragraphs)
    stated = metadata.stated_dateline(page) if found.dateline is None else None
    return with_stated(stated, paragraphs) if stated else found


def _by_layout(page: Page, site: Site | None, item: Item, day: datetime) -> _Reading | None:
    """The page by the first layout of its day that finds something; None where none does.

    Raises:
        NotAnArticle: it is an index page of the site.
    """
    for layout in site.layouts_on(day) if site else ():
        marker = page.first(layout.page)
        if layout.page and marker is None:
            continue
        if page.has(layout.index):
            raise NotAnArticle("it is an index page")
        scope = marker if layout.is_told_by_scope else page.first(layout.scope)
        reading = _read(page.part(scope), layout, item)
        if reading.body.paragraphs or reading.has_media:
            return reading
    return None


def _read(page: Page, layout: Layout, item: Item) -> _Reading:
    """Read the part of a page that the layout names; what is not where the layout has it is looked up everywhere."""
    kind = _kind_of(page, layout)
    videos, audios = recordings_of(page, layout)
    main = page.part(page.first(layout.main))
    header = _header_of(page, layout)
    cover = cover_of(page, header, layout)
    body, main = _body_of(page, main, layout)
    if main is not page and body.is_displaced:
        kind = kind or _kind_of(main, layout)
    beside = _links_beside(page, main, layout)
    if body.is_live_blog:
        kind = "LiveBlogPosting"
    shown = page if kind == "ImageGallery" and not body.is_displaced else main
    images = images_of(shown, cover, layout, body.figures)
    return _Reading(page, header, layout, body, item, kind, images, cover is not None, videos, audios, beside)


def _kind_of(page: Page, layout: Layout) -> str | None:
    return next((name for selector, name in layout.kinds if page.has(selector)), None)


def _header_of(page: Page, layout: Layout) -> Page:
    """Return the part with title, byline, dates and section; the page besides, where one of them is not in it."""
    element = page.first(layout.header)
    header = page.part(element)
    wanted = (layout.headline, layout.published, layout.byline, layout.section)
    if all(header.first(selector) is not None for selector in wanted if selector):
        return header
    return page.part(element, page.whole) if element is not None else page.part(page.scope, page.whole)


def _body_of(page: Page, main: Page, layout: Layout) -> tuple[Body, Page]:
    """Return the text and the part of the page that it and its boxes are in."""
    body = body_of(main, layout)
    if not body.paragraphs and main is not page:
        main, body = page, body_of(page, layout)
    if not body.paragraphs and page.scope is not None:
        whole = page.whole
        found = body_of(whole, layout)
        if found.paragraphs:
            found.is_displaced = True
            return found, whole
    return body, page.whole if body.is_displaced else main


def _links_beside(page: Page, main: Page, layout: Layout) -> list[Link]:
    """Return the links of boxes beside the text: in the main part, or after the headline where that is broken."""
    is_broken = main.scope is None and page.scope is not None
    nodes = _after_headline(main, layout) if is_broken and layout.beside else main.all(layout.beside)
    return [link for box in outermost(nodes[:_MAX_BOXES]) for link in links_in(page, box)]


def _after_headline(page: Page, layout: Layout) -> list[LexborNode]:
    """Return the boxes of related links that stand after the page's headline: those before it are navigation."""
    headline = page.first(layout.headline)
    if headline is None:
        return []
    boxes = places(page.all(layout.beside))
    nodes = page.all(f"h1, {layout.beside}")
    start = next((place for place, node in enumerate(nodes) if node.mem_id == headline.mem_id), len(nodes))
    return [node for node in nodes[start:] if node.mem_id in boxes]


def _in_general(page: Page, item: Item) -> _Reading:
    """The page without any layout of a site.

    Raises:
        NotAnArticle: it holds no text either.
    """
    body, found, outline = general_body(page, item)
    if not body.paragraphs:
        raise NotAnArticle("the page has no text")
    if reason := why_no_article(page, item, outline, found):
        raise NotAnArticle(reason)
    _take_out_headline(body, headline_of(page, item, GENERAL))
    stated = stated_media(page)
    return _Reading(
        page,
        page,
        GENERAL,
        body,
        item,
        images=images_of(page, None, GENERAL, general_figures(page, found, outline)),
        videos=tuple(stated["VideoObject"]),
        audios=tuple(stated["AudioObject"]),
    )


def _take_out_headline(body: Body, headline: str | None) -> None:
    """Take the headline out of the text, where it is the first paragraph too."""
    if headline and len(body.paragraphs) > 1 and comparable(body.paragraphs[0]) == comparable(headline):
        body.removed.append(Removed(body.paragraphs.pop(0), "headline"))


def _type_of(reading: _Reading, item: Item) -> str:
    """The page's kind by its markup, else by its JSON-LD."""
    stated = next((name for name in types_of(item) if name in ARTICLE_TYPES | MEDIA_TYPES | {"ClaimReview"}), None)
    return reading.kind or stated or "NewsArticle"


def _messages(reading: _Reading, text: _Text) -> tuple[str, ...]:
    """Return what is unusual about how a page of a layout was read."""
    if reading.layout is GENERAL:
        return ()
    captions = (part for image in reading.images for part in (image.caption, image.description))
    kept = (text.dateline, *text.paragraphs, *captions, *(part.text for part in text.removed))
    message = lost_text(reading.page, reading.layout, kept)
    return () if message is None else (message,)


def _claim_review_of(page: Page, item: Item, reading: _Reading) -> ClaimReview | None:
    is_review = reading.kind == KIND or any(KIND in types_of(each) for each in page.json_ld)
    return claim_review_of(page, item, reading.layout) if is_review else None


def _without_claim(item: Item) -> Item:
    """Return the item for the byline: the author of a claim review may be the author of the claim."""
    return {} if KIND in types_of(item) else item


def _provenance(capture: Capture, site: Site | None, layout: Layout, messages: tuple[str, ...]) -> Metadata:
    return Metadata(
        dateDownloaded=_instant(capture.date),
        site=site.name if site and site.is_service else None,
        layout=layout.name,
        originalUrl=original_url(capture.url),
        warcRecordId=capture.record_id,
        warcFilename=capture.warc_filename,
        warcOffset=capture.warc_offset,
        payloadDigest=capture.payload_digest,
        extractor=EXTRACTOR,
        validationMessages=messages,
    )


def _instant(date: datetime) -> str:
    """The WARC-Date: seconds, with the fraction where there is one."""
    fraction = f".{date.microsecond:06}".rstrip("0") if date.microsecond else ""
    return f"{date.replace(tzinfo=None).isoformat(timespec='seconds')}{fraction}Z"
