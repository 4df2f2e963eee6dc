"""Pages that nobody means well with, by name; and what reading one costs, in a process with limits.

Run as ``python -m tests.extract.hostile NAME``: prints a JSON object with what came of the page, the CPU seconds of
reading it, and how many MB the process grew to.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from string import ascii_lowercase

from newscrawl.capture import Capture
from newscrawl.errors import InvalidArticle, NotAnArticle
from tests.extract.chain import article_of
from tests.extract.pangea import Pangea, capture_of_page

FAMILY = "https://www.rferl.org/a/hostile/32900000.html"
FOREIGN = "https://www.example.org/hostile"
ADDRESS_SPACE = 4 * 2**30
"""Bytes: no page may take the machine down, whatever the test finds."""

_TEXT = "<p>The bridge was closed for nine days, and the ferry took its place.</p>"


def _article(inner: str = "", *, wsw: str = _TEXT, **parts: str) -> bytes:
    return Pangea(wsw=wsw + inner, **parts).html().encode("utf-8", "surrogatepass")  # type: ignore[arg-type]


def _ld(text: str) -> bytes:
    return Pangea(json_ld=text).html().encode("utf-8", "surrogatepass")


_NAMES_OF_ATTRIBUTES = ["".join(letters) for letters in product(ascii_lowercase, repeat=3)] + [
    f"{first}{second:02}" for first in ascii_lowercase for second in range(100)
]

PAGES: dict[str, Callable[[], bytes]] = {
    "fifty megabytes of text": lambda: _article("<p>" + "All work and no play. " * 2_300_000 + "</p>"),
    "fifty megabytes of paragraphs": lambda: _article("<p>Word by word.</p>\n" * 2_400_000),
    "fifty megabytes of list items": lambda: _article("<li>x</li>" * 5_000_000),
    "fifty megabytes of line breaks": lambda: _article("<br>" * 12_500_000),
    "fifty megabytes of script": lambda: _article("<script>" + "var a = [1, 2, 3];" * 2_800_000 + "</script>"),
    "fifty megabytes of base64": lambda: _article(
        '<img src="data:image/png;base64,' + "iVBORw0KGgo" * 4_500_000 + '">'
    ),
    "fifty megabytes of brackets": lambda: b"<" * 50_000_000,
    "fifty megabytes of nulls": lambda: b"<html>" + b"\0" * 50_000_000,
    "fifty megabytes of broken UTF-8": lambda: b"<html><body><p>" + b"\xff\xc3" * 25_000_000,
    "fifty megabytes of one attribute": lambda: _article('<p class="' + "a " * 25_000_000 + '">x</p>'),
    "fifty megabytes of figures": lambda: _article(
        '<figure><img src="/a.jpg"><figcaption>A. B</figcaption></figure>' * 900_000
    ),
    "fifty megabytes of JSON-LD": lambda: _ld('{"@type": "NewsArticle", "headline": "' + "x" * 50_000_000 + '"}'),
    "fifty megabytes of windows-1251": lambda: "<html><body><p>Мост закрыт. ".encode("cp1251") * 2_000_000,
    "100,000 levels of div": lambda: _article("<div>" * 100_000 + "deep" + "</div>" * 100_000),
    "100,000 levels of span, never closed": lambda: _article("<span>" * 100_000 + "deep"),
    "100,000 levels of bold in paragraphs": lambda: _article("<p><b>x" * 100_000),
    "100,000 levels of table": lambda: _article("<table><tr><td>" * 100_000),
    "100,000 levels of lists": lambda: _article("<ul><li>" * 100_000),
    "100,000 levels of svg": lambda: _article("<svg><g>" * 100_000),
    "100,000 levels of table rows in svg": lambda: _article("<svg>" + "<tr>" * 100_000),
    "100,000 levels of areas in math": lambda: _article("<math>" + "<area>" * 100_000),
    "100,000 levels behind a style in svg": lambda: _article("<svg><style>" + "<div>" * 100_000),
    "100,000 levels of bold in svg": lambda: _article("<svg><desc>" + "<p><b>x" * 100_000),
    "100,000 levels of titles in svg": lambda: _article("<svg><title><div>" * 100_000),
    "100,000 levels of scripts in svg": lambda: _article("<svg><script>" * 100_000),
    "30,000 levels, closed in attributes": lambda: _article('<div a=">" b="</div>">' * 30_000),
    "20,000 levels, closed in a script that is no style": lambda: _article(
        "<div><script></style></div></script>" * 20_000
    ),
    "20,000 levels, closed in a script in mixed case": lambda: _article("<div><Script></div></Script>" * 20_000),
    "20,000 levels, closed in an old element of raw text": lambda: _article("<div><xmp></div></xmp>" * 20_000),
    "40,000 levels of terms and items": lambda: _article("<dd><li>" * 20_000),
    "20,000 levels behind an svg without content": lambda: _article("<svg/><g/>" * 20_000),
    "40,000 levels of annotations": lambda: _article("<rt>" * 40_000),
    "40,000 levels of groups of options": lambda: _article("<optgroup>" * 40_000),
    "13,000 levels, closed in ruby": lambda: _article("<ruby><pre></ruby>" * 13_000),
    "20,000 levels, closed in a bogus comment": lambda: _article("<div><!</div>" * 20_000),
    "20,000 levels, closed in an instruction": lambda: _article("<div><?</div>" * 20_000),
    "20,000 levels, closed in an end tag of nothing": lambda: _article("<div></ </div>" * 20_000),
    "20,000 levels, closed in a table": lambda: _article("<div><table></div></table>" * 20_000),
    "20,000 levels, closed in an object": lambda: _article("<div><object></div></object>" * 20_000),
    "20,000 levels, closed in a template in a table": lambda: _article("<div><table><template></div></table>" * 20_000),
    "20,000 levels, closed in a custom element": lambda: _article("<style-x><div></div></style-x><div>" * 20_000),
    "20,000 levels, closed in CDATA in svg": lambda: _article("<svg><desc><div><![CDATA[></div>]]>" * 20_000),
    "20,000 levels, closed in raw text behind svg": lambda: _article(
        "<svg></svg><div><svg><p></svg><style></div></style>" * 20_000
    ),
    "20,000 attributes behind a quoted bracket": lambda: _article(
        '<p a=">" ' + " ".join(_NAMES_OF_ATTRIBUTES) + ">x</p>"
    ),
    "100,000 levels behind an empty comment": lambda: _article("<!-->" + "<div>" * 100_000),
    "100,000 levels behind a comment with a bang": lambda: _article("<!-- x --!>" + "<div>" * 100_000),
    "100,000 levels of JSON-LD": lambda: _ld("[" * 100_000 + "]" * 100_000),
    "100,000 levels of JSON-LD objects": lambda: _ld('{"a":' * 100_000 + "1" + "}" * 100_000),
    "100,000 levels of utag_data": lambda: _article(utag="a:" + "{b:" * 100_000, json_ld=""),
    "100,000 links": lambda: _article(
        '<div class="media-block also-read">' + '<a href="/a/x/1234567.html"><h4>T</h4></a>' * 100_000 + "</div>"
    ),
    "20,000 links in 300 boxes in each other": lambda: _article(
        beside='<div class="media-block-wrap">' * 300 + "<h4><a href=/a/x/1234567.html>T</a></h4>" * 20_000
    ),
    "20,000 stories in 300 lists in each other": lambda: _article(
        after='<div class="news-updates">' * 300 + "<h4><a href=/a/x/1234567.html>T</a></h4>" * 20_000
    ),
    "30,000 links in a paragraph": lambda: _article("<p>" + "<a href=/a/x/1234567.html>T</a> " * 30_000 + "</p>"),
    "3,000 figures and 20,000 buttons": lambda: _article(
        "<figure><img src=/a.jpg></figure>" * 3_000 + "<button>x</button>" * 20_000
    ),
    "2,000 captioned pictures in 300 figures": lambda: _article(
        "<figure>" * 300 + "<img src=/a.jpg><span class=caption>c</span>" * 2_000
    ),
    "500 captions and 20,000 paragraphs that begin like them": lambda: _article(
        "".join(
            f"<figure><img src=/gdb/{n}.jpg><figcaption>The bridge at the river seen from bank {n:03}</figure>"
            for n in range(500)
        )
        + "<p>The bridge at the river seen from the ferry.</p>" * 20_000
    ),
    "500 captions, each the beginning of the next, before 7,000 paragraphs": lambda: _article(
        "".join(
            f"<figure><img src=/gdb/{n}.jpg><figcaption>The bridge at the river {'o' * n}</figcaption></figure>"
            for n in range(500)
        )
        + f"<p>The bridge at the river {'o' * 500} was closed.</p>" * 7_000
    ),
    "100,000 images": lambda: _article('<figure><img src="/gdb/a.jpg" alt="A"></figure>' * 100_000),
    "100,000 posts": lambda: _article(
        '<div class="post post--liveblog"><time>1</time><div class="wsw"><p>x</p></div></div>' * 100_000
    ),
    "100,000 containers": lambda: _article('</div><div class="wsw"><p>x</p>' * 100_000),
    "100,000 authors": lambda: Pangea(bylines=[(f"A{n} B", "/author/x/y") for n in range(100_000)]).html().encode(),
    "100,000 keywords": lambda: _ld(json.dumps({"@type": "NewsArticle", "keywords": ["k"] * 100_000})),
    "100,000 metas": lambda: _article(metas='<meta property="og:title" content="x">' * 100_000),
    "100,000 attributes": lambda: _article("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>"),
    "20,000 attributes": lambda: _article("<p " + " ".join(_NAMES_OF_ATTRIBUTES) + ">x</p>"),
    "20,000 attributes, parted by slashes": lambda: _article("<p " + "/".join(_NAMES_OF_ATTRIBUTES) + ">x</p>"),
    "4,900 attributes, 190 times": lambda: _article(("<p " + " ".join(_NAMES_OF_ATTRIBUTES[:4_900]) + ">x</p>") * 190),
    "a class of four megabytes": lambda: _article('<p class="' + "a " * 2_000_000 + '">x</p>'),
    "50 scripts of broken JSON-LD": lambda: _article(
        ('<script type="application/ld+json">{"@type":"NewsArticle","a":[' + "1," * 30_000 + "]}</script>") * 50
    ),
    "300,000 scripts in no known encoding": lambda: b"\xff" + b"<script" * 300_000,
    "100,000 JSON-LD scripts": lambda: _article(
        '<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 100_000
    ),
    "a million comments": lambda: _article("<!-- -->" * 1_000_000),
    "a million entities": lambda: _article("&amp;&#x26;&nosuch;" * 1_000_000),
    "a comment that never ends": lambda: _article("<!--" + "- " * 5_000_000),
    "a caption of a megabyte": lambda: _article(
        "<figure><img src=/a.jpg><figcaption>" + "Word " * 200_000 + "</figcaption></figure>"
    ),
    "a headline of a megabyte": lambda: _article(headline="Word " * 200_000),
    "a date of a megabyte": lambda: _article(published="2024-" * 200_000),
    "a thousand equal captions": lambda: _article(
        "<p>The bridge at dawn</p><figure><img src=/a.jpg><figcaption>The bridge at dawn</figcaption></figure>" * 1000
    ),
    "a word of ten megabytes": lambda: _article("<p>" + "a" * 10_000_000 + "</p>"),
    "combining marks without end": lambda: _article("<p>e" + "\u0301\u0323" * 500_000 + "</p>"),
    "directional controls without end": lambda: _article("<p>" + "\u202a\u202b\u2066" * 500_000 + "</p>"),
    "zero-width characters without end": lambda: _article("<p>" + "\u200b\u200c\u200d" * 500_000 + "</p>"),
    "lone surrogates": lambda: _article("<p>\ud800\udfff \udc00</p>" * 1000),
    "dashes without end": lambda: _article("<p>KYIV " + "-- " * 300_000 + "</p>"),
    "quotes without end": lambda: _ld('{"headline": "' + '\\"' * 300_000),
    "backslashes without end": lambda: _ld('{"headline": "' + "\\" * 600_001),
    "a frameset": lambda: b"<frameset>" * 100_000,
    "templates in templates": lambda: _article("<template>" * 50_000),
    "selects in selects": lambda: _article("<select><option>" * 100_000),
    "anchors in anchors": lambda: _article("<a href=x><div>" * 50_000),
    "nobr in tables": lambda: _article("<nobr><table>" * 50_000),
    "nothing": lambda: b"",
    "one bracket": lambda: b"<",
    "UTF-16 without end": lambda: b"\xff\xfe" + "<html><p>x".encode("utf-16-le") + b"\xd8",
}
"""Each as a function, since some are large."""

NAMES = tuple(PAGES)


def reading(name: str, url: str) -> dict[str, object]:
    """What comes of the page, and what reading it costs."""
    payload = PAGES[name]()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    capture = Capture(url, datetime(2024, 4, 29, tzinfo=UTC), 200, headers, payload)
    started = time.process_time()
    try:
        outcome = f"article of {len(article_of(capture).articleBody or '')} characters"
    except (NotAnArticle, InvalidArticle) as error:  # validation rejects what extraction found
        outcome = f"{type(error).__name__}: {error}"
    return {
        "name": name,
        "url": url,
        "outcome": outcome,
        "seconds": time.process_time() - started,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Read the pages that are named on the command line, each in a process of its own."""
    for url in (FAMILY, FOREIGN):
        article_of(capture_of_page(Pangea().html(), url))  # what is loaded once is loaded
    for name in sys.argv[1:] or NAMES:
        for url in (FAMILY, FOREIGN):
            child = os.fork()
            if child == 0:
                resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
                print(json.dumps(reading(name, url)), flush=True)
                os._exit(0)
            _, status = os.waitpid(child, 0)
            if status:
                print(json.dumps({"name": name, "url": url, "outcome": f"died: {status}"}), flush=True)


if __name__ == "__main__":
    main()
