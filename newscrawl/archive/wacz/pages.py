"""The pages of an archive with their titles: ``pages.jsonl`` of a WACZ package.

Source: https://specs.webrecorder.net/wacz/1.1.1/#pages-pages-jsonl. A page and its title may lie far apart, so they are
brought together by sorting lines on disk: memory stays bounded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from newscrawl.archive.cdxj.index import url_key
from newscrawl.archive.reading.captures import HTML, gives_capture, head_of
from newscrawl.archive.reading.record_blocks import Block
from newscrawl.archive.records.parse_head import Record
from newscrawl.capture import Capture
from newscrawl.errors import RecordError

HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
MAX_TITLE = 1000
"""Characters of a title that are kept."""
ARTICLE = "application/json"
"""Content-Type of the metadata records that carry an article."""
_OK = 200

TitleOf = Callable[[Capture], str | None]
CaptureOf = Callable[[Record, Block], Capture | None]


def part_lines(record: Record, block: Block, capture_of: CaptureOf, title_of: TitleOf | None) -> Iterator[bytes]:
    """What ``record`` gives for the list of pages: lines that :func:`joined` puts together when they are sorted.

    A page gives its URL, time and, by ``title_of`` of its ``capture_of``, its title; the article of a metadata record
    gives its headline for the page it refers to.
    """
    try:
        if record.type == "metadata":
            yield from _headline_lines(record, block)
        elif record.id and gives_capture(record):
            head = head_of(record, block)
            if head.status == _OK and head.media_type in HTML:
                capture = capture_of(record, block) if title_of else None
                title = title_of(capture) if title_of and capture else None
                page = {"url": head.url, "ts": head.date.strftime("%Y-%m-%dT%H:%M:%SZ"), "title": title}
                yield _line(record.id, "0", page)
    except RecordError:
        return  # the index names it: it is no capture


def joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines that sort by time: one a page, with the best title there is, out of the sorted part lines."""
    page: dict[str, str] | None = None
    current = b""
    for line in lines:
        key, kind, content = line.split(b" ", 2)
        if kind == b"0":
            if page is not None:
                yield _page_line(page)
            page, current = json.loads(content), key
        elif page is not None and key == current:
            page["title"] = json.loads(content)["title"]
    if page is not None:
        yield _page_line(page)


def page_json(line: bytes) -> bytes:
    """The line of ``pages.jsonl`` in one that :func:`joined` gave, once these are sorted."""
    return line.split(b" ", 2)[2]


def _headline_lines(record: Record, block: Block) -> Iterator[bytes]:
    page = record.get("WARC-Refers-To")
    if not page or not (record.get("Content-Type") or "").startswith(ARTICLE):
        return
    try:
        headline = json.loads(block.content()).get("headline")
    except (ValueError, AttributeError):
        return
    if isinstance(headline, str) and headline:
        yield _line(page, "1", {"title": headline[:MAX_TITLE]})


def _line(record_id: str, kind: str, content: dict[str, str | None]) -> bytes:
    return f"{'_'.join(record_id.split())} {kind} {json.dumps({k: v for k, v in content.items() if v})}\n".encode()


def _page_line(page: dict[str, str]) -> bytes:
    page["id"] = f"{page['ts']}/{url_key(page['url'])}"
    content = json.dumps(
        {name: page[name] for name in ("id", "url", "ts", "title") if name in page}, ensure_ascii=False
    )
    return f"{page['ts']} {url_key(page['url'])} {content}\n".encode("utf-8", "replace")
