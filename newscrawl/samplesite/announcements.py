"""Where the site announces its stories: robots.txt, sitemaps, feeds, section listings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email.utils import format_datetime
from urllib.parse import quote
from xml.sax.saxutils import escape  # it writes XML; nothing is parsed here

from newscrawl.samplesite.stories import SECTION_ZONES, Story

SITEMAP_SIZE = 20_000
"""URLs of a full numbered file, as on the real sites."""
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def robots_txt(base: str, crawl_delay: float) -> str:
    """robots.txt with a delay and the sitemap."""
    return f"User-agent: *\nCrawl-delay: {crawl_delay:g}\nDisallow: /private/\n\nSitemap: {base}/sitemap.xml\n"


def sitemap_index(base: str, numbered: int) -> str:
    """Return the index, in lexical order (``_10`` before ``_2``), with dates of seven fraction digits."""
    names = sorted(f"sitemap_sample_{number}.xml.gz" for number in range(1, numbered + 1))
    names += [f"sitemap_sample_{name}.xml" for name in ("latest", "news", "sections", "videos", "empty")]
    entries = (
        f"<sitemap><loc>{base}/{name}</loc><lastmod>2026-03-01T12:00:00.1234567Z</lastmod></sitemap>" for name in names
    )
    return f"{_XML}<sitemapindex {_SITEMAP}>{''.join(entries)}</sitemapindex>"


def urlset(base: str, stories: Iterable[Story], slugless: bool = False) -> str:
    """Return a urlset; most numbered files name stories without slug. ``lastmod`` has 0 to 3 fraction digits."""
    entries = (
        f"<url><loc>{escape(_location(base, story, slugless))}</loc><lastmod>{_lastmod(story)}</lastmod></url>"
        for story in stories
    )
    return f"{_XML}<urlset {_SITEMAP}>{''.join(entries)}</urlset>"


def news_urlset(base: str, stories: Iterable[Story]) -> str:
    """Return a news sitemap (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap)."""
    entries = (
        f"<url><loc>{escape(_location(base, story))}</loc><news:news><news:publication><news:name>The Sample Gazette"
        f"</news:name><news:language>{story.language.language}</news:language></news:publication>"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.headline)}</news:title></news:news></url>"
        for story in stories
    )
    return f"{_XML}<urlset {_SITEMAP} {_NEWS}>{''.join(entries)}</urlset>"


def sections_urlset(base: str) -> str:
    """Return the sections."""
    entries = (f"<url><loc>{base}/z/{zone}</loc></url>" for zone in SECTION_ZONES)
    return f"{_XML}<urlset {_SITEMAP}>{''.join(entries)}</urlset>"


def feed(base: str, stories: Sequence[Story]) -> str:
    """RSS 2.0 of the newest stories."""
    items = (
        f"<item><title>{escape(story.headline)}</title><link>{escape(_location(base, story))}</link>"
        f"<guid>{base}/a/{story.id}.html</guid><pubDate>{format_datetime(story.published)}</pubDate>"
        f"<category>{escape(story.language.sections[story.section])}</category></item>"
        for story in stories
    )
    head = f"<title>The Sample Gazette</title><link>{base}/</link><description>Nothing in it is real.</description>"
    return f'{_XML}<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'


def _location(base: str, story: Story, slugless: bool = False) -> str:
    if slugless and story.number % 6:
        return f"{base}/a/{story.id}.html"
    return base + escaped_path(story)


def escaped_path(story: Story) -> str:
    """Return the canonical path with the CMS's percent escapes, which are in lower case."""
    return re.sub("%[0-9A-F]{2}", lambda escape_: escape_[0].lower(), quote(story.path))


def _lastmod(story: Story) -> str:
    moment = story.modified or story.published
    fraction = ("", ".5", ".25", ".125")[story.number % 4]
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z"
