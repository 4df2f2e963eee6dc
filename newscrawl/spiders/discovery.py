"""Walk through the places where a site announces its articles. The spider decides which articles are fetched."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discovery import Faults, Found, Listing, document_entries, listing_entries, robots_sitemaps
from newscrawl.discovery.archives import archive_url, day_before, fingerprint, last_day
from newscrawl.discovery.sections import section_path
from newscrawl.recording.failures import failed_request
from newscrawl.recording.fetched import capture_from
from newscrawl.spiders.announcements import FIRST, LATER, SOON, AnnouncementSpider

MAX_LISTING_PAGES = 200
"""Pages of one section listing that are followed: 200 pages of a dozen articles are months of the busiest section."""
MAX_SITEMAP_DEPTH = 4
"""Indexes inside each other: the protocol allows one, hosts that break it have two."""
_NO_ARTICLES = fingerprint(())

Reader = Callable[[bytes, str, Faults], Iterable[Found]]


class DiscoverySpider(AnnouncementSpider):
    """Turns sitemaps, feeds and listings into announced pages and into requests for further sitemaps, feeds, listings.

    A ``latest`` crawl reads the places where new articles are announced first, any other crawl reads all.
    """

    def entrances(self) -> Iterator[Request]:
        """Yield the requests that discovery begins with: the sections asked for, or all places of the site."""
        site, base, form = self.site.discovery, self.base_url, self.site.url_scheme.listing
        listings = [base + section_path(form, section) for section in self.arguments.sections] if form else []
        if not listings:
            yield self.place_request(f"{base}/robots.txt", self.parse_robots, SOON, self.robots_failed)
            yield from self.places([base + path for path in site.sitemaps], self.parse_sitemap, SOON)
            yield from self.places([base + path for path in site.feeds], self.parse_feed, FIRST)
            listings = [base + path for path in site.listings]
        yield from self.places(listings, self.parse_listing, SOON)

    async def parse_robots(self, response: Response) -> AsyncIterator[Request]:
        """Yield requests for the sitemaps that robots.txt names."""
        async for request in self._read(robots_sitemaps, response):
            yield request

    async def parse_sitemap(self, response: Response, depth: int = 0) -> AsyncIterator[Request]:
        """Yield requests for the sitemaps, articles and sections that a sitemap names."""
        async for request in self._read(document_entries, response, depth + 1):
            yield request

    async def parse_feed(self, response: Response) -> AsyncIterator[Request]:
        """Yield requests for the articles of a feed."""
        async for request in self._read(document_entries, response):
            yield request

    def _read(self, read: Reader, response: Response, depth: int = 0) -> AsyncIterator[Request]:
        faults = Faults()
        return self.requests(_late(read, response, faults), response, faults, depth)

    async def parse_listing(self, response: Response, page: int = 1, before: str = "") -> AsyncIterator[Request]:
        """Yield requests for the articles of a section listing, and for its next page.

        A ``latest`` crawl goes on while a page has articles to fetch. Any other goes to the end, because the crawl
        before it may have been killed anywhere.
        """
        found, faults = await self._listing(response)
        if page == 1:
            for request in (*self._beside(found), *self._archive_requests(response.url)):
                yield request
        new = 0
        async for request in self.requests(found.entries, response, faults):
            new += 1
            yield request
        ids = self.articles_fingerprint(found.entries)
        goes_on = new if self.only_latest else ids not in (_NO_ARTICLES, before)
        if goes_on and found.next_page and page < MAX_LISTING_PAGES and self.site.has_host(found.next_page):
            yield self.place_request(found.next_page, self.parse_listing, LATER, page=page + 1, before=ids)

    async def parse_archive(
        self, response: Response, listing: str, day: str, form: int = 0, page: int = 1, before: str = ""
    ) -> AsyncIterator[Request]:
        """Yield requests for the articles of a section on one day, for the next page, and for the day before."""
        found, faults = await self._listing(response)
        articles = [replace(entry, source="archive") for entry in found.entries]
        ids = self.articles_fingerprint(articles)
        if ids == before != _NO_ARTICLES:
            self.count("discovery/archives_without_days")
            return
        async for request in self.requests(articles, response, faults):
            yield request
        if found.next_page and page < MAX_LISTING_PAGES and self.site.has_host(found.next_page):
            parts = {"listing": listing, "day": day, "form": form, "page": page + 1, "before": ids}
            yield self.place_request(found.next_page, self.parse_archive, LATER, self.archive_failed, **parts)
        if page == 1:
            for request in self._archive_before(listing, day, form, ids):
                yield request

    async def _listing(self, response: Response) -> tuple[Listing, Faults]:
        """Return the links of a listing page, parsed in a thread."""
        faults, form = Faults(), self.site.url_scheme.listing

        def read() -> Listing:
            return listing_entries(capture_from(response).payload, response.url, form, faults)

        return await self.in_thread(read), faults

    def archive_failed(self, failure: Failure) -> Iterator[Request]:
        """Try the site's other URL form if the newest day has no page; else go on with the day before."""
        parts = failure.request.cb_kwargs  # type: ignore[attr-defined]  # Scrapy sets it
        self.count("discovery/archives_missing")
        self.logger.info("Discovery: no archive page: %s", failed_request(failure))
        listing, day, form = parts["listing"], parts["day"], parts["form"]
        if parts["page"] > 1:
            return
        if day == self._newest_day().isoformat():
            yield from self._archive_requests(listing, form + 1)
        else:
            yield from self._archive_before(listing, day, form, parts["before"])

    def robots_failed(self, failure: Failure) -> None:
        """Count a missing robots.txt. Many sites have none, so this is no failure."""
        self.count("discovery/no_robots")
        self.logger.info("Discovery: no robots.txt: %s", failed_request(failure))

    def further_places(self, batch: Sequence[Found], document: str, depth: int) -> Iterator[Request]:
        """Yield requests for the sitemaps of an index, and for the sections that a sitemap of sections names."""
        yield from self._sitemaps([found for found in batch if found.is_sitemap], depth)
        named = self.site.discovery.section_sitemaps
        if named and named.search(document) and not self.only_latest:
            yield from self.places_later([found.url for found in batch], self.parse_listing, names_many=False)

    def _sitemaps(self, sitemaps: list[Found], depth: int) -> Iterator[Request]:
        places, since = self.site.discovery, self.arguments.since
        if sitemaps and depth > MAX_SITEMAP_DEPTH:
            self.count("discovery/too_deep", len(sitemaps))
            return
        fresh = [found.url for found in sitemaps if places.fresh_sitemaps and places.fresh_sitemaps.search(found.url)]
        # An article that is announced twice keeps what was said first, so the places that say most come first.
        yield from self.places([url for url in fresh if "news" in url], self.parse_sitemap, FIRST, depth=depth)
        yield from self.places(fresh, self.parse_sitemap, SOON, depth=depth)
        if not (fresh and self.only_latest):
            others = sorted((found.url for found in sitemaps if found.may_be_of(since, None)), key=_numbered)
            yield from self.places_later(others, self.parse_sitemap, names_many=True, depth=depth)

    def _beside(self, found: Listing) -> Iterator[Request]:
        """Yield requests for the feeds and sections that a listing names: they have articles that no sitemap has."""
        if not self.arguments.sections:
            yield from self.places(found.feeds, self.parse_feed, SOON)
            if not self.only_latest:
                yield from self.places_later(found.sections, self.parse_listing, names_many=False)

    def _archive_requests(self, listing: str, form: int = 0) -> Iterator[Request]:
        forms = self.site.discovery.archives
        if self.arguments.since and form < len(forms) and listing.rstrip("/") != self.base_url:
            yield self._archive_request(listing, self._newest_day(), form, "")

    def _archive_before(self, listing: str, day: str, form: int, before: str) -> Iterator[Request]:
        assert self.arguments.since is not None
        earlier = day_before(date.fromisoformat(day), self.arguments.since, self._newest_day())
        if earlier:
            yield self._archive_request(listing, earlier, form, before)

    def _archive_request(self, listing: str, day: date, form: int, before: str) -> Request:
        url = archive_url(listing, self.site.discovery.archives[form], day)
        parts = {"listing": listing, "day": day.isoformat(), "form": form, "page": 1, "before": before}
        return self.place_request(url, self.parse_archive, LATER, self.archive_failed, **parts)

    def _newest_day(self) -> date:
        assert self.arguments.since is not None
        return last_day(self.arguments.since, self.arguments.until, self.started.date())


def _numbered(url: str) -> list[str | int]:
    """Return a key that sorts by the numbers in ``url``: in the family _1 is newer than _2, and _2 than _10."""
    parts = re.split(r"([0-9]{1,9})", url)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def _late(read: Reader, response: Response, faults: Faults) -> Iterator[Found]:
    """Yield what ``read`` finds in the response, whose body is decoded when the first entry is taken."""
    yield from read(capture_from(response).payload, response.url, faults)
