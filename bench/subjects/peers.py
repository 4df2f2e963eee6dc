"""Other extractors, each in an environment of its own: nothing of newscrawl is imported here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

SLOW = 30
"""Pages that the slow ones read: a tenth of a second a page and more."""


def _pages(data: Path, count: int | None = None) -> list[tuple[str, str]]:
    urls = json.loads((data / "pages" / "urls.json").read_text())[:count]
    texts = ((data / "pages" / f"{number:03}.html").read_text("utf-8", "replace") for number in range(len(urls)))
    return list(zip(urls, texts, strict=True))


def _pages_it_splits(data: Path) -> list[tuple[str, str]]:
    """Return the first pages that are not Chinese, for which newspaper4k (and news-please) needs another package."""
    return [(url, text) for url, text in _pages(data, SLOW) if '<html lang="zh' not in text[:500]]


def newspaper4k(data: Path) -> Callable[[], int]:
    """newspaper4k's article, without its language models."""
    import newspaper

    pages = _pages_it_splits(data)

    def run() -> int:
        for url, text in pages:
            article = newspaper.Article(url, fetch_images=False)
            article.download(input_html=text)
            article.parse()
        return len(pages)

    return run


def readability(data: Path) -> Callable[[], int]:
    """readability-lxml's title and summary."""
    from readability import Document

    pages = _pages(data, SLOW)

    def run() -> int:
        for url, text in pages:
            document = Document(text, url=url)
            document.summary()
            document.title()
        return len(pages)

    return run


def newsplease(data: Path) -> Callable[[], int]:
    """news-please's article."""
    from newsplease import NewsPlease

    pages = _pages_it_splits(data)

    def run() -> int:
        for url, text in pages:
            NewsPlease.from_html(text, url=url)
        return len(pages)

    return run


def resiliparse(data: Path) -> Callable[[], int]:
    """Resiliparse's main content as text; no metadata."""
    from resiliparse.extract.html2text import extract_plain_text

    pages = _pages(data)

    def run() -> int:
        for _, text in pages:
            extract_plain_text(text, main_content=True)
        return len(pages)

    return run
