"""What a whole article costs, against trafilatura and Fundus on the same pages: ``python -m bench.extraction``.

The pages are the sample site's, of every kind and language in turn, brought to 100 KB by what fills real pages:
navigation and teasers (a saved page of 2024 has a tag in every 107 bytes). Ours is the whole article as a crawl makes
it: metadata, body, captions, validation. trafilatura runs with its defaults and metadata, on text that is decoded
already; Fundus runs its parser for Voice of America, in the peers' environment.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from bench.environment import ROOT, peers_python
from newscrawl.capture import Capture
from newscrawl.extract.article import article_from
from newscrawl.extract.captions import without_repeated_captions
from newscrawl.extract.encoding import decoded
from newscrawl.extract.validation import validated
from newscrawl.samplesite.publication import Publication
from newscrawl.sites import site_for

BASE = "http://127.0.0.1:8999"
FETCHED = datetime(2026, 3, 2, tzinfo=UTC)
KILOBYTES = 100
"""Of a page: the mean of real pages of the family (98 to 112)."""

PAGES = 130
ROUNDS = 7
EVERY = 5
"""trafilatura reads every fifth page, and those that wait for it are not read again by us."""


_TEASER = """<li class="col-xs-12 col-sm-6 col-md-4 col-lg-4 mb-grid mb-grid--size-4 mb-grid--t-spac">
<div class="media-block media-block--t-spac media-block--in-grid media-block--io">
<a href="/a/teaser-of-the-day-{n}/3{n:07}.html" class="img-wrap img-wrap--t-spac img-wrap--size-4" title="Teaser {n}">
<div class="thumb thumb16_9 thumb--in"><img data-src="/gdb/{n:036x}_cx0_cy10_cw0_w66_r1.jpg" src="" class="lazy"
 alt="Picture of teaser {n}" /></div></a><div class="media-block__content media-block__content--h">
<h4 class="media-block__title media-block__title--size-4" title="Teaser {n}">Teaser {n} of the day, which says a little
 more than its title and so fills a line</h4></div></div></li>
<li class="nav-list__item nav-list__item--level-2"><a class="nav-link nav-link--t-{n}" href="/z/{n}" data-id="{n}"
 title="Section {n}">Section {n}</a></li>
"""
"""Markup as it stands around the articles of the family; the words are the bench's."""


def captures(count: int = PAGES, kilobytes: int = KILOBYTES) -> list[Capture]:
    """The first pages of the sample site that hold an article, as a crawl captures them."""
    site = Publication(size=count)
    found = []
    for story_id in site.item_ids():
        url = site.expected(story_id, BASE)["url"]
        reply = site.reply(url.removeprefix(BASE), BASE)
        if reply.status == 200:
            found.append(Capture(url, FETCHED, 200, reply.headers, _weighed(reply.body, kilobytes * 1000)))
    return found


def _weighed(page: bytes, size: int) -> bytes:
    """``page`` with navigation before it and teasers after it."""
    needed = max(0, size - len(page)) // len(_TEASER)
    teasers = [_TEASER.format(n=number).encode() for number in range(needed)]
    third = len(teasers) // 3
    start = page.index(b">", page.index(b"<body")) + 1
    end = page.rindex(b"</body>")
    before = b'<div class="nav-list"><ul>' + b"".join(teasers[:third]) + b"</ul></div>"
    after = b'<div class="region"><ul>' + b"".join(teasers[third:]) + b"</ul></div>"
    return page[:start] + before + page[start:end] + after + page[end:]


def article(capture: Capture) -> None:
    """The whole article, as the article pipelines make it."""
    validated(without_repeated_captions(article_from(capture, site_for(capture.url))))


def trafilatura(page: tuple[str, str]) -> None:
    """The document of trafilatura's defaults with metadata."""
    from trafilatura import bare_extraction

    url, html = page
    bare_extraction(html, url=url, include_comments=False, with_metadata=True)


def milliseconds(read: Callable[..., None], pages: Sequence[object]) -> float:
    """CPU time a page, of this process."""
    started = time.process_time()
    for page in pages:
        read(page)
    return (time.process_time() - started) * 1000 / len(pages)


def figures(rounds: int = ROUNDS) -> dict[str, float]:
    """CPU ms a page of each tool, the median of interleaved rounds, and how many times ours the others take."""
    pages = captures()
    texts = [(page.url, decoded(page.payload, page.header("content-type"))) for page in pages[::EVERY]]
    milliseconds(article, pages)  # loads what is loaded once
    milliseconds(trafilatura, texts[:3])
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(milliseconds(article, pages))
        theirs.append(milliseconds(trafilatura, texts))
    found = {
        "pages": float(len(pages)),
        "kilobytes a page": sum(len(page.payload) for page in pages) / len(pages) / 1000,
        "newscrawl ms": statistics.median(ours),
        "trafilatura ms": statistics.median(theirs),
    }
    if (fundus := _fundus(texts)) is not None:
        found["fundus ms"] = fundus
    for name in ("trafilatura", "fundus"):
        if f"{name} ms" in found:
            found[f"{name} / newscrawl"] = found[f"{name} ms"] / found["newscrawl ms"]
    return found


def _fundus(pages: Iterable[tuple[str, str]]) -> float | None:
    """Fundus's ms a page, each page read five times; None where it cannot be installed."""
    python = peers_python()
    if python is None:
        return None
    lines = "".join(json.dumps({"html": html, "url": url, "runs": 5}) + "\n" for url, html in pages)
    command = [python, "bench/peers.py", "fundus"]
    ran = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - our own script
    answers = [json.loads(line)["fundus"] for line in ran.stdout.splitlines()]
    times = [answer["ms"] for answer in answers if "ms" in answer]
    if not times:
        print(f"fundus read none of the pages: {answers[:1]}", file=sys.stderr)
        return None
    return statistics.median(times)


def table(found: dict[str, float]) -> str:
    """The figures as lines of text."""
    return "\n".join(f"{name:28}{value:10.2f}" for name, value in found.items())


def main() -> int:
    """Print the figures."""
    print(table(figures()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
