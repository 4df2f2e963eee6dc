"""What is known of a news site before any page is fetched: its names, its languages, its URLs, its layouts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

_URLS_AT_ONCE = 8_192
"""URLs whose parts are remembered: more than wait between the list that they stand on and the end of their download."""


_HOST = re.compile(r"[a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the pages of one era are laid out: CSS selectors as data, read by :mod:`newscrawl.extract`.

    A selector that does not apply is left empty. One more era of a site is one more entry.
    """

    name: str
    """Goes into ``metadata.layout``."""
    valid_from: date | None = None
    """First day of capture that this layout is tried for; None: from the beginning."""
    valid_until: date | None = None
    """Last day of capture that this layout is tried for; None: still in use."""
    page: str = ""
    """Something every page of this layout has; a page without it is tried with the next layout. Empty: any page."""
    index: str = ""
    """Something only index pages have (home, section, podcast list): they hold no article."""
    scope: str = ""
    """The element that holds everything below; what it does not hold is not looked up. Empty: the whole page."""
    header: str = ""
    """The element that holds title, byline, dates and lead image. Empty, or not on a page: they are anywhere."""
    main: str = ""
    """The element that holds the text and what stands beside it. Empty, or without text: it is anywhere."""
    headline: str = ""
    """The title; the first with text counts."""
    description: str = ""
    """The lead or intro that stands above the text."""
    section: str = ""
    """The link to the section."""
    byline: str = ""
    """One element an author: a link, or plain text with several names."""
    published: str = ""
    """The time of publication, an element with ``datetime`` or with text."""
    modified: str = ""
    """The time of the last change."""
    keywords: str = ""
    """The tags, one element each."""
    body: tuple[str, ...] = ()
    """The container of the text, in the order in which they are tried: the first with text or posts is read."""
    foreign: str = ""
    """Where containers of the body's kind hold other text than the page's own (the claim of a fact check)."""
    claim: str = ""
    """The claim that a fact check examines."""
    claimant: str = ""
    """Who made that claim."""
    verdict: str = ""
    """The verdict of a fact check, in words."""
    posts: str = ""
    """The posts of a live blog, each with its time and text."""
    post_text: str = ""
    """The text within a post."""
    post_time: str = ""
    """The time within a post."""
    post_title: str = ""
    """The title within a post."""
    dateline: str = ""
    """The place that opens the text, where it has markup of its own."""
    cover: str = ""
    """The lead image: the figure, or its ``img``."""
    lead: str = ""
    """What a lead image looks like where ``cover`` finds none: the first such figure before the text is it."""
    figures: str = ""
    """Images in the text and in galleries: the elements that hold image and caption."""
    caption: str = ""
    """The caption within a figure."""
    credit: str = ""
    """The credit within a figure or caption."""
    gallery: str = ""
    """Gallery items: image URL in ``data-lbox-gallery-item-src`` or ``img``, caption in an attribute or element."""
    downloads: str = ""
    """Links to the files of recordings: those within one element are qualities of one recording."""
    players: str = ""
    """Players of video and audio, each with ``video`` or ``audio`` within, or being one."""
    embeds: str = ""
    """Embedded content of other sites in the text."""
    related: str = ""
    """Read-also boxes in the text: their links are kept, their text is not the article's."""
    beside: str = ""
    """Boxes of related links outside the text."""
    inset: str = ""
    """Elements that stand nowhere but within a text: where one follows the text's container, the text does, too."""
    other_stories: str = ""
    """Where, in or below the text, a stacked page begins to append other stories."""
    bio: str = ""
    """Blocks about the author at the end of the text."""
    chrome: str = ""
    """Whatever else stands in the text and is not text: sharing, players' texts, screen readers' links, comments."""
    kinds: tuple[tuple[str, str], ...] = ()
    """What kind of page it is: selector and schema.org type, the first that matches decides; none: an article."""
    rendition: re.Pattern[str] | None = None
    """The part of an image's URL that only names a rendition; without it the URL is the original's."""

    def __post_init__(self) -> None:
        """Tells, where the entry stands, what would only make pages be misread."""
        if isinstance(self.body, str):
            raise TypeError(f"layout {self.name}: body is a tuple of selectors: (body,)")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(f"layout {self.name}: it ends on {self.valid_until}, before it begins")

    @property
    def is_told_by_scope(self) -> bool:
        """Whether what every page has is the element that holds everything."""
        return bool(self.scope) and self.page.endswith(f" {self.scope}")

    def covers(self, day: date) -> bool:
        """Whether a page captured on ``day`` may have this layout."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class UrlScheme:
    """The URL forms of a content management system, as regular expressions on the path.

    ``article`` has a group ``id``: the number that all forms of one article share.
    """

    article: re.Pattern[str]
    """Paths of article pages: slug, slug-less, legacy, AMP, print and embed forms."""
    canonical: str
    """The form to fetch when only the id is known, with ``{id}``."""
    listing: str | None = None
    """The path of a section listing, with ``{section}`` and ``{page}``."""
    without_number: re.Pattern[str] | None = None
    """Paths of article pages that have no number: then the path, without slashes at its ends, is the id."""
    other_forms: re.Pattern[str] | None = None
    """Paths of AMP, print and embed forms: announced so, an article is fetched in the canonical form all the same."""

    def __post_init__(self) -> None:
        """Tells, where the entry stands, what would only fail at the first page."""
        if "id" not in self.article.groupindex:
            raise ValueError(f"article has no group 'id': {self.article.pattern}")
        if "{id}" not in self.canonical:
            raise ValueError(f"canonical has no {{id}}: {self.canonical}")


@dataclass(frozen=True, slots=True)
class Discovery:
    """Where a site announces its articles, as paths on its host."""

    sitemaps: tuple[str, ...] = ("/sitemap.xml",)
    feeds: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    fresh_sitemaps: re.Pattern[str] | None = None
    """Of the sitemaps that an index names, those that hold what is new; None: all may."""
    section_sitemaps: re.Pattern[str] | None = None
    """Of the sitemaps that an index names, those that name section listings and no articles."""
    archives: tuple[str, ...] = ()
    """URLs of the archive page of one section and day, with ``{listing}``, ``{year}``, ``{month}`` and ``{day}``."""


@dataclass(frozen=True, slots=True)
class Site:
    """One news site: what `newscrawl list` names and what a page's host leads to."""

    name: str
    """Name of its spider: letters, digits, underscores."""
    host: str
    """Its host name, without port."""
    url_scheme: UrlScheme
    layouts: tuple[Layout, ...]
    language: str | None = None
    """BCP 47; None: what each page says of itself."""
    direction: str = "ltr"
    """``ltr`` or ``rtl``."""
    publisher: str | None = None
    time_zone: str = "UTC"
    """IANA name of the newsroom's zone, for dates without offset."""
    aliases: tuple[str, ...] = ()
    """Mirror hosts that serve the same articles."""
    discovery: Discovery = field(default_factory=Discovery)
    scheme: str = "https"
    is_service: bool = True
    """Whether it is one news service; False for the profile of a page whose service is not known."""

    def __post_init__(self) -> None:
        """Tells, where the entry stands, what would only make it never be found."""
        if not self.name.isidentifier():
            raise ValueError(f"name {self.name!r}: letters, digits and underscores")
        if not isinstance(self.layouts, tuple) or not isinstance(self.aliases, tuple):
            raise TypeError(f"site {self.name}: layouts and aliases are tuples: (layout,)")
        for host in (self.host, *self.aliases):
            if not _HOST.fullmatch(host):
                raise ValueError(f"site {self.name}: {host!r} is no host name, such as www.example.org")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host and its mirrors, those on ``www.`` also without it."""
        return _hosts(self.host, self.aliases)

    def has_host(self, url: str) -> bool:
        """Whether ``url`` is on one of the hosts, whatever the port and the case."""
        parts = _split(url)
        return parts is not None and _is_on(parts, self.hosts)

    def article_id(self, url: str) -> str | None:
        """Return the id that all URL forms of an article share, or None if ``url`` is not an article of this site."""
        return _article_id(url, self.host, self.aliases, self.url_scheme)

    def page_url(self, url: str) -> str:
        """Return the URL to fetch an announced article from: the canonical one if ``url`` is AMP, print or embed."""
        parts = _split(url)
        forms = self.url_scheme.other_forms
        if parts is None or forms is None or not forms.match(parts.path) or (found := self.article_id(url)) is None:
            return url
        return urlunsplit((parts.scheme, parts.netloc, self.url_scheme.canonical.format(id=found), "", ""))

    def layouts_on(self, day: date | datetime) -> tuple[Layout, ...]:
        """Return the layouts to try for a page captured on ``day``, newest first."""
        day = day.date() if isinstance(day, datetime) else day
        return tuple(layout for layout in self.layouts if layout.covers(day))


@lru_cache(maxsize=_URLS_AT_ONCE)
def _hosts(host: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    named = (host, *aliases)
    return (*named, *(name.removeprefix("www.") for name in named if name.startswith("www.")))


# Several components ask for the same URL while its page goes through a crawl, ten times in all.
@lru_cache(maxsize=_URLS_AT_ONCE)
def _article_id(url: str, host: str, aliases: tuple[str, ...], scheme: UrlScheme) -> str | None:
    parts = _split(url)
    if parts is None or not _is_on(parts, _hosts(host, aliases)):
        return None
    path = unquote(parts.path)
    match = scheme.article.fullmatch(path)
    if match is not None:
        return match["id"]
    is_article = scheme.without_number is not None and scheme.without_number.fullmatch(path) is not None
    return path.strip("/") if is_article else None


def _is_on(parts: SplitResult, hosts: tuple[str, ...]) -> bool:
    return (parts.hostname or "").rstrip(".") in hosts


@lru_cache(maxsize=_URLS_AT_ONCE)
def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:  # "http://[" and the like
        return None
