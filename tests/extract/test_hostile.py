"""Whatever the bytes: an article or NotAnArticle, within two seconds and a gigabyte."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.capture import Capture
from newscrawl.errors import InvalidArticle, NotAnArticle
from newscrawl.extract.jsonld.js_literals import MAX_DEPTH, read_literal
from newscrawl.extract.jsonld.parse import json_ld
from newscrawl.items import Article
from newscrawl.testing.golden import Golden
from tests.conftest import ROOT
from tests.extract.chain import article_of
from tests.extract.hostile import FAMILY, FOREIGN, NAMES
from tests.extract.pangea import Pangea, capture_of_page

SECONDS = 2
"""CPU time of one page. What takes longest here took 1.3 on a busy machine."""
MEGABYTES = 1024
"""Of the whole process, the page itself and the interpreter included; the most here were 432."""
OFTEN = (
    "fifty megabytes of paragraphs",
    "fifty megabytes of nulls",
    "100,000 levels of div",
    "100,000 levels of bold in paragraphs",
    "100,000 levels of JSON-LD",
    "100,000 images",
    "100,000 links",
    "combining marks without end",
    "quotes without end",
    "lone surrogates",
)
"""The ones that every test run reads; `make slow` reads all."""

GOLDEN = ROOT / "tests" / "extract" / "golden"
PAGES = [Golden.read(path).capture for path in sorted(GOLDEN.iterdir())]


def _check(names: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "tests.extract.hostile", *names]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=900, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    readings = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(readings) == 2 * len(names)
    beyond = [
        reading
        for reading in readings
        if reading.get("seconds", SECONDS + 1) > SECONDS or reading["megabytes"] > MEGABYTES
    ]
    assert not beyond


def test_hostile_pages_stay_within_time_and_memory() -> None:
    _check(OFTEN)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, len(NAMES), 10))
def test_all_hostile_pages_stay_within_time_and_memory(start: int) -> None:
    _check(NAMES[start : start + 10])


def test_a_picture_before_the_doctype_is_no_article() -> None:
    assert _outcome(b"<svg><!doctype html", "https://www.rferl.org/amp/bridge-reopens/32900000.html") is None


def _outcome(page: bytes, url: str) -> Article | None:
    """What the whole chain makes of a page; anything else that is raised fails the test."""
    try:
        return article_of(capture_of_page(page, url, date=datetime(2024, 4, 29, tzinfo=UTC)))
    except (NotAnArticle, InvalidArticle):
        return None


_JUNK = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [
            b"\0",
            b"<",
            b">",
            b"</div>",
            b"</p>",
            b"<!--",
            b"-->",
            b"<script>",
            b"</script>",
            b"<plaintext>",
            b"<template>",
            b"<table>",
            b"<select>",
            b"<svg>",
            b"<math>",
            b"<![CDATA[",
            b'"',
            b"'",
            b"&#0;",
            b"&#xD800;",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"{",
            b"]",
            b"\\u0000",
            b"\\ud800",
            b"http://[",
            b"0001-01-01",
            b"9999-12-31T23:59:59+99:99",
            b"=\xe2\x80\xae",
        ]
    ),
)


@st.composite
def _mutated_pages(draw: st.DrawFn) -> tuple[bytes, str]:
    """A golden page that was cut, filled with junk or shuffled, and its URL or a foreign one."""
    capture = draw(st.sampled_from(PAGES))
    page = capture.payload
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(page)))
        match draw(st.sampled_from(["insert", "delete", "cut", "repeat", "flip"])):
            case "insert":
                page = page[:place] + draw(_JUNK) + page[place:]
            case "delete":
                page = page[:place] + page[place + draw(st.integers(1, 200)) :]
            case "cut":
                page = page[:place] if draw(st.booleans()) else page[place:]
            case "repeat":
                piece = page[place : place + draw(st.integers(1, 300))]
                page = page[:place] + piece * draw(st.integers(2, 20)) + page[place:]
            case "flip":
                page = (
                    page[:place] + bytes([page[place] ^ draw(st.integers(1, 255))]) + page[place + 1 :]
                    if page[place:]
                    else page
                )
    return page, draw(st.sampled_from([capture.url, FOREIGN]))


@settings(max_examples=150)
@given(_mutated_pages())
def test_a_mutated_page_gives_an_article_or_none_and_always_the_same(mutated: tuple[bytes, str]) -> None:
    page, url = mutated
    assert _outcome(page, url) == _outcome(page, url)


@settings(max_examples=100)
@given(st.sampled_from(PAGES), st.floats(0, 1))
def test_a_page_that_breaks_off_anywhere_gives_what_it_has_or_nothing(capture: Capture, share: float) -> None:
    _outcome(capture.payload[: int(len(capture.payload) * share)], capture.url)


_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
"""Without control characters, which are left out on purpose."""
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(-1e9, 1e9, width=32) | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=12,
)
_KEYS = (
    "@type", "@graph", "@id", "headline", "author", "creator", "datePublished", "dateModified", "keywords", "image",
    "thumbnailUrl", "articleSection", "inLanguage", "publisher", "description", "articleBody", "video", "audio",
    "mainEntityOfPage", "name", "url",
)  # fmt: skip
_ITEMS = st.dictionaries(st.sampled_from(_KEYS), _JSON, min_size=1).map(lambda item: {"@type": "NewsArticle", **item})


@settings(max_examples=150)
@given(item=_ITEMS, by_layout=st.booleans())
def test_values_of_any_type_in_json_ld_break_nothing(item: dict[str, object], *, by_layout: bool) -> None:
    page = Pangea(json_ld=json.dumps(item, default=str).replace("</", "<\\/")).html().encode("utf-8", "surrogatepass")

    article = _outcome(page, FAMILY if by_layout else FOREIGN)

    if by_layout:
        assert article is None or article.paragraphs == (
            "The bridge was closed for nine days.",
            "It carries 4,000 cars an hour.",
        )


@pytest.mark.parametrize(
    "script",
    [
        '/* one */ {"@type": "NewsArticle", // two\n "headline": "A",}',
        '<!-- {"@type": "NewsArticle", "headline": "A"} -->',
        '<![CDATA[{"@type": "NewsArticle", "headline": "A"}]]>',
        "{'@type': 'NewsArticle', headline: 'A'}",
        '{"@type": "NewsArticle", "headline": "A"',
        '{"@type": "NewsArticle" "headline": "A"}',
        '{"@type": "NewsArticle", "headline": "A", "x": "line\nbreak\x07"}',
        ';{"@type": "NewsArticle", "headline": "A", "note": "he said "no" twice"};',
        '[[{"@type": "NewsArticle", "headline": "A"}]]',
        '{"@graph": [{"@type": "Thing"}, {"@type": "NewsArticle", "headline": "A"}]}',
    ],
)
def test_broken_json_ld_is_read_all_the_same(script: str) -> None:
    items = json_ld([script])

    assert [item["headline"] for item in items if item.get("@type") == "NewsArticle"] == ["A"]


@settings(max_examples=200)
@given(st.text(st.characters(codec="utf-8"), max_size=200) | st.text("{}[]:,'\"\\/*<!-u0a \n", max_size=300))
def test_any_text_is_read_as_a_literal_without_an_error(text: str) -> None:
    json.dumps(read_literal(text))


@settings(max_examples=200)
@given(_JSON)
def test_whatever_is_json_is_read_as_it_is(value: object) -> None:
    assert read_literal(json.dumps(value)) == value


def test_the_depth_of_literals_is_bounded() -> None:
    value = read_literal("[" * 10_000)
    depth = 0
    while isinstance(value, list) and value:
        value = value[0]
        depth += 1
    assert depth <= MAX_DEPTH
