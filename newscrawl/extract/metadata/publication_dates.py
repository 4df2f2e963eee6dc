"""When an article was published and changed, by what the page states; a date that nothing states is None."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import NamedTuple
from urllib.parse import urlsplit

from newscrawl.extract.dates.parse import parsed_date
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import plain
from newscrawl.extract.metadata.shown import UPDATED, at_update, label_before, names_update, shown_dates
from newscrawl.extract.text import clean
from newscrawl.site import Layout, Site

_MAX_TIMES = 3
"""Elements of a layout that are read for a date."""

_PUBLISHED_KEYS = ("datePublished", "uploadDate", "dateCreated")
_MODIFIED_KEYS = ("dateModified",)

_PUBLISHED_METAS = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published"),
    *("article:post_date", "article:published_date", "article:create_at", "article_date_original", "og:pubdate"),
    *("datepublished", "date_published", "publisheddate", "published_date", "published_time", "published"),
    *("schema:datepublished", "rnews:datepublished", "prism.publicationdate", "publication_date", "publication-date"),
    *("publicationdate", "originalpublicationdate", "firstpublished", "first_published", "pubdate", "pub_date"),
    *("publish-date", "publishdate", "publish_date", "displaydate", "release_date", "og:release_date"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "bt:pubdate", "rbpubdate", "ptime"),
    *("analyticsattributes.articledate", "shareaholic:article_published_time", "citation_online_date"),
    *("citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date.created"),
    *("dc.date", "dc:date", "dcterms.date", "dcterms.created", "dc:created", "dcterms.available", "date.release"),
    *("date", "datecreated", "date.created", "created", "creation_date", "creation-date"),
)
"""Names of ``meta`` elements that state when a page was published, those of one meaning first."""

_MODIFIED_METAS = (
    *("article:modified_time", "article:modified", "og:modified_time", "og:updated_time", "datemodified"),
    *(
        "date_modified",
        "schema:datemodified",
        "rnews:datemodified",
        "modified_time",
        "modified_date",
        "article:updated",
    ),
    *("article:updated_time", "article:update_at", "article_date_updated", "last_updated_date", "dateupdated"),
    *("date_updated", "updated_time", "last-modified", "lastmodified", "last_modified", "lastmod", "date.modified"),
    *("dcterms.modified", "dc.date.modified", "dc:modified", "modified", "moddate", "utime", "revision_date"),
)
"""Names of ``meta`` elements that state when a page was changed."""

_DAY = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:(?P<mark>[/-])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\d|3[01])"
    r"|(?P<month2>0[1-9]|1[0-2])(?P<day2>0[1-9]|[12]\d|3[01]))(?=[/_.-])"
)
"""A day in the path of a URL: ``/2026/03/24/``, ``/2026-03-24-``, ``/20260324/``."""

_TOLERANCE = timedelta(days=2)
"""How much later than its capture a page may say that it was published: clocks and zones differ."""

_DAY_LENGTH = len("2024-04-28")


class Dated(NamedTuple):
    """A date as found, and as ISO 8601 with offset."""

    iso: str | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A date that a page states, and where."""

    source: str
    raw: str


def published_of(page: Page, item: Item, layout: Layout, site: Site | None, fetched: datetime | None = None) -> Dated:
    """Return when the page was published: an exact time before a day alone, the first source before later ones.

    Sources are JSON-LD, ``meta``, the layout and ``utag_data``; for a page of no site also the dates shown around the
    headline, and the day in its URL. A date after ``fetched`` is not one of publication.
    """
    stated = published_statements(page, item, layout)
    return _best_date(stated if site is not None else chain(stated, shown_statements(page)), site, fetched)


def modified_of(page: Page, item: Item, layout: Layout, site: Site | None) -> Dated:
    """Return when the page was changed; never taken from the date of publication."""
    return _best_date(modified_statements(page, item, layout), site, None)


def published_statements(page: Page, item: Item, layout: Layout) -> Iterator[Statement]:
    """Yield what the page's data and its layout say of its publication, the most trustworthy first."""
    yield from _of_item(item, _PUBLISHED_KEYS)
    yield from _of_metas(page, _PUBLISHED_METAS)
    yield from _of_layout(page, layout.published).published
    parts = [plain(page.utag_data.get(f"pub_{part}")) for part in ("year", "month", "day", "hour", "minute")]
    if all(parts):
        yield Statement("utag_data", "{}-{}-{}T{}:{}:00Z".format(*parts))


def shown_statements(page: Page) -> Iterator[Statement]:
    """Yield the dates of publication that the page shows, then the day in its URL."""
    yield from (Statement("shown near the headline", raw) for raw in shown_dates(page).published)
    for url in filter(None, (page.url, page.absolute(page.canonical))):
        if day := _DAY.search(urlsplit(url).path):
            numbers = (day["year"], day["month"] or day["month2"], day["day"] or day["day2"])
            yield Statement("the URL", "{}-{:0>2}-{:0>2}".format(*numbers))


def modified_statements(page: Page, item: Item, layout: Layout) -> Iterator[Statement]:
    """Yield what the page says of its last change, the most trustworthy first."""
    yield from _of_item(item, _MODIFIED_KEYS)
    yield from _of_metas(page, _MODIFIED_METAS)
    yield from _of_layout(page, layout.modified).published
    yield from _of_layout(page, layout.published).modified


def _of_item(item: Item, keys: tuple[str, ...]) -> Iterator[Statement]:
    yield from (Statement(f"structured data, {key}", raw) for key in keys if (raw := plain(item.get(key))))


def _of_metas(page: Page, names: tuple[str, ...]) -> Iterator[Statement]:
    metas = page.metas
    yield from (Statement(f"meta {name}", raw) for name in names if name in metas and (raw := plain(metas[name])))


class _OfLayout(NamedTuple):
    """The dates in the elements that a layout names."""

    published: list[Statement]
    """Those that no label calls a change."""
    modified: list[Statement]


def _of_layout(page: Page, selector: str) -> _OfLayout:
    """Return the dates of a layout's elements, those of a change apart: pages show both in one place, in any order."""
    found = _OfLayout([], [])
    nodes = {node.mem_id: node for node in page.all(selector)}  # a node comes once for each selector that names it
    for node in islice(nodes.values(), _MAX_TIMES):
        stated = clean(node.attributes.get("datetime") or "")
        shown = text_of(node) or ""
        label = label_before(node)
        if names_update(node.attributes.get("class") or "") or UPDATED.search(label):
            found.modified.append(Statement("the layout", stated or shown))
            continue
        text, has_update, update = at_update(shown)
        if update:
            found.modified.append(Statement("the layout", update))
        raw = stated if stated and not (has_update and not text) else text
        if raw:
            found.published.append(Statement("the layout", raw))
    return found


def _best_date(stated: Iterable[Statement], site: Site | None, fetched: datetime | None) -> Dated:
    day_alone: Dated | None = None
    for raw in (statement.raw for statement in stated):
        iso = parsed_date(raw, site.time_zone if site else "UTC")
        if iso is None or (fetched is not None and datetime.fromisoformat(iso) > fetched + _TOLERANCE):
            continue
        dated = Dated(iso, raw)
        if len(raw) > _DAY_LENGTH:
            return dated if day_alone is None or _is_same_day(dated, day_alone) else day_alone
        day_alone = day_alone or dated
    return day_alone or Dated()


def _is_same_day(exact: Dated, day_alone: Dated) -> bool:
    """Return whether the exact time may be on that day, in whatever zone the day was written."""
    gap = datetime.fromisoformat(exact.iso or "") - datetime.fromisoformat(day_alone.iso or "")
    return abs(gap.total_seconds()) <= 36 * 3600
