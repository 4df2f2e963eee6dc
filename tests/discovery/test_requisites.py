"""Style sheets, scripts, fonts, images and media that pages and style sheets name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery.requisites import (
    KINDS,
    MAX_TAGS,
    MAX_URL,
    Requisite,
    requisites_of_page,
    requisites_of_style_sheet,
)

PAGE = "https://www.example.org/a/1.html"


def found(markup: str, *kinds: str) -> list[tuple[str, str]]:
    return [tuple(each) for each in requisites_of_page(markup.encode(), PAGE, kinds or KINDS)]


def in_css(css: str) -> list[tuple[str, str]]:
    return [tuple(each) for each in requisites_of_style_sheet(css.encode(), "https://cdn.example.org/c/s.css", KINDS)]


@pytest.mark.parametrize(
    ("markup", "kind", "path"),
    [
        ('<link rel="stylesheet" href="s.css">', "style", "a/s.css"),
        ("<LINK HREF='/s.css' REL='alternate StyleSheet'>", "style", "s.css"),
        ("<link href=/s.css?a=1&amp;b=2 rel=stylesheet>", "style", "s.css?a=1&b=2"),
        ("<link rel='shortcut icon' href='/favicon.ico'>", "image", "favicon.ico"),
        ("<link rel=preload as=font href=/f.woff2 crossorigin>", "font", "f.woff2"),
        ("<link rel=preload as=video href=/v.mp4>", "media", "v.mp4"),
        ("<link rel=modulepreload href=/m.js>", "script", "m.js"),
        ("<script async src='/x.js#part'></script>", "script", "x.js"),
        ("<style>@import '/i.css';</style>", "style", "i.css"),
        ("<style>@import url(/i.css) print;</style>", "style", "i.css"),
        ("<style>@font-face { src: url('/f.woff') }</style>", "font", "f.woff"),
        ("<style>p { background: url( /b.png ) }</style>", "image", "b.png"),
        ("<div style='background-image: url(\"/b.png\")'>", "image", "b.png"),
        ('<div style="background: url(&quot;/b.png&quot;)">', "image", "b.png"),
        ("<img alt='x > y' src=/p.jpg>", "image", "p.jpg"),
        ("<video poster=/p.jpg>", "image", "p.jpg"),
        ("<source type=audio/mpeg src=/a.mp3>", "media", "a.mp3"),
        ("<track src=/t.vtt>", "media", "t.vtt"),
        ("<img src='/gdb/bild mit ä.jpg'>", "image", "gdb/bild%20mit%20%C3%A4.jpg"),
    ],
)
def test_each_way_to_name_a_requisite_is_found(markup: str, kind: str, path: str) -> None:
    assert found(markup) == [(kind, f"https://www.example.org/{path}")]


def test_every_candidate_of_a_srcset_is_found() -> None:
    markup = "<img src=/a.jpg srcset='/b.jpg 1x, /c,1.jpg 2x,/d.jpg 300w , /e.jpg'>"
    names = ["a.jpg", "b.jpg", "c,1.jpg", "d.jpg", "e.jpg"]
    assert found(markup) == [("image", f"https://www.example.org/{name}") for name in names]


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- <link rel=stylesheet href=/s.css> -->",
        "<script>document.write('<img src=/p.png>')</script>",
        "<link rel=canonical href=/a/2.html>",
        "<link rel=alternate type=application/rss+xml href=/api/>",
        "<img src=''>",
        "<img src='data:image/png;base64,AAAA'>",
        "<img data-src=/p.png>",
        "<img src='javascript:void(0)'>",
        "<img src='http://[broken/'>",
        f"<img src='/{'x' * MAX_URL}'>",
        "<style>/* url(/b.png) */</style>",
        "<a href=/s.css>stylesheet</a>",
    ],
)
def test_what_is_not_a_requisite_is_ignored(markup: str) -> None:
    assert found(markup) == []


def test_base_element_changes_relative_addresses() -> None:
    markup = "<base href='//static.example.org/x/'><img src=p.png><link rel=stylesheet href=/s.css>"
    assert found(markup) == [
        ("image", "https://static.example.org/x/p.png"),
        ("style", "https://static.example.org/s.css"),
    ]


def test_only_wanted_kinds_are_returned_each_once() -> None:
    markup = "<script src=/x.js></script><img src=/p.png><link rel=stylesheet href=/s.css><script src=/x.js></script>"
    assert found(markup, "script") == [("script", "https://www.example.org/x.js")]
    assert found(markup, "style") == [("style", "https://www.example.org/s.css")]


def test_style_sheet_names_files_relative_to_itself() -> None:
    css = "@import 'more.css'; @font-face { src: url(f.woff2), url(f.woff) } .a { background: url(../b.png) }"
    names = [("style", "c/more.css"), ("font", "c/f.woff2"), ("font", "c/f.woff"), ("image", "b.png")]
    assert in_css(css) == [(kind, f"https://cdn.example.org/{name}") for kind, name in names]


FRAGMENTS = [
    "<!--",
    "-->",
    "<style>",
    "</style",
    "<script src=",
    "<img ",
    "'",
    '"',
    ">",
    "url(",
    "@font-face{",
    "/*",
    "a",
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join))
def test_any_markup_gives_absolute_urls(markup: str) -> None:
    for requisite in requisites_of_page(markup.encode(), PAGE, KINDS):
        assert isinstance(requisite, Requisite)
        assert requisite.url.startswith(("http://", "https://"))
        assert requisite.kind in KINDS


@given(st.text(alphabet="<>!-/*'\"ab ", max_size=40))
def test_text_before_a_requisite_in_its_own_line_does_not_hide_it(text: str) -> None:
    """Closed text cannot swallow the tag that follows it."""
    markup = f"<p>{text.replace('<', '')}</p>\n<link rel=stylesheet href=/s.css>"
    assert found(markup, "style") == [("style", "https://www.example.org/s.css")]


def test_number_of_tags_that_are_looked_at_is_limited() -> None:
    markup = "".join(f"<img src=/{number}.png>" for number in range(MAX_TAGS + 10))
    assert len(found(markup)) == MAX_TAGS
