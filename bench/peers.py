"""Runs other extractors in an environment of their own: pages on standard input, what they found on standard output.

Started by :mod:`bench.quality` with the interpreter of ``.venvs/peers``; it imports nothing
of newscrawl. One JSON object a line in both directions.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Read = Callable[[str, str], dict[str, Any]]


def newspaper4k(html: str, url: str) -> dict[str, Any]:
    """newspaper4k's article, without its language models."""
    import newspaper

    # It would fetch every picture to learn its size: what is measured is the reading of one page.
    article = newspaper.Article(url, fetch_images=False)
    article.download(input_html=html)
    article.parse()
    published = article.publish_date
    return {
        "text": article.text,
        "title": article.title,
        "authors": article.authors,
        "published": published.isoformat() if published else None,
    }


def readability(html: str, url: str) -> dict[str, Any]:
    """readability-lxml's summary, as text."""
    from lxml.html import fromstring
    from readability import Document

    document = Document(html, url=url)
    return {"text": fromstring(document.summary()).text_content(), "title": document.title()}


def fundus(html: str, url: str) -> dict[str, Any]:  # noqa: ARG001 - one signature for all
    """Fundus's parser for Voice of America, the one site of Pangea that it knows."""
    from fundus import PublisherCollection

    parser = PublisherCollection.us.VoiceOfAmerica.parser(datetime(2024, 4, 28, tzinfo=UTC))
    found = parser.parse(html, "suppress")
    return {"text": str(found.get("body") or ""), "title": found.get("title"), "authors": found.get("authors") or []}


PEERS: dict[str, Read] = {"newspaper4k": newspaper4k, "readability-lxml": readability, "fundus": fundus}


def main(names: list[str]) -> None:
    """For every page on standard input what each peer found, its CPU time in ms, or its error."""
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        page = json.loads(line)
        html = page.get("html") or gzip.decompress(Path(page["path"]).read_bytes()).decode("utf-8", "replace")
        found = {name: _timed(PEERS[name], html, page["url"], page.get("runs", 1)) for name in names}
        print(json.dumps(found), flush=True)


def _timed(read: Read, html: str, url: str, runs: int) -> dict[str, Any]:
    started = time.process_time()
    try:
        for _ in range(runs):
            found = read(html, url)
    except Exception as error:  # noqa: BLE001 - whatever a peer raises is its result
        return {"error": repr(error)}
    return {**found, "ms": (time.process_time() - started) * 1000 / runs}


if __name__ == "__main__":
    main(sys.argv[1:])
