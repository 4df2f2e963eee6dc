"""The web application: overview, search, articles, captures, crawls, rejected pages, and why a URL has no article.

Every page has a JSON twin at the same address with ``.json`` at the end of the path. Everything is read, nothing is
written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jinja2
import orjson
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from newscrawl import __version__
from newscrawl.browse.archive_app import archived_address, stamp_of
from newscrawl.browse.archived import ArchivedCaptures
from newscrawl.browse.crawls import Crawls
from newscrawl.browse.index import FACETS, BrowseIndex, Filters, Row
from newscrawl.browse.inquiry import Inquiry
from newscrawl.browse.shown import differences, direction, marked, removed_by_reason, snippet
from newscrawl.errors import ArchiveError, NewscrawlError
from newscrawl.reports import charts

PAGE = 20
"""Articles on one page of a list."""
MAX_PAGE = 100
"""Articles on one page that a reader of the JSON may ask for."""
MAX_DOWNLOAD = 100_000
"""Lines of one download of a search."""
PLOTTED_DAYS = 90
"""Days of the plot on the overview, counted back from the newest article."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Library:
    """What the pages read from."""

    index: BrowseIndex
    captures: ArchivedCaptures
    crawls: Crawls
    inquiry: Inquiry
    archive_origin: str
    """Scheme, host and port of the origin that shows archived pages."""
    player: str | None = None
    """Address of a ReplayWeb.page, when one is offered."""


def application(library: Library) -> Starlette:
    """Return the application over ``library``."""
    pages = Pages(library)
    views: list[tuple[str, Callable[[Request], dict[str, Any]], str]] = [
        ("/", pages.overview, "overview.html"),
        ("/search", pages.search, "search.html"),
        ("/article/{number:int}", pages.article, "article.html"),
        ("/article/{number:int}/changes", pages.changes, "changes.html"),
        ("/captures", pages.captures, "captures.html"),
        ("/capture/{filename}/{offset:int}", pages.capture, "capture.html"),
        ("/crawls", pages.crawls, "crawls.html"),
        ("/rejected", pages.rejected, "rejected.html"),
        ("/pages", pages.pages, "pages.html"),
        ("/why", pages.why, "why.html"),
    ]
    routes: list[Route | Mount] = []
    for path, view, template in views:
        routes.append(Route(_json_path(path), _json(view)))
        routes.append(Route(path, _html(view, template, library)))
    routes += [
        Route("/crawls/{site}/{name}", pages.report),
        Route("/article/{number:int}/line", pages.line),
        Route("/download/articles.jsonl", pages.download_lines),
        Route("/download/selection.warc.gz", pages.download_warc),
        Route("/download/record/{filename}/{offset:int}", pages.download_record),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _problem, NewscrawlError: _problem})


class Pages:
    """The data of each page, as a function of the request."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._index = library.index

    def overview(self, _: Request) -> dict[str, Any]:
        """Return totals, sites, and the number of articles by day of publication."""
        days = self._index.days()
        return {
            "title": "Overview",
            "totals": self._index.totals(),
            "sites": [
                {"site": site, "articles": count, "first": first, "last": last}
                for site, count, first, last in self._index.coverage()
            ],
            "days": _recent_days(days),
            "newest": [asdict(row) for row in self._index.search(Filters(), newest_first=True, start=0, number=8).rows],
            "faults": self._index.faults,
        }

    def search(self, request: Request) -> dict[str, Any]:
        """Return one page of the articles found, with counts by value to narrow the search by."""
        filters = _filters(request.query_params)
        number = min(_number(request, "number", PAGE), MAX_PAGE)
        start = (max(1, _number(request, "page", 1)) - 1) * number
        newest = request.query_params.get("order", "relevance" if filters.words else "newest") == "newest"
        found = self._index.search(filters, newest_first=newest, start=start, number=number)
        return {
            "title": f"{filters.words} – search" if filters.words else "Articles",
            "query": filters.words,
            "since": filters.since,
            "until": filters.until,
            "chosen": [list(value) for value in filters.values],
            "order": "newest" if newest else "relevance",
            "total": found.total,
            "start": start,
            "number": number,
            "facets": {kind: [list(pair) for pair in pairs] for kind, pairs in found.facets.items()},
            "counted": found.counted,
            "articles": [self._result(row, filters.words) for row in found.rows],
        }

    def _result(self, row: Row, words: str) -> dict[str, Any]:
        article = self._index.article(row.id) or {}
        body = article.get("articleBody") or article.get("description") or ""
        return {**asdict(row), "snippet": str(snippet(body, words))}

    def article(self, request: Request) -> dict[str, Any]:
        """Return an article with its revisions, provenance, and the address of the page it was made of."""
        row, article = self._article(request)
        metadata = article.get("metadata") or {}
        stamp = stamp_of(metadata.get("dateDownloaded") or row.downloaded)
        revisions = self._index.revisions(row.name)
        place = next(number for number, revision in enumerate(revisions) if revision.id == row.id)
        return {
            "title": row.headline or row.url,
            "row": asdict(row),
            "article": article,
            "removed": [{"reason": reason, "texts": texts} for reason, texts in removed_by_reason(article)],
            "archived": self._library.archive_origin + archived_address(stamp, article["url"]),
            "pictures": [
                {**image, "archived": self._library.archive_origin + archived_address(stamp, address, "image")}
                for image in article.get("images") or ()
                if (address := image.get("contentUrl") or image.get("url"))
            ],
            "revisions": [asdict(revision) for revision in revisions],
            "place": place,
            "previous": revisions[place - 1].id if place else None,
            "captures": len(self._index.captures(article["url"])),
            "sources": self._library.inquiry.sources(metadata.get("warcFilename"), metadata.get("warcOffset")),
        }

    def changes(self, request: Request) -> dict[str, Any]:
        """Return what differs between a revision and the one before it, field by field."""
        row, article = self._article(request)
        revisions = self._index.revisions(row.name)
        other = _number(request, "from", 0) or max(
            (one.id for one in revisions if one.downloaded < row.downloaded), default=row.id
        )
        before = self._index.article(other)
        if before is None:
            raise HTTPException(404, f"there is no article {other}")
        changed = [
            {"field": name, "old": before.get(name), "new": article.get(name)}
            for name in article
            if name not in ("metadata", "articleBody", "paragraphs", "removed")
            and before.get(name) != article.get(name)
        ]
        pieces = differences(before.get("paragraphs") or (), article.get("paragraphs") or ())
        return {
            "title": f"Changes: {row.headline or row.url}",
            "row": asdict(row),
            "before": other,
            "fields": changed,
            "pieces": [piece._asdict() for piece in pieces],
            "same": (before.get("paragraphs") or []) == (article.get("paragraphs") or []),
            "revisions": [asdict(revision) for revision in revisions],
            "language": row.language,
        }

    def captures(self, request: Request) -> dict[str, Any]:
        """Return the captures of one URL, for a calendar."""
        url = request.query_params.get("url", "").strip()
        rows = self._index.captures(url) if url else ()
        months: dict[str, Counter[int]] = {}
        for row in rows:
            months.setdefault(row.date[:7], Counter())[int(row.date[8:10])] += 1
        return {
            "title": f"Captures of {url}" if url else "Captures",
            "url": url,
            "captures": [
                {
                    **{name: getattr(row, name) for name in row.__slots__ if name != "folder"},
                    "archived": self._library.archive_origin + archived_address(stamp_of(row.date), row.url),
                }
                for row in rows
            ],
            "months": {month: dict(sorted(days.items())) for month, days in sorted(months.items())},
        }

    def capture(self, request: Request) -> dict[str, Any]:
        """Return one capture with its headers as they crossed the wire."""
        row = self._capture_row(request)
        capture = self._library.captures.read(row)
        return {
            "title": f"Capture of {row.url}",
            "url": row.url,
            "date": row.date,
            "status": capture.status,
            "headers": [list(pair) for pair in capture.headers],
            "mediaType": capture.media_type,
            "bytes": len(capture.payload),
            "payloadDigest": capture.payload_digest,
            "recordId": capture.record_id,
            "filename": row.filename,
            "offset": row.offset,
            "length": row.length,
            "truncated": capture.truncated,
            "archived": self._library.archive_origin + archived_address(stamp_of(row.date), row.url),
        }

    def crawls(self, _: Request) -> dict[str, Any]:
        """Return the crawls of all sites, the newest first."""
        return {"title": "Crawls", "crawls": self._library.crawls.rows(), "reports": self._library.crawls.reports()}

    def rejected(self, _: Request) -> dict[str, Any]:
        """Return articles that broke the schema, with the reasons."""
        return {"title": "Rejected articles", "rejected": self._library.crawls.rejected()}

    def pages(self, request: Request) -> dict[str, Any]:
        """Return pages without an article by status: failed, gone, no article."""
        site = request.query_params.get("site", "")
        status = request.query_params.get("status", "failed")
        return {
            "title": f"Pages: {status}",
            "site": site,
            "status": status,
            "sites": self._library.crawls.sites(),
            "statuses": self._library.crawls.statuses(),
            "pages": self._library.crawls.pages(site, status) if site else [],
        }

    def why(self, request: Request) -> dict[str, Any]:
        """Return what is known of any URL: announced or not, fetched or not, and what came of each capture."""
        url = request.query_params.get("url", "").strip()
        answer = self._library.inquiry.about(url) if url else None
        return {"title": "Why?", "url": url, "answer": answer}

    # ── Downloads ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def report(self, request: Request) -> Response:
        """Show the report of one crawl, which is a complete page."""
        page = await run_in_threadpool(
            self._library.crawls.report, request.path_params["site"], request.path_params["name"]
        )
        if page is None:
            raise HTTPException(404, "there is no report of this crawl")
        return HTMLResponse(page)

    async def line(self, request: Request) -> Response:
        """Return the JSON line of an article, byte for byte."""
        line = await run_in_threadpool(self._line, request.path_params["number"])
        if not line:
            raise HTTPException(404, "there is no such article")
        return Response(line, media_type="application/json")

    async def download_lines(self, request: Request) -> Response:
        """Return the JSON lines of the articles found."""
        filters = _filters(request.query_params)

        async def lines() -> AsyncIterator[bytes]:
            start = 0
            while start < MAX_DOWNLOAD:
                found = await run_in_threadpool(
                    self._index.search, filters, newest_first=True, start=start, number=MAX_PAGE
                )
                for row in found.rows:
                    yield await run_in_threadpool(self._line, row.id)
                start += MAX_PAGE
                if len(found.rows) < MAX_PAGE:
                    return

        return _download(lines(), "application/x-ndjson", "articles.jsonl")

    async def download_warc(self, request: Request) -> Response:
        """Return the response records of the articles found, copied as they lie in the archive."""
        filters = _filters(request.query_params)

        async def records() -> AsyncIterator[bytes]:
            start = 0
            while start < MAX_DOWNLOAD:
                found = await run_in_threadpool(
                    self._index.search, filters, newest_first=True, start=start, number=MAX_PAGE
                )
                for row in found.rows:
                    record = await run_in_threadpool(self._record_of, row.id)
                    if record:
                        yield record
                start += MAX_PAGE
                if len(found.rows) < MAX_PAGE:
                    return

        return _download(records(), "application/warc", "selection.warc.gz")

    async def download_record(self, request: Request) -> Response:
        """Return one record as it lies in its file."""
        row = await run_in_threadpool(self._capture_row, request)
        path = await run_in_threadpool(self._library.captures.path_of, row)
        data = await run_in_threadpool(_part, path, row.offset, row.length)
        name = f"record-{row.offset}.warc" + (".gz" if data[:2] == b"\x1f\x8b" else "")
        return Response(
            data, media_type="application/warc", headers={"content-disposition": f'attachment; filename="{name}"'}
        )

    def _line(self, number: int) -> bytes:
        return self._index.line(number) or b""

    def _record_of(self, number: int) -> bytes | None:
        article = self._index.article(number) or {}
        metadata = article.get("metadata") or {}
        filename, offset = metadata.get("warcFilename"), metadata.get("warcOffset")
        if not isinstance(filename, str) or not isinstance(offset, int):
            return None
        row = self._index.capture_at(filename, offset)
        try:
            return _part(self._library.captures.path_of(row), row.offset, row.length) if row else None
        except ArchiveError:
            return None

    def _article(self, request: Request) -> tuple[Row, dict[str, Any]]:
        number = request.path_params["number"]
        row, article = self._index.row(number), self._index.article(number)
        if row is None or article is None:
            raise HTTPException(404, f"there is no article {number}")
        return row, article

    def _capture_row(self, request: Request) -> Any:
        row = self._index.capture_at(request.path_params["filename"], request.path_params["offset"])
        if row is None:
            raise HTTPException(404, "no index names a record at this place")
        return row


def _part(path: Path, offset: int, length: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(offset)
        return stream.read(length)


def _download(content: AsyncIterator[bytes], media_type: str, name: str) -> Response:
    return StreamingResponse(
        content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def _filters(parameters: Mapping[str, str]) -> Filters:
    pairs = parameters.multi_items() if hasattr(parameters, "multi_items") else parameters.items()
    values = tuple((name, value[:500]) for name, value in pairs if name in FACETS and value)
    return Filters(
        parameters.get("q", "")[:500], _day(parameters.get("since")), _day(parameters.get("until")), values[:20]
    )


def _day(text: str | None) -> str:
    try:
        return date.fromisoformat(text or "").isoformat()
    except ValueError:
        return ""


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def _recent_days(days: list[tuple[str, str, int]]) -> dict[str, Any]:
    """Return the last days with the number of articles of the busiest sites on each."""
    if not days:
        return {"labels": [], "series": []}
    last = date.fromisoformat(days[-1][1])
    labels = [(last - timedelta(days=back)).isoformat() for back in range(PLOTTED_DAYS - 1, -1, -1)]
    recent = [(site, day, count) for site, day, count in days if day >= labels[0]]
    totals: Counter[str] = Counter()
    for site, _, count in recent:
        totals[site] += count
    named = [site for site, _ in totals.most_common(7)]
    counts: dict[str, Counter[str]] = {}
    for site, day, count in recent:
        counts.setdefault(site if site in named else "other sites", Counter())[day] += count
    order = [*named, *(["other sites"] if "other sites" in counts else [])]
    return {"labels": labels, "series": [[site or "no site", [counts[site][day] for day in labels]] for site in order]}


# ── From data to answers ────────────────────────────────────────────────────────────────────────────────────────────


def _json_path(path: str) -> str:
    return "/overview.json" if path == "/" else f"{path}.json"


def _json(view: Callable[[Request], dict[str, Any]]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        data = await run_in_threadpool(view, request)
        return Response(orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS), media_type="application/json")

    return answer


def _html(view: Callable[[Request], dict[str, Any]], template: str, library: Library) -> Callable[[Request], Any]:
    environment = _environment(library)

    async def answer(request: Request) -> Response:
        data = await run_in_threadpool(view, request)
        return HTMLResponse(await run_in_threadpool(_rendered, environment, template, request, data))

    return answer


def _rendered(environment: jinja2.Environment, template: str, request: Request, data: dict[str, Any]) -> str:
    path = request.url.path
    twin = ("/overview" if path == "/" else path) + ".json" + (f"?{request.url.query}" if request.url.query else "")
    return environment.get_template(template).render(data, path=path, twin=twin, parameters=request.query_params)


def _environment(library: Library) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["direction"] = direction
    environment.filters["safe_snippet"] = Markup
    # Markup without escaping: drawings and snippets are made here from escaped parts.
    environment.globals.update(
        version=__version__,
        archive_origin=library.archive_origin,
        player=library.player,
        columns=lambda *args, **options: Markup(charts.columns(*args, **options)),  # noqa: S704 - drawn here, escaped
        bars=lambda *args, **options: Markup(charts.bars(*args, **options)),  # noqa: S704 - drawn here, escaped
        marked=marked,
        narrowed=_narrowed,
        json_text=lambda value: orjson.dumps(value, option=orjson.OPT_INDENT_2).decode(),
    )
    return environment


def _narrowed(
    parameters: Any, *, add: tuple[str, str] | None = None, drop: tuple[str, str] | None = None, **changes: object
) -> str:
    """Return the query string of a search with one more or one less value, from the first page on."""
    pairs = [pair for pair in parameters.multi_items() if pair[0] not in ("page", *changes) and pair != drop]
    if add and add not in pairs:
        pairs.append(add)
    return "?" + urlencode(pairs + [(name, str(value)) for name, value in changes.items() if value])


_PROBLEM = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ status }}</title>
<link rel="stylesheet" href="/static/style.css">
<main><h1>{{ status }}</h1><p>{{ reason }}</p><p><a href="/">Overview</a></p></main>
</html>
"""


async def _problem(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 502
    reason = error.detail if isinstance(error, HTTPException) else str(error)
    if request.url.path.endswith(".json"):
        return Response(orjson.dumps({"error": reason}), status, media_type="application/json")
    page = jinja2.Environment(autoescape=True).from_string(_PROBLEM)
    return HTMLResponse(page.render(status=status, reason=reason), status)
