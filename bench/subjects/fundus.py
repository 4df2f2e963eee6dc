"""Fundus, in the environment of the peers: its parser for Voice of America, its articles, its way through a WARC file.

Nothing of newscrawl is imported here.
"""

from __future__ import annotations

import atexit
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import publisher
from bench.samples import BENCHMARKS, Sample, samples

CRAWLED = datetime(2024, 4, 28, tzinfo=UTC)
"""It decides which version of a parser reads the page."""
RUNS = 20
"""One page, so it is read this often."""
REPLAYED_PAGES = 300
"""Of the archive, from its first."""

MIN_OWN_PAGES = 130
"""Of the 139 pages of its tests: it has no parser any more for one."""

Page = tuple[str, bytes]


def parser_alone(data: Path) -> Callable[[], int]:  # noqa: ARG001 - one signature for all
    """Run the parser on the publisher page, decoded before."""
    return _parsed([publisher.page()] * RUNS)


def article(data: Path) -> Callable[[], int]:  # noqa: ARG001 - same
    """From the bytes of the publisher page to the article with all that it can tell."""
    return _articles([publisher.page()] * RUNS)


def parser_alone_on_samples(data: Path) -> Callable[[], int]:
    """Run the parser on the sample pages in which it finds a body."""
    return _parsed(_sample_pages(data))


def article_on_samples(data: Path) -> Callable[[], int]:
    """From the bytes of these pages to the articles."""
    return _articles(_sample_pages(data))


def parsers_of_their_own_pages(_data: Path) -> Callable[[], int]:
    """Each publisher's parser on the pages of that publisher in the collection of Fundus's tests."""
    jobs = [(parser, _text(sample.payload())) for sample in samples(BENCHMARKS) if (parser := _parser_of(sample))]
    if len(jobs) < MIN_OWN_PAGES:
        raise SystemExit(f"Fundus has a parser for only {len(jobs)} pages of its tests")
    for parser, text in jobs[:3]:  # as ours: what is loaded once a process
        parser.parse(text, "suppress")

    def run() -> int:
        for parser, text in jobs:
            parser.parse(text, "suppress")
        return len(jobs)

    return run


def _parser_of(sample: Sample) -> Any:
    """As of the day that the page was saved; None where there is none, and for a page of the other collection."""
    from fundus import PublisherCollection

    if sample.collection != "fundus":
        return None
    name, *day = sample.name.split(".")[0].rsplit("_", 3)
    publisher_of_page = getattr(getattr(PublisherCollection, sample.path.parent.name), name, None)
    return publisher_of_page and publisher_of_page.parser(datetime(*map(int, day), tzinfo=UTC))


def _parsed(pages: list[Page]) -> Callable[[], int]:
    texts = [_text(content) for _, content in pages]
    _extraction(texts[0])  # as ours: what is loaded once a process

    def run() -> int:
        for text in texts:
            _extraction(text)
        return len(texts)

    return run


def _articles(pages: list[Page]) -> Callable[[], int]:
    _article(*pages[0])

    def run() -> int:
        for url, content in pages:
            _article(url, content)
        return len(pages)

    return run


def _text(content: bytes) -> str:
    """Decode a page; the old Cyrillic encoding of two sample pages is given, as Fundus's chardet takes long."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1251", "replace")


def _extraction(text: str) -> dict[str, Any]:
    from fundus import PublisherCollection

    found: dict[str, Any] = PublisherCollection.us.VoiceOfAmerica.parser(CRAWLED).parse(text, "suppress")
    return found


def _article(url: str, content: bytes) -> dict[str, Any]:
    """As Fundus's scraper makes it, and what its users read of it."""
    from fundus.scraping.article import Article
    from fundus.scraping.html import HTML, SourceInfo

    text = _text(content)
    html = HTML(url, url, text, CRAWLED, SourceInfo("Voice Of America"))
    return _fields(Article(html=html, **_extraction(text)))


def _fields(found: Any, *, language: bool = True) -> dict[str, Any]:
    fields = {"url": found.html.requested_url, **found.to_json()}
    return {**fields, "lang": found.lang} if language else fields


def _sample_pages(data: Path) -> list[Page]:
    """Return the pages with its markup; each time it is checked that only these have a body for it."""
    folder = data / "pages"
    urls = json.loads((folder / "urls.json").read_text())
    expected = json.loads((folder / "publisher.json").read_text())
    pages = [(url, (folder / f"{number:03}.html").read_bytes()) for number, url in enumerate(urls)]
    found = [number for number, (_, content) in enumerate(pages) if _extraction(_text(content))["body"]]
    if found != expected:
        raise SystemExit(f"Fundus finds a body in {len(found)} pages, {len(expected)} have its markup")
    return [pages[number] for number in found]


def replayed(data: Path) -> Callable[[], int]:
    """Fundus's crawler of CC-NEWS on an archive of one file, to JSON Lines."""
    return _replayed(data, language=False)


def replayed_with_language(data: Path) -> Callable[[], int]:
    """Do the same, and detect the language of each article."""
    return _replayed(data, language=True)


def _replayed(data: Path, *, language: bool) -> Callable[[], int]:
    from fundus import CCNewsCrawler, PublisherCollection

    output = Path(os.environ["BENCH_SCRATCH"]) / "lines"
    _article(*publisher.page())
    crawler = CCNewsCrawler(
        PublisherCollection.us.VoiceOfAmerica,
        start=CRAWLED.replace(day=1, tzinfo=None),
        end=CRAWLED.replace(day=30, tzinfo=None),
        processes=0,
        disable_tqdm=True,
        server_address=_served(cc_news(Path(os.environ["BENCH_SCRATCH"]) / "served", data / publisher.ARCHIVE)),
    )

    def run() -> int:
        count = 0
        with output.open("w", encoding="utf-8") as lines:
            for found in crawler.crawl(max_articles=REPLAYED_PAGES):
                lines.write(json.dumps(_fields(found, language=language), ensure_ascii=False) + "\n")
                count += 1
        if count != REPLAYED_PAGES:
            raise SystemExit(f"only {count} articles")
        return count

    return run


def cc_news(root: Path, archive: Path) -> Path:
    """Return a folder like Common Crawl's CC-NEWS, with the WARC file of ``archive`` as its only one."""
    month = Path("crawl-data", "CC-NEWS", f"{CRAWLED:%Y}", f"{CRAWLED:%m}")
    path = month / f"CC-NEWS-{CRAWLED:%Y%m%d%H%M%S}-00000.warc.gz"
    (root / month).mkdir(parents=True)
    (root / path).symlink_to(min(archive.glob("*.warc.gz")).resolve())
    (root / month / "warc.paths.gz").write_bytes(gzip.compress(f"{path}\n".encode()))
    return root


def _served(folder: Path) -> str:
    """Its address on loopback. Whoever serves it is a process of its own, which is not counted, and ends with ours."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    command = [sys.executable, "-m", "bench.fileserver", str(folder)]
    server = subprocess.Popen(  # noqa: S603 - our own arguments
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    atexit.register(server.kill)
    assert server.stdout is not None
    return f"http://127.0.0.1:{server.stdout.readline().strip()}/"
