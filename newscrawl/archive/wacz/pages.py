"""The pages of an archive, with titles and texts: ``pages.jsonl`` and ``extraPages.jsonl`` of a WACZ package.

Source: https://specs.webrecorder.net/wacz/1.1.1/#pages-pages-jsonl. ``pages.jsonl`` holds the captures of articles,
``extraPages.jsonl`` all other HTML pages, after the articles with their texts: ReplayWeb.page searches this list alone
where there is one. In an archive without any article record, ``pages.jsonl`` holds all pages.

A page and its article may be far apart, in other files even, so they are joined by sorting lines on disk: memory is
bounded. First the parts of each record id are joined (:func:`joined`), then the captures of each URL
(:func:`with_kind`): a capture of a URL that held an article once is a capture of an article.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from newscrawl.archive.cdxj.index import url_key
from newscrawl.archive.reading.captures import HTML, gives_capture, head_of
from newscrawl.archive.reading.record_blocks import Block
from newscrawl.archive.records.parse_head import Record
from newscrawl.archive.untrusted_json import json_object
from newscrawl.capture import Capture
from newscrawl.errors import RecordError

MAX_TITLE = 1000
"""Characters of a title that are kept."""
MAX_TEXT = 1_000_000
"""Characters of a text that are kept."""
ARTICLE_TYPE = "application/json"
"""Content-Type of the metadata records that hold an article."""
ARTICLE = b"0"
"""Kind of the lines of articles."""
OTHER = b"1"
"""Kind of the lines of other pages."""
_OK = 200

TitleOf = Callable[[Capture], str | None]
CaptureOf = Callable[[Record, Block], Capture | None]


def header(name: str, title: str) -> dict[str, Any]:
    """Return the first line of a list of pages."""
    return {"format": "json-pages-1.0", "id": name, "title": title, "hasText": True}


def part_lines(record: Record, block: Block, capture_of: CaptureOf, title_of: TitleOf | None) -> Iterator[bytes]:
    """Yield what ``record`` gives for the lists of pages: lines that :func:`joined` joins when they are sorted.

    A page gives its URL, time and, by ``title_of`` of its ``capture_of``, its title. An article in a metadata record
    gives its headline and text for the page that it refers to.
    """
    try:
        if record.type == "metadata":
            yield from _article_lines(record, block)
        elif record.id and gives_capture(record):
            head = head_of(record, block)
            if head.status == _OK and head.media_type in HTML:
                capture = capture_of(record, block) if title_of else None
                title = title_of(capture) if title_of and capture else None
                page = {"url": head.url, "ts": head.date.strftime("%Y-%m-%dT%H:%M:%SZ"), "title": title}
                yield _part(record.id, "0", page)
    except RecordError:
        return  # reported when the record is indexed


def joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield one line for each page, with the title and text of its article, out of the sorted part lines.

    The lines sort by URL; those of articles come before the others of the same URL.
    """
    page: dict[str, Any] | None = None
    current, kind = b"", OTHER
    for line in lines:
        key, part, content = line.split(b" ", 2)
        if part == b"0":
            if page is not None:
                yield _page_line(page, kind)
            page, current, kind = json.loads(content), key, OTHER
        elif page is not None and key == current:
            page |= json.loads(content)
            kind = ARTICLE
    if page is not None:
        yield _page_line(page, kind)


def with_kind(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and line of each page out of the sorted lines of :func:`joined`; the lines then sort by time.

    A capture of an article's URL that has no article record (a revisit, or a page with nothing new) is an article too,
    and gets that one's title.
    """
    article_key, title = b"", None
    for line in lines:
        key, kind, content = line.split(b" ", 2)
        page = json.loads(content)
        if kind == ARTICLE:
            article_key, title = key, page.get("title")
        elif key == article_key:
            kind, page["title"] = ARTICLE, title or page.get("title")
        yield kind, _sorted_by_time(page)


def page_of(line: bytes) -> dict[str, Any]:
    """Return the page in a line of :func:`with_kind`, as the lists of pages hold it."""
    return dict(json.loads(line.split(b" ", 2)[2]))


def is_home_page(page: dict[str, Any]) -> bool:
    """Return whether ``page`` is the start page of a site: its URL has no path and no query."""
    parts = urlsplit(page["url"])
    return parts.path in ("", "/") and not parts.query


def _article_lines(record: Record, block: Block) -> Iterator[bytes]:
    page = record.get("WARC-Refers-To")
    if not page or not (record.get("Content-Type") or "").startswith(ARTICLE_TYPE):
        return
    try:
        article = json_object(block.content())
    except ValueError:
        return
    headline = article.get("headline")
    if not (isinstance(headline, str) and headline):
        return
    paragraphs = article.get("paragraphs")
    texts = [text for text in paragraphs if isinstance(text, str)] if isinstance(paragraphs, list) else []
    text = "\n".join([headline, *texts])
    yield _part(page, "1", {"title": headline[:MAX_TITLE], "text": text[:MAX_TEXT]})


def _part(record_id: str, kind: str, content: dict[str, str | None]) -> bytes:
    return f"{'_'.join(record_id.split())} {kind} {json.dumps({k: v for k, v in content.items() if v})}\n".encode()


def _page_line(page: dict[str, Any], kind: bytes) -> bytes:
    page["id"] = f"{page['ts']}/{url_key(page['url'])}"
    return b"%b %b %b\n" % (url_key(page["url"]).encode("utf-8", "replace"), kind, json.dumps(page).encode())


def _sorted_by_time(page: dict[str, Any]) -> bytes:
    ordered = {name: page[name] for name in ("id", "url", "ts", "title", "text") if page.get(name)}
    return f"{page['ts']} {url_key(page['url'])} {json.dumps(ordered)}\n".encode("utf-8", "replace")
