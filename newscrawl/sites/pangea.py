"""The family of sites on the CMS "Pangea" (RFE/RL and VOA): their URLs, their ways to announce, their dated layouts.

The dates say from when to when captures may have a layout; they overlap, since the sites did not change over on one
day. The newest layout that fits is read. Rests on saved pages of 2019 to 2024 and, for the older eras and the pages
that nobody saved, on what public scrapers select.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from newscrawl.site import Discovery, Layout, Site, UrlScheme

URLS = UrlScheme(
    article=re.compile(
        r"/(?:a|s|amp(?:/a)?|content|articleprintview|media/\w+|embed/player/\w+)"  # forms of one article
        r"(?:/[^/]+)?"  # the slug, in any script
        r"/(?P<id>[0-9]{4,12})"
        r"(?:/\w+)?\.html",  # an item of a live blog
        re.IGNORECASE,
    ),
    canonical="/a/{id}.html",
    listing="/z/{section}?p={page}",
    other_forms=re.compile(r"/(?:amp|articleprintview|embed)/", re.IGNORECASE),
)

DISCOVERY = Discovery(
    sitemaps=("/sitemap.xml",),
    feeds=("/api/",),
    listings=("/",),
    fresh_sitemaps=re.compile(r"_(?:latest|news|videos)\.xml"),
    section_sitemaps=re.compile(r"_sections\.xml"),
    archives=("{listing}/{year}/{month}/{day}", "{listing}?d={day}&m={month}&y={year}"),
)

_RENDITION = re.compile(
    r"_(?<=/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}_)[a-z]{1,3}\d*(?:_[a-z]{1,3}\d*)*(?=\.\w+)",
    re.I,
)
"""``_cx0_cy10_cw0_w650_r1_s`` in ``<GUID>_cx0_cy10_cw0_w650_r1_s.jpg``; a search skips to the first ``_``."""

_CHROME = (
    "script, style, noscript, template, button, form, input, select, iframe, svg, canvas, map, dialog, "
    ".sr-only, .visually-hidden, .screen-reader-text, .hidden, [hidden], .c-lightbox, .c-hlights, .print-dialogue, "
    ".share, .share--box, .sticky-share-container, .ctc, .link-print, .buttons, #comments, .comments, .link-showMore, "
    ".responsive-indicator, .media-download, .c-spinner, .infgraphicsAttach, .content-advisory__box, .back-to-top-nav, "
    ".newsletter, .newsletter-signup, .newsletter-box, .signup-box, .subscribe-box"
)

_NETWORKS = (
    ".twitter-tweet, .twitter-video, .instagram-media, .tiktok-embed, .fb-post, .fb-video, .reddit-card, "
    ".reddit-embed-bq, .bluesky-embed, .mastodon-embed, .text-post-media, .telegram-post, .vk-post, .imgur-embed-pub"
)
"""Posts of other networks, which editors paste into a text as those networks give them."""

_RESPONSIVE = Layout(
    name="pangea-responsive",
    page='body[class*="pg-"]',
    index="body.pg-section, body.pg-home, body.pg-rss-podcast, body.pg-search, body.pg-programindex, body.pg-author",
    headline="#content h1:not(.title--program):not(:has(.title)), #content h1:not(.title--program) .title",
    description=".hdr-container .intro, .media-container .intro, #content .intro",
    section=".category a, .prog-hdr .title--program",
    byline=".links__item, .publishing-details .authors",
    published=".published time, .publishing-details time",
    modified=".publishing-details .updated time, .publishing-details .modified time",
    keywords=".tags .tag a, .article-tags a",
    body=("#article-content .wsw", ".body-container .wsw", "#content .wsw", ".wsw", "#article-content"),
    foreign=".fc__body .statement-content, .region, .media-block-wrap, [data-area-id], .c-author, .news-updates",
    claim=".fc__body .statement-content .wsw, .fc__claim",
    claimant=".statement__author .title, .statement-author .title, .fc__author",
    verdict=".fc__verdict, .fc__hdr .verdict, .verdict",
    posts=".post--liveblog",
    post_text=".wsw",
    post_time="time",
    post_title="h2, h3, h4, .post__title",
    dateline=".dateline",
    cover=".cover-media figure, .cover-media .media-image, .hdr-container figure.media-image",
    lead="figure.media-image, .media-image",
    figures="figure, .media-image, .wp-caption, img",
    caption="figcaption .caption, .caption, figcaption, .wp-caption-text",
    credit=".credit, .image-credit, .photo-credit, .caption__credit",
    gallery="[data-lbox-gallery-item-src], #galleryItems figure, #galleryItems .media-image",
    players="#content .media-pholder, #content .c-mmp",
    embeds=".wsw__embed, .mediaReplacer, .externalMedia, .media-pholder, .c-mmp, .c-sticky-container, " + _NETWORKS,
    related=".also-read, .wsw__related, .media-block, .media-block-wrap, .region, [data-area-id]",
    inset=".wsw__embed, .also-read, .wsw__related, .dateline",
    beside=".body-container .media-block-wrap:not([data-area-id])",
    other_stories=".news-updates, .all-latest-news",
    bio=".c-author, .c-author-wrap, .author-bio, .about-author",
    chrome=_CHROME,
    kinds=(
        ("body.pg-fc", "ClaimReview"),
        ("#galleryItems", "ImageGallery"),
        ("body.pg-media .media-pholder--video, body.pg-media .c-mmp--video", "VideoObject"),
        ("body.pg-media .media-pholder--audio, body.pg-media .c-mmp--audio", "AudioObject"),
    ),
    rendition=_RENDITION,
)

_SINCE_2018 = replace(
    _RESPONSIVE,
    scope="#content",
    header=".hdr-container",
    main=".body-container",
    beside=".media-block-wrap:not([data-area-id])",
)
"""Where the parts of a page are in the saved pages of 2019 and 2024."""

LAYOUTS = (
    replace(
        _SINCE_2018,
        name="pangea-2024",
        valid_from=date(2022, 1, 1),
        page='body[class*="pg-"] #content',
    ),
    replace(
        _SINCE_2018,
        name="pangea-2018",
        valid_from=date(2018, 1, 1),
        valid_until=date(2024, 12, 31),
    ),
    replace(
        _RESPONSIVE,
        name="pangea-2015",
        valid_from=date(2014, 6, 1),
        valid_until=date(2019, 12, 31),
        byline=".links__item, .authors a, .authors",
    ),
    replace(
        _RESPONSIVE,
        name="pangea-amp",
        page=r"html[amp], html[\26a1]",  # <html ⚡>: the parser of selectors takes no emoji as it is
        headline="h1",
        body=("#article-content .wsw", ".wsw", "article"),
        figures="figure, amp-img, img",
        cover=".cover-media figure, .cover-media amp-img",
        lead="figure.media-image, .media-image, amp-img",
    ),
    replace(
        _RESPONSIVE,
        name="pangea-print",
        page='body[class*="print"]',
        headline="h1.title, h1",
        body=("#article-content .wsw", ".wsw", ".articleContent .zoomMe"),
    ),
    Layout(
        name="pangea-2012",
        valid_until=date(2017, 12, 31),
        headline="h1.title, .contentHeadline h1, h1",
        byline=".authors a, .authors, .author",
        published=".article_date, .date time, .date, .published",
        section=".category a, .breadcrumb a:last-child",
        body=("div.wordclick", "div.wsw"),
        foreign=".region, .media-block-wrap",
        dateline=".dateline",
        cover=".articleImage, .contentImage, .cover-media figure",
        figures="figure, .media-image, .contentImage, img",
        caption=".caption, .imageCaption, figcaption",
        credit=".credit",
        players=".media-pholder, .c-mmp, .playerContainer",
        embeds=".wsw__embed, .embed, .media-pholder, " + _NETWORKS,
        related=".also-read, .relatedContent, .related, .media-block",
        bio=".c-author, .author-bio",
        chrome=_CHROME,
        rendition=_RENDITION,
    ),
    Layout(
        name="pangea-legacy",
        valid_until=date(2016, 12, 31),
        page='body[class*="body_article"], .articleContent',
        headline="h1, .articleContent h1, .contentHeadline",
        byline=".authors a, .authors, .author",
        published=".article_date, .date, .published, #article .date",
        section=".category a",
        body=(".articleContent .zoomMe", ".zoomMe", ".articleContent"),
        dateline=".dateline",
        cover=".articleContent .contentImage, .contentImage, .photo_caption",
        figures="figure, .contentImage, .photo_caption, img",
        caption=".imageCaption, .caption, figcaption, .watermark",
        credit=".credit, .imageCredit",
        players=".playerContainer, .media-pholder",
        embeds=".embed, .playerContainer, " + _NETWORKS,
        related=".relatedContent, .related, .also-read",
        bio=".author-bio, .authorBio",
        chrome=_CHROME,
        rendition=_RENDITION,
    ),
)
"""Newest first."""

VOA_URLS = replace(
    URLS,
    without_number=re.compile(
        r"/(?!(?:a|s|z|p|amp|api|author|authors|content|embed|media|podcast|podcasts|rssfeeds|search|programs?|section|"
        r"taxonomy|node|user|sites|themes|core|modules|live|schedule)/)"  # listings, services and files of the system
        r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/){1,3}"  # sections: "usa", "east-asia-pacific", "usa/us-politics"
        r"[a-z0-9]+(?:-[a-z0-9]+)+/?",  # the slug, of two words at least
    ),
)
"""URLs of voanews.com: those of Pangea, and those of the years on Drupal, such as ``/usa/senate-votes-on-budget``."""

VOA_DRUPAL = Layout(
    name="voa-drupal",
    valid_from=date(2019, 6, 1),
    valid_until=date(2021, 12, 31),
    page="body.path-node, article.node, .page-header__title",
    index="body.path-frontpage, body.path-taxonomy",
    headline=".page-header__title, h1.page-title, h1",
    byline=".page-header__meta-item a, .page-header__author a, .page-header__byline a, .field--name-field-author a",
    published=".page-header__meta-item time, .page-header__meta time, .page-header time, time",
    modified=".page-header__updated time, .page-header__meta-item--updated time",
    section=".page-header__eyebrow a, .page-header__section a, .page-header__category a",
    keywords=".article__tags a, .field--name-field-tags a",
    body=(".article__body .text-long", ".article__body", ".article .text-long", ".field--name-body"),
    dateline=".dateline",
    cover=".article__featured-image figure, .media--type-image, article figure",
    lead="figure, .media--type-image",
    figures="figure, .media--type-image, img",
    caption="figcaption, .media__caption, .caption",
    credit=".media__credit, .credit",
    players=".kaltura-video-player, .kaltura-audio-player, .media--type-video, .media--type-audio",
    downloads=".player-download-formats a, a.download-mp3-link, .download-mp3-link a",
    embeds=".embedded-entity, .media--type-video, .media--type-audio, .kaltura-video-player, .kaltura-audio-player, "
    ".player-download-formats, .download-mp3-link, " + _NETWORKS,
    related=".related, .article__related, .teaser",
    beside=".article__footer .teaser",
    bio=".author-card, .author-bio, .article__author-bio",
    chrome=_CHROME + ", .social-share, .article-share, .addtoany",
)
"""voanews.com ran on Drupal 8 from 2019 to 2021, between two spells of Pangea."""


def pangea_site(
    name: str,
    host: str,
    *,
    language: str | None,
    publisher: str | None,
    time_zone: str,
    direction: str = "ltr",
    aliases: tuple[str, ...] = (),
    layouts: tuple[Layout, ...] = LAYOUTS,
    scheme: str = "https",
    url_scheme: UrlScheme = URLS,
) -> Site:
    """A site of the family: what it does not say is as everywhere on Pangea."""
    return Site(
        name=name,
        host=host,
        url_scheme=url_scheme,
        layouts=layouts,
        language=language,
        direction=direction,
        publisher=publisher,
        time_zone=time_zone,
        aliases=aliases,
        discovery=DISCOVERY,
        scheme=scheme,
    )
