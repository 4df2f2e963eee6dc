"""From the bytes of a page to the whole article: metadata, body, captions, validation."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.settings.base import ARTICLE_PIPELINES

from bench import publisher
from bench.samples import samples
from newscrawl.capture import Capture
from newscrawl.chain.chain import Chain
from newscrawl.items import Article

FETCHED = datetime(2026, 9, 1, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
PUBLISHER_RUNS = 40
"""One page, so it is read this often."""


def pages(data: Path) -> list[tuple[str, bytes]]:
    """URL and bytes of each page."""
    urls = json.loads((data / "pages" / "urls.json").read_text())
    return [(url, (data / "pages" / f"{number:03}.html").read_bytes()) for number, url in enumerate(urls)]


def pages_that_fundus_reads(data: Path) -> list[tuple[str, bytes]]:
    """Those of them in which Fundus's parser for Voice of America finds a body."""
    read = pages(data)
    return [read[number] for number in json.loads((data / "pages" / "publisher.json").read_text())]


def ours(data: Path) -> Callable[[], int]:
    """Run the article pipelines."""
    return _ours(pages(data))


def ours_on_publisher_page(data: Path) -> Callable[[], int]:  # noqa: ARG001 - one signature for all
    """Do the same on the publisher page."""
    return _ours([publisher.page()] * PUBLISHER_RUNS)


def ours_on_pages_that_fundus_reads(data: Path) -> Callable[[], int]:
    """Do the same on these."""
    return _ours(pages_that_fundus_reads(data))


def ours_on_other_pages(_data: Path) -> Callable[[], int]:
    """Do the same on pages of sites without a profile."""
    return _ours(_other_pages())


def _ours(read: list[tuple[str, bytes]]) -> Callable[[], int]:
    chain = Chain.from_paths(ARTICLE_PIPELINES)
    captures = [Capture(url, FETCHED, 200, HTML, page) for url, page in read]
    chain.result_of(captures[0])  # tables and schema are compiled once a process

    def run() -> int:
        articles = sum(isinstance(chain.result_of(capture), Article) for capture in captures)
        if articles < len(captures) * 0.9:
            raise SystemExit(f"only {articles} articles in {len(captures)} pages")
        return len(captures)

    return run


def trafilatura(data: Path) -> Callable[[], int]:
    """Run trafilatura with metadata, without comments."""
    return _trafilatura(pages(data))


def trafilatura_on_publisher_page(data: Path) -> Callable[[], int]:  # noqa: ARG001 - same
    """Do the same on the publisher page."""
    return _trafilatura([publisher.page()] * 5)


def trafilatura_on_other_pages(_data: Path) -> Callable[[], int]:
    """Do the same on pages of other sites."""
    return _trafilatura(_other_pages())


def _other_pages() -> list[tuple[str, bytes]]:
    """Return the collection of Fundus's tests."""
    return [(sample.url, sample.payload()) for sample in samples() if sample.collection == "fundus"]


def _trafilatura(read: list[tuple[str, bytes]]) -> Callable[[], int]:
    from trafilatura import bare_extraction

    bare_extraction(read[0][1], url=read[0][0], with_metadata=True)  # as ours: once a process

    def run() -> int:
        for url, page in read:
            bare_extraction(page, url=url, include_comments=False, with_metadata=True, output_format="python")
        return len(read)

    return run


def parse_alone(data: Path) -> Callable[[], int]:
    """Parse the page as our extractor does at its start, and do nothing else."""
    from selectolax.lexbor import LexborHTMLParser

    texts = [page.decode("utf-8", "replace") for _, page in pages(data)]

    def run() -> int:
        for text in texts:
            LexborHTMLParser(text)
        return len(texts)

    return run
