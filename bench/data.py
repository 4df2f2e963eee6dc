"""What the benchmarks read: pages, archives, sitemaps and lines of the sample site, made once, the same each time."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from isal import igzip
from selectolax.lexbor import LexborHTMLParser

from bench import publisher
from bench.environment import ROOT
from newscrawl.archive.records.exchange import Exchange
from newscrawl.archive.writing.writer import WarcWriter, WriterOptions
from newscrawl.samplesite.announcements import escaped_path, urlset
from newscrawl.samplesite.publication import Publication
from newscrawl.samplesite.stories import NEWEST

DATA = ROOT / "build" / "bench"
VERSION = "3"
"""Another one has everything made anew."""
BASE = "http://127.0.0.1:8099"
PAGE_KILOBYTES = 100
"""What an article page of the family weighs."""
PAGES = 120
"""Of which the articles benchmark reads all: every kind and language of the sample site is among the first 117."""
ARCHIVES, ARCHIVED_PAGES = 4, 1_000
"""Files, so that processes have something to share; pages in each, so that starting them costs little of the whole."""
EXCHANGES = 300
"""For the benchmarks of writing."""
PUBLISHED = datetime(2024, 4, 28, 12, tzinfo=UTC)
"""When the publisher page was captured, so to speak."""
SITEMAP_URLS = 20_000
"""A full sitemap file of the family."""


def prepared() -> Path:
    """Return the folder with all data."""
    stamp = DATA / "version"
    if not stamp.is_file() or stamp.read_text() != VERSION:
        _make_all()
        stamp.write_text(VERSION)
    # By itself, as the page need not be there yet when all else is made.
    if publisher.PAGE.is_file() and not (DATA / publisher.ARCHIVE).exists():
        publisher_archive(DATA / publisher.ARCHIVE, publisher.PAGE.read_bytes(), publisher.ARCHIVED_PAGES)
    return DATA


def _make_all() -> None:
    shutil.rmtree(DATA, ignore_errors=True)
    (DATA / "pages").mkdir(parents=True)
    _make_pages()
    _make_exchanges()
    _make_archives()
    _make_sitemap()


def _make_pages() -> None:
    urls, with_paragraphs = [], []
    for number, (url, page) in enumerate(article_pages(Publication(1_000, page_kilobytes=PAGE_KILOBYTES), 0, PAGES)):
        (DATA / "pages" / f"{number:03}.html").write_bytes(page)
        urls.append(url)
        if has_publisher_paragraphs(page):
            with_paragraphs.append(number)
    (DATA / "pages" / "urls.json").write_text(json.dumps(urls))
    (DATA / "pages" / "publisher.json").write_text(json.dumps(with_paragraphs))


def has_publisher_paragraphs(page: bytes) -> bool:
    """Whether a page has text where Fundus's parser for Voice of America looks for it."""
    return any(node.text(strip=True) for node in LexborHTMLParser(page).css(publisher.PARAGRAPHS))


def article_pages(publication: Publication, start: int, count: int) -> Iterator[tuple[str, bytes]]:
    """URL and body of ``count`` article pages, newest first."""
    for story in islice(publication.stories.all(), start, start + count):
        path = escaped_path(story)
        yield BASE + path, publication.reply(path, BASE).body


def exchanges(publication: Publication, start: int, count: int) -> Iterator[Exchange]:
    """Return requests and gzip-coded responses as they cross the wire."""
    for number, (url, page) in enumerate(article_pages(publication, start, count)):
        body = igzip.compress(page, 2, mtime=0)
        head = (
            "HTTP/1.1 200 OK\r\nDate: Sun, 01 Mar 2026 12:00:00 GMT\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\nVary: Accept-Encoding\r\n\r\n"
        )
        request = f"GET {url.removeprefix(BASE)} HTTP/1.1\r\nHost: 127.0.0.1:8099\r\nAccept-Encoding: gzip\r\n\r\n"
        yield Exchange(
            url=url,
            date=NEWEST + timedelta(seconds=start + number),
            request=request.encode(),
            response=head.encode() + body,
            ip_address="127.0.0.1",
            protocols=("http/1.1",),
        )


def _make_exchanges() -> None:
    """Return the messages of some exchanges, for the benchmarks of writing."""
    folder = DATA / "exchanges"
    folder.mkdir()
    made = exchanges(Publication(1_000, page_kilobytes=PAGE_KILOBYTES), 0, EXCHANGES)
    names = []
    for number, exchange in enumerate(made):
        (folder / f"{number:03}.request").write_bytes(bytes(exchange.request))
        (folder / f"{number:03}.response").write_bytes(bytes(exchange.response))
        names.append(exchange.url)
    (folder / "urls.json").write_text(json.dumps(names))


def _make_archives() -> None:
    publication = Publication(ARCHIVES * ARCHIVED_PAGES + 200, page_kilobytes=PAGE_KILOBYTES)
    for number in range(ARCHIVES):
        archive(DATA / "warc", f"bench{number}", publication, number * ARCHIVED_PAGES, ARCHIVED_PAGES)


def archive(folder: Path, prefix: str, publication: Publication, start: int, count: int) -> None:
    """Return a WARC file of article pages, as a crawl writes it."""
    writer = WarcWriter(folder, prefix, WriterOptions(fsync_seconds=3_600))
    for exchange in exchanges(publication, start, count):
        writer.write_exchange(exchange)
    writer.close()


def publisher_archive(folder: Path, page: bytes, count: int) -> None:
    """Return a WARC file with the publisher page at ``count`` URLs; bodies as in CC-NEWS, without content-coding."""
    made = folder.with_name(folder.name + ".new")
    shutil.rmtree(made, ignore_errors=True)
    writer = WarcWriter(made, "publisher", WriterOptions(fsync_seconds=3_600))
    for number in range(count):
        url, body = publisher.numbered(page, number)
        path = url.removeprefix("https://www.voanews.com")
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        request = f"GET {path} HTTP/1.1\r\nHost: www.voanews.com\r\n\r\n"
        date = PUBLISHED + timedelta(seconds=number)
        writer.write_exchange(Exchange(url=url, date=date, request=request.encode(), response=head.encode() + body))
    writer.close()
    made.rename(folder)


def _make_sitemap() -> None:
    stories = islice(Publication(SITEMAP_URLS * 2).stories.all(), SITEMAP_URLS)
    text = urlset(BASE, stories, slugless=True)
    (DATA / "sitemap.xml.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
