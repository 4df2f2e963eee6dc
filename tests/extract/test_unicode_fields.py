"""Unicode in every text field of an article: what `clean` promises holds after a field was cut out of a longer text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawl.errors import InvalidArticle, NotAnArticle
from newscrawl.extract.text import clean
from newscrawl.items import Article
from tests.extract.chain import article_of
from tests.extract.pangea import GUID, Pangea, also_read, embedded, figure

RLM, LRM, RLE, PDF, ZWNJ = "\u200f", "\u200e", "\u202b", "\u202c", "\u200c"

JUNK = "\ufeffCo\u00adope\u00adra\u200btion\u2800nai\u0308ve\u200d e\u034f\u0301t\ufe0fe \u2060x\u200by\u3164\u200f"
"""Reads "Cooperation naïve éte xy"."""

PIECES = st.text(
    'aéZ9 .,;:|/()-—"«»،ёЖآیبש中👩\u0301\u034f\ufe0f\xad\u2060\u200b\u200d\u2800\ufeff' + RLM + LRM + RLE + PDF + ZWNJ
)

FARDA = "https://www.radiofarda.com/a/bridge/32900000.html"


def test_no_field_holds_what_nobody_sees() -> None:
    article = article_of(_page(JUNK).capture())

    texts = dict(_texts(orjson.loads(orjson.dumps(article))))
    assert not {path: ascii(text) for path, text in texts.items() if not _is_clean(text)}
    told = {path.split(".")[0] for path, text in texts.items() if "Cooperation naïve éte xy" in text}
    assert told >= {
        *("headline", "description", "articleBody", "paragraphs", "dateline", "authors", "sources", "articleSection"),
        *("keywords", "mainImage", "images", "videos", "relatedLinks", "removed"),
    }


def test_no_field_holds_it_without_a_layout_either() -> None:
    page = _page(JUNK, url="https://example.org/news/bridge").capture()
    article = article_of(replace(page, payload=page.payload.replace(b"wsw", b"story")))  # of no family any more

    assert article.metadata is not None
    assert article.metadata.layout == "general"
    assert all(_is_clean(text) for _, text in _texts(orjson.loads(orjson.dumps(article))))


@given(PIECES)
@example(f"{LRM}א")
@example(f"{RLE}الف، ب{PDF} | {ZWNJ}ج")
def test_every_field_is_as_clean_as_a_text_of_its_own(piece: str) -> None:
    try:
        article = article_of(_page(piece, url=FARDA, lang="fa", direction="rtl").capture())
    except (NotAnArticle, InvalidArticle):  # a headline of nothing
        return

    for path, text in _texts(orjson.loads(orjson.dumps(article))):
        if path != "articleBody" and not path.startswith("metadata"):
            assert clean(text) == text, path


def test_lists_that_are_taken_apart_leave_no_marks_and_no_half_pairs() -> None:
    article = _persian(
        json_ld={
            "keywords": f"کتاب{RLM}, {RLM}پل{ZWNJ}ها, {RLE}می{ZWNJ}خواهم, رود{PDF}, تهران{LRM}",
            "author": {"name": f"آرش کمانگیر{RLM}، {RLE}سارا می{ZWNJ}رود{PDF}"},
        }
    )

    assert article.keywords == ("کتاب", f"پل{ZWNJ}ها", f"می{ZWNJ}خواهم", "رود", "تهران")
    assert [author.name for author in article.authors] == ["آرش کمانگیر", f"سارا می{ZWNJ}رود"]


@pytest.mark.parametrize("attribute", ["tags", "byline"])
def test_so_do_those_of_the_analytics(attribute: str) -> None:
    separator = ";" if attribute == "tags" else "،"
    article = _persian(json_ld=None, bylines=(), utag=f'{attribute}:"کتاب دار{RLM}{separator}{RLE}پل{ZWNJ}ساز{PDF}"')

    found = article.keywords if attribute == "tags" else tuple(author.name for author in article.authors)
    assert found == ("کتاب دار", f"پل{ZWNJ}ساز")


def test_marks_beside_dashes_and_brackets_hide_no_place_and_no_credit() -> None:
    caption = f"تهران{RLM} -- پل{ZWNJ}ها در باران{RLM} ({LRM}AFP{LRM})"
    article = _persian(wsw=embedded(figure(caption)) + f"<p>تهران{RLM} -- {RLM}پل بسته شد.</p><p>رود بالا آمد.</p>")

    (image,) = article.images
    assert (image.caption, image.creditText, image.location) == (f"تهران{RLM} -- پل{ZWNJ}ها در باران", "AFP", "تهران")
    assert article.dateline == f"تهران{RLM} --"
    assert article.paragraphs == ("پل بسته شد.", "رود بالا آمد.")


def test_marks_hide_no_credit_line() -> None:
    line = f"{RLM}با استفاده از گزارش{ZWNJ}های رویترز{RLM}، {LRM}AFP{LRM} و آسوشیتدپرس{RLM}"
    article = _persian(wsw=f"<p>پل بسته شد.</p><p>رود بالا آمد.</p><p>{line}</p>")

    assert article.sources == ("رویترز", "AFP", "آسوشیتدپرس")
    assert len(article.paragraphs) == 2


def test_the_name_of_the_site_leaves_no_mark_behind() -> None:
    page = Pangea(headline=f"پل باز شد{RLM} | {RLM}رادیو فردا", json_ld=None, url=FARDA, lang="fa", direction="rtl")
    page.metas = '<meta content="رادیو فردا" property="og:site_name" />'

    assert article_of(page.capture()).headline == "پل باز شد"


def test_right_to_left_text_keeps_its_order_and_its_pairs() -> None:
    text = f"او گفت {RLE}پل{PDF}: \u2068NATO\u2069 (2016) ۱۴۰۴ «کتاب{ZWNJ}ها» %50"

    assert _persian(wsw=f"<p>{text}</p><p>رود بالا آمد.</p>").paragraphs[0] == text


def _persian(**parts: Any) -> Article:
    parts = {"headline": "پل باز شد", "bylines": (), "by": "از ", **parts}
    return article_of(Pangea(url=FARDA, lang="fa", direction="rtl", **parts).capture())


def _page(junk: str, **parts: Any) -> Pangea:
    """A page with ``junk`` wherever editors write."""
    return Pangea(
        headline=f"H {junk}",
        section=f"S {junk}",
        bylines=((f"Anna {junk}", "/author/anna/1"),),
        cover=figure(f"{junk} at the bridge (Photo: {junk})", GUID.replace("d5d7", "2222")),
        wsw=f'<span class="dateline">KYIV {junk} --{junk}</span><p>{junk} is closed{junk}.</p>'
        + embedded(figure(f"Town -- {junk} at the quay", alt=f"{junk} seen from a boat"))
        + f"<h2>{junk}</h2><blockquote>{junk}</blockquote>{also_read('/a/x/1234567.html', junk)}<p>{junk}.</p>"
        + f"<p><em>With reporting by {junk} News and Reuters</em></p><p>16x9 Image</p><p>{junk} is a reporter.</p>",
        json_ld={
            "headline": f"H {junk}",
            "description": junk,
            "keywords": f"{junk}, K {junk}",
            "articleSection": f"S {junk}",
            "author": [{"name": f"Anna {junk}"}, {"@type": "Organization", "name": f"Org {junk}"}],
            "video": {"@type": "VideoObject", "name": junk, "contentUrl": "https://av.rferl.org/a.mp4"},
        },
        **parts,
    )


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _texts(part, f"{path}.{place}")


def _is_clean(text: str) -> bool:
    return (
        unicodedata.is_normalized("NFC", text)
        and text == text.strip()
        and text.replace("\n\n", " ").isprintable()
        and not set(text) & set("\u034f\u2800\u3164\ufe0f")
    )
