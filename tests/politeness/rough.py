"""A site that answers as rough servers do, crawled as the sample site, and the outcomes that its state has then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from newscrawl.state.reading import StateReader
from newscrawl.state.schema import connection_to
from tests.politeness.crawl import crawl

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Request:
    """What a client asked for."""

    path: str
    headers: dict[str, str]
    number: int
    """How often this path was requested before."""


@dataclass
class RoughSite:
    """The site while it runs."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)

    def count(self, path: str) -> int:
        return sum(request.path == path for request in self.requests)

    def articles(self) -> list[str]:
        return [request.path for request in self.requests if request.path.startswith("/a/")]


def article_page(number: int, text: str = "") -> bytes:
    """A page of the site's layout with an article of its own."""
    return f"""<!DOCTYPE html><html lang="en"><head><title>Headline {number}</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Headline {number}", "datePublished": "2026-03-01T12:00:00Z"}}</script></head><body>
<div id="content"><div class="hdr-container"><h1 class="title pg-title">Headline {number}</h1></div>
<div class="body-container"><div id="article-content" class="content-floated-wrap fb-quotable"><div class="wsw">
<p>The keeper of house number {number} counted its windows again this morning and found them all. {text}</p>
<p>Nobody had expected house number {number} to have so many windows, the keeper said afterwards.</p>
</div></div></div></div></body></html>""".encode()


@contextmanager
def rough_site(answer: Callable[[Request], Answer | None], host: str = "127.0.0.1") -> Iterator[RoughSite]:
    """Serve ``answer``; None is a 404."""
    site, lock = RoughSite(), Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with lock:
                request = Request(self.path, dict(self.headers), site.count(self.path))
                site.requests.append(request)
            status, headers, body = answer(request) or (404, {}, b"")
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    site.url = f"http://{host}:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def crawl_site(folder: Path, site: RoughSite, mode: str = "urls", number: int = 12, **settings: Any) -> dict[str, Any]:
    """Crawl ``number`` articles by their URLs, or what the site announces; return the statistics."""
    arguments = {"base_url": site.url}
    if mode == "urls":
        arguments["urls"] = " ".join(f"{site.url}/a/{31000000 + each}.html" for each in range(number))
    else:
        arguments["mode"] = mode
    quick = {"CONCURRENT_REQUESTS_PER_DOMAIN": 2, "RETRY_TIMES": 1, "RETRY_AFTER_MAX": 0.02, "LOG_LEVEL": "INFO"}
    return crawl(folder, "sample", arguments, **{**quick, **settings})


@dataclass(frozen=True)
class Outcome:
    """What the state has of one article."""

    status: str
    reason: str | None
    etag: str | None


def outcomes(folder: Path) -> dict[int, Outcome]:
    """All articles of the state, by the last digits of their ids."""
    connection = connection_to(folder / "data" / "state" / "sample.sqlite", writable=False)
    try:
        rows = connection.execute("SELECT key FROM article").fetchall()
        known = StateReader(connection).articles([key for (key,) in rows])
    finally:
        connection.close()
    return {
        key % 31000000: Outcome(article.status.label, article.reason, article.etag) for key, article in known.items()
    }
