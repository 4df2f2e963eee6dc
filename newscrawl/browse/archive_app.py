"""Serve archived pages: ``/TIMESTAMP/URL`` shows the capture of URL nearest to the time.

The page is rewritten and cannot make requests outside of the archive.
"""

from __future__ import annotations

import html
import re
from urllib.parse import quote, urljoin, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from newscrawl.browse.archived import ArchivedCaptures
from newscrawl.browse.rewriting import Place, rewritten_page, rewritten_style
from newscrawl.capture import Capture
from newscrawl.errors import NewscrawlError
from newscrawl.extract.html.encoding import decoded

_TARGET = re.compile(r"/(?P<stamp>\d{14})(?P<kind>im|cs|js|md)?/(?P<url>https?:/{1,2}.+)", re.DOTALL)
"""The form of pywb and the Wayback Machine: 14 digits, a mark for what is not a page, the URL."""
_KINDS = {"page": "", "image": "im", "style": "cs", "script": "js", "media": "md", "font": "im"}
_SHOWN_AS_THEY_ARE = re.compile(r"(image|audio|video|font)/[\w.+-]+|application/(font[\w.+-]*|vnd\.ms-fontobject)")
_STYLE = ("text/css",)
_PAGES = ("text/html", "application/xhtml+xml")


def archived_address(stamp: str, url: str, kind: str = "page") -> str:
    """Return the path of the capture of ``url`` nearest to ``stamp`` (14 digits) on the archive's origin."""
    return f"/{stamp}{_KINDS[kind]}/{quote(url, safe=':/?&=%@+,;~!$()*-._[]')}"


def stamp_of(date: str) -> str:
    """Return the 14 digits of an ISO 8601 date in UTC."""
    return re.sub(r"\D", "", date[:19])


def archive_app(captures: ArchivedCaptures, *, scripts: bool = False) -> Starlette:
    """Return the application of the archive's origin."""

    async def show(request: Request) -> Response:
        target = _TARGET.fullmatch(_raw_path(request))
        if target is None:
            return _note(404, "there is nothing at this address of the archive")
        url = re.sub(r"^(https?:)/{1,2}", r"\1//", target["url"])
        if scripts and not target["kind"] and request.headers.get("sec-fetch-dest") not in ("iframe", "frame"):
            return _framed(_raw_path(request))
        stamp = target["stamp"]
        date = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:14]}"
        try:
            capture = await run_in_threadpool(captures.nearest, url, date)
        except (NewscrawlError, ValueError) as error:
            return _note(502, f"the capture cannot be read: {error}")
        if capture is None:
            return _note(404, "the archive holds no capture of this address", url)
        return await run_in_threadpool(_shown, capture, stamp, target["kind"] or "", scripts)

    return Starlette(routes=[Route("/{rest:path}", show)])


def _raw_path(request: Request) -> str:
    """Return path and query as they were asked for: a URL in them keeps its own escapes."""
    raw = request.scope.get("raw_path", b"").decode("latin-1")
    query = request.scope.get("query_string", b"").decode("latin-1")
    return f"{raw}?{query}" if query else raw


def _shown(capture: Capture, stamp: str, kind: str, scripts: bool) -> Response:
    place = _place(stamp)
    location = capture.header("location")
    if 300 <= capture.status < 400 and location:
        target = urljoin(capture.url, location)
        if urlsplit(target).scheme in ("http", "https"):
            return RedirectResponse(place(target, {mark: name for name, mark in _KINDS.items()}.get(kind, "page")), 302)
    media_type = capture.media_type or _guessed(capture.payload)
    if kind == "cs" or (media_type in _STYLE and kind != "im"):
        text = rewritten_style(capture.payload.decode("utf-8", "replace"), capture.url, place)
        return Response(text, media_type="text/css; charset=utf-8")
    if media_type in _PAGES and not kind:
        page = rewritten_page(_text_of(capture), capture.url, place, scripts=scripts)
        return HTMLResponse(page, capture.status if capture.status >= 400 else 200)
    if media_type in ("text/javascript", "application/javascript", "application/x-javascript") and scripts:
        return Response(capture.payload, media_type="text/javascript")
    if _SHOWN_AS_THEY_ARE.fullmatch(media_type):
        return Response(capture.payload, media_type=media_type)
    if kind == "im" and media_type in ("", "application/octet-stream", "binary/octet-stream"):
        return Response(capture.payload, media_type="application/octet-stream")
    text = capture.payload[: 1024 * 1024].decode("utf-8", "replace")
    return HTMLResponse(
        f"<!DOCTYPE html><meta charset=utf-8><title>{html.escape(media_type)}</title><pre>{html.escape(text)}</pre>"
    )


def _place(stamp: str) -> Place:
    return lambda url, kind: archived_address(stamp, url, kind)


def _text_of(capture: Capture) -> str:
    content_type = capture.header("content-type")
    return decoded(capture.payload, content_type)


def _guessed(payload: bytes) -> str:
    return "text/html" if payload.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")) else ""


def _framed(path: str) -> HTMLResponse:
    """Return a page that shows ``path`` in a frame: alone in a window, a script could lead the window anywhere."""
    style = "html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%;display:block}"
    frame = f'<iframe sandbox="allow-scripts" src="{html.escape(path)}" title="The page as archived"></iframe>'
    return HTMLResponse(f"<!DOCTYPE html><meta charset=utf-8><title>archived page</title><style>{style}</style>{frame}")


def _note(status: int, text: str, url: str = "") -> HTMLResponse:
    shown = f"<p><code>{html.escape(url)}</code></p>" if url else ""
    style = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color-scheme:light dark}code{overflow-wrap:anywhere}"
    head = f"<!DOCTYPE html><meta charset=utf-8><title>{status}</title><style>{style}</style>"
    page = f"{head}<p>{html.escape(text)}.</p>{shown}"
    return HTMLResponse(page, status)
