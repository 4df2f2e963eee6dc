"""The sample site as a pure function: a request's target in, status, headers and body out."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from newscrawl.samplesite import announcements
from newscrawl.samplesite.editions import Edition
from newscrawl.samplesite.pages import article_page, listing_page, requisite
from newscrawl.samplesite.pictures import picture
from newscrawl.samplesite.stories import NEWEST, SECTION_ZONES, Story, number_of
from newscrawl.samplesite.truth import expected

LISTING_SIZE = 12
FEED_SIZE = 20
FLAKY_PATH = "/a/31000065.html"
"""The server answers its first request for this story with 500."""
AUTHOR_PICTURE, AUTHOR_FILE = "/Content/author.png", "00000000-0000-0000-0000-000000000000_w144.png"
REQUISITES = {
    "/Content/responsive/sample.css": "text/css; charset=utf-8",
    "/Content/responsive/sample.js": "text/javascript; charset=utf-8",
    "/Content/responsive/sample.woff": "font/woff",
}
"""Style sheet, script and font of every page, with their media types."""
_ARTICLE = re.compile(r"/(a|content|articleprintview|amp|embed/player/0)/(?:([^/]+)/)?(\d{4,12})\.html")
_LISTING = re.compile(r"/z/(\d+)(?:/articles)?")
_NUMBERED = re.compile(r"/sitemap_sample_(\d{1,4})\.xml\.gz")
_FEED = re.compile(r"/api/(?:z(\d+))?")
_FORMS = {"a": "modern", "amp": "amp", "articleprintview": "print", "embed/player/0": "embed"}

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A response without what the server adds (Date, Content-Length, ETag, codings)."""

    status: int
    headers: Headers
    body: bytes = b""
    last_modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """The site at one moment. ``edition`` counts how often it was published anew: see :mod:`.editions`."""

    size: int = 64
    seed: int = 1
    edition: int = 0
    crawl_delay: float = 0.01
    page_kilobytes: int = 0

    @property
    def stories(self) -> Edition:
        """What is published in this edition."""
        return Edition(self.size, self.seed, self.edition)

    def reply(self, target: str, base_url: str) -> Reply:
        """Return the answer to a GET of ``target`` (path and query)."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        if match := _ARTICLE.fullmatch(path):
            return self._article(match[1], match[2], int(match[3]), base_url)
        if path.startswith("/gdb/"):
            return self._picture(path.removeprefix("/gdb/"))
        if path == AUTHOR_PICTURE:
            return self._picture(AUTHOR_FILE)
        if path in REQUISITES:
            return Reply(200, (("Content-Type", REQUISITES[path]),), requisite(path.rpartition("/")[2]), NEWEST)
        announced = self._announcement(path, base_url)
        if announced is not None:
            return announced
        if path == "/" or (match := _LISTING.fullmatch(path)):
            zone = None if path == "/" else int(match[1])  # type: ignore[index]  # it matched, or the path is /
            return self._listing(zone, parse_qs(parts.query))
        return _missing(404)

    def expected(self, story_id: int, base_url: str) -> dict[str, Any]:
        """Return what an extractor should find on the page of the story: fields of :class:`newscrawl.items.Article`."""
        number = number_of(story_id)
        if number is None:
            raise KeyError(story_id)
        story = self.stories.story(number)
        return expected(story, base_url, self._neighbours(story))

    def item_ids(self) -> Iterator[int]:
        """Return the ids of all stories that this edition serves."""
        return (story.id for story in self.stories.all())

    def _article(self, form: str, slug: str | None, story_id: int, base: str) -> Reply:
        number = number_of(story_id)
        status = self.stories.status(number) if number is not None else 404
        if number is None or status != 200:
            return _missing(status)
        story = self.stories.story(number)
        if form == "content" or (form == "a" and slug is None):
            location = announcements.escaped_path(story)
            return Reply(301 if form == "content" else 302, (("Location", base + location),))
        page = article_page(story, base, self._neighbours(story), _FORMS[form], self.page_kilobytes)
        if story.kind == "cp1251" and form == "a":
            # The header and the page say UTF-8; the bytes are windows-1251.
            body = page.encode("cp1251", "xmlcharrefreplace")
            return Reply(200, _html("utf-8"), body, story.modified or story.published)
        return Reply(200, _html("utf-8"), page.encode(), story.modified or story.published)

    def _neighbours(self, story: Story) -> dict[int, Story]:
        """Return the stories that a page links to."""
        numbers = {*story.related, *story.stacked, 0, 1, 2}
        return {number: self.stories.story(number) for number in sorted(numbers)}

    def _picture(self, name: str) -> Reply:
        data = picture(name)
        if data is None:
            return _missing(404)
        kind = "image/png" if name.endswith(".png") else "image/jpeg"
        return Reply(200, (("Content-Type", kind), ("Cache-Control", "max-age=31536000")), data, NEWEST)

    def _announcement(self, path: str, base: str) -> Reply | None:
        stories = self.stories
        if path == "/robots.txt":
            return Reply(
                200, (("Content-Type", "text/plain"),), announcements.robots_txt(base, self.crawl_delay).encode()
            )
        if path == "/sitemap.xml":
            return _xml(announcements.sitemap_index(base, stories.numbered_files), stories.moment)
        if match := _NUMBERED.fullmatch(path):
            return self._numbered(int(match[1]), base)
        if match := _FEED.fullmatch(path):
            zone = int(match[1]) if match[1] else None
            return _xml(
                announcements.feed(base, list(stories.newest(zone, FEED_SIZE))), stories.moment, "application/rss+xml"
            )
        plain = {
            "/sitemap_sample_latest.xml": lambda: announcements.urlset(base, stories.latest()),
            "/sitemap_sample_news.xml": lambda: announcements.news_urlset(base, stories.news()),
            "/sitemap_sample_videos.xml": lambda: announcements.urlset(base, stories.videos()),
            "/sitemap_sample_sections.xml": lambda: announcements.sections_urlset(base),
            "/sitemap_sample_empty.xml": lambda: announcements.urlset(base, ()),
        }.get(path)
        return _xml(plain(), stories.moment) if plain else None

    def _numbered(self, number: int, base: str) -> Reply:
        if not 1 <= number <= self.stories.numbered_files:
            return _missing(404)
        text = announcements.urlset(base, self.stories.numbered(number), slugless=True)
        return Reply(
            200,
            (("Content-Type", "application/x-gzip"),),
            gzip.compress(text.encode(), 6, mtime=0),
            self.stories.moment,
        )

    def _listing(self, zone: int | None, query: dict[str, list[str]]) -> Reply:
        if zone is not None and zone not in SECTION_ZONES:
            return _missing(404)
        page = int(query.get("p", ["1"])[0]) if query.get("p", ["1"])[0].isdecimal() else 1
        stories = list(self.stories.listed(zone, (page - 1) * LISTING_SIZE, LISTING_SIZE + 1)) if page else []
        following = f"/z/{zone}?p={page + 1}" if zone is not None and len(stories) > LISTING_SIZE else None
        html = listing_page(
            title=f"Section {zone}" if zone is not None else "The Sample Gazette",
            feed=f"z{zone}" if zone is not None else "",
            home=zone is None,
            stories=stories[:LISTING_SIZE],
            next_page=following,
        )
        return Reply(200, _html("utf-8"), html.encode())


def _html(charset: str) -> Headers:
    return (("Content-Type", f"text/html; charset={charset}"), ("Vary", "Accept-Encoding"))


def _xml(text: str, modified: datetime, kind: str = "text/xml") -> Reply:
    return Reply(200, (("Content-Type", f"{kind}; charset=utf-8"),), text.encode(), modified)


@lru_cache(maxsize=8)
def _missing(status: int) -> Reply:
    words = "410 Gone" if status == 410 else "404 Not Found"
    body = f"<!DOCTYPE html><html><head><title>{words}</title></head><body><h1>{words}</h1></body></html>"
    return Reply(status, _html("utf-8"), body.encode())
