"""Sitemaps read and lines written: ours and Scrapy's; and how long `newscrawl list` takes."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from newscrawl.settings.base import ARTICLE_PIPELINES

from bench.subjects.articles import FETCHED, HTML, pages
from newscrawl.capture import Capture
from newscrawl.chain.chain import Chain
from newscrawl.items import Article, json_line

LINE_RUNS = 20


def sitemap_ours(data: Path) -> Callable[[], int]:
    """Entries with their dates, as they stream."""
    from newscrawl.discovery import document_entries

    body = (data / "sitemap.xml.gz").read_bytes()

    def run() -> int:
        return sum(1 for _ in document_entries(body, "http://127.0.0.1:8099/sitemap_sample_1.xml.gz"))

    return run


def sitemap_scrapy(data: Path) -> Callable[[], int]:
    """Scrapy's Sitemap, as its spider uses it."""
    from scrapy.utils.sitemap import Sitemap

    body = (data / "sitemap.xml.gz").read_bytes()

    def run() -> int:
        return sum(1 for _ in Sitemap(gzip.decompress(body)))

    return run


def _articles(data: Path) -> list[Article]:
    chain = Chain.from_paths(ARTICLE_PIPELINES)
    outcomes = (chain.result_of(Capture(url, FETCHED, 200, HTML, page)) for url, page in pages(data))
    return [outcome for outcome in outcomes if isinstance(outcome, Article)] * LINE_RUNS


def lines_ours(data: Path) -> Callable[[], int]:
    """Serialise the dataclass with orjson."""
    articles = _articles(data)

    def run() -> int:
        output = io.BytesIO()
        for article in articles:
            output.write(json_line(article))
        return len(articles)

    return run


def lines_scrapy(data: Path) -> Callable[[], int]:
    """Scrapy's exporter behind `-O file.jsonl`."""
    from scrapy.exporters import JsonLinesItemExporter

    articles = _articles(data)

    def run() -> int:
        exporter = JsonLinesItemExporter(io.BytesIO(), encoding="utf-8")
        for article in articles:
            exporter.export_item(article)
        return len(articles)

    return run


def start_of_list(data: Path) -> Callable[[], int]:  # noqa: ARG001 - one signature for all
    """`newscrawl list` in the project: what every command costs before it does anything."""
    return _started("list")


def start_of_scrapy(data: Path) -> Callable[[], int]:  # noqa: ARG001 - same
    """`scrapy version`, outside every project."""
    return _started("version", module=None)


def _started(*arguments: str, module: str | None = "newscrawl.settings.development") -> Callable[[], int]:
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    if module:
        environment["SCRAPY_SETTINGS_MODULE"] = module
    command = [sys.executable, "-m", "scrapy", *arguments]

    def run() -> int:
        subprocess.run(command, check=True, capture_output=True, env=environment, cwd=os.environ["BENCH_SCRATCH"])  # noqa: S603 - our own arguments
        return 1

    return run
