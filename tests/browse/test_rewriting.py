"""Archived pages lead into the archive alone: no address of the outside survives rewriting, no script does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.browse.rewriting import rewritten_page, rewritten_style
from tests.browse.library import HOSTILE

BASE = "https://www.wendcourier.example/news/1.html"


def placed(url: str, kind: str) -> str:
    return f"/PLACE/{kind}/{url.replace('://', '+')}"


def test_addresses_lead_into_the_archive() -> None:
    page = rewritten_page(
        '<base href="/a/"><a href="b">x</a><img src="c.png" srcset="d.png 1x, e.png 2x">', BASE, placed
    )

    assert 'href="/PLACE/page/https+www.wendcourier.example/a/b"' in page
    assert 'src="/PLACE/image/https+www.wendcourier.example/a/c.png"' in page
    assert "/a/d.png 1x, " in page
    assert "<base" not in page


@pytest.mark.parametrize(
    "css", ["url(x.png)", "url('x.png')", 'url( "x.png" )', '@import "x.png"', "@import url(x.png)"]
)
def test_addresses_in_style_sheets_lead_into_the_archive(css: str) -> None:
    assert re.search(r"/PLACE/\w+/https\+www\.wendcourier\.example/news/x\.png", rewritten_style(css, BASE, placed))


def test_a_hostile_page_keeps_no_address_and_no_script() -> None:
    page = rewritten_page(HOSTILE.format(attack="http://attack.example", port=80), BASE, placed)

    assert "http://attack.example" not in page
    assert "//attack.example" not in page
    for left in (
        "<script",
        "onload",
        "onerror",
        "javascript:",
        "<object",
        "<embed",
        "srcdoc",
        "ping=",
        "preconnect",
        "prefetch",
    ):
        assert left not in page, left


@given(
    st.text(max_size=200),
    st.sampled_from(["", "<a href='", '<img src="', "<style>", "<p style='", "<svg><image href="]),
)
def test_no_text_makes_an_address_of_the_outside(text: str, start: str) -> None:
    page = rewritten_page(f"{start}http://attack.example/{text}", BASE, placed)

    for attribute in re.findall(r'(?:href|src|srcset|poster)="([^"]*)"', page):
        assert not attribute.strip().lower().startswith(("http:", "https:", "//", "javascript:")), attribute
