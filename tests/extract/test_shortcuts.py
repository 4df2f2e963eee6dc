"""What is told the short way is what the long way would tell."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin, urlsplit

import fastjsonschema
import lxml.html
import pytest
from extruct.jsonld import JsonLdExtractor
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborNode

from newscrawl.extract import text as text_of
from newscrawl.extract.captions import match as caption_forms
from newscrawl.extract.html import classify as roles
from newscrawl.extract.html import limits
from newscrawl.extract.html import tags as markup_of
from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import places, within
from newscrawl.extract.html.urls import Base
from newscrawl.extract.jsonld import parse as structured
from newscrawl.extract.jsonld.parse import json_ld
from newscrawl.extract.phrases.bylines import BY
from newscrawl.extract.phrases.credits import CREDIT_ENDS, CREDIT_STARTS
from newscrawl.extract.phrases.edges import closing_phrases, opening_phrases, small
from newscrawl.extract.text import comparable
from newscrawl.schema import conformance
from newscrawl.schema.json_schema import json_schema
from newscrawl.sites.pangea import LAYOUTS, VOA_DRUPAL

STANDARD, QUIRKS = "<!DOCTYPE html>", ""
NAMES = (
    "wsw",
    "also-read",
    "media-block",
    "caption",
    "c-author",
    "hidden",
    "share",
    "Share",
    "region",
    "wsw__embed",
    "x",
)
TAGS = ("div", "p", "figure", "aside", "script", "svg", "button", "blockquote", "span")
PHRASES = sorted({phrase for table in (BY, CREDIT_STARTS, CREDIT_ENDS) for part in table.values() for phrase in part})


@st.composite
def markup(draw: st.DrawFn, depth: int = 4) -> str:
    tag = draw(st.sampled_from(TAGS))
    parting = draw(st.sampled_from((" ", "\n", "\t ", "\xa0")))
    classes = parting.join(draw(st.lists(st.sampled_from(NAMES), max_size=3)))
    attributes = draw(st.sampled_from(("", ' id="comments"', " data-area-id", ' id="x" hidden')))
    inner = "".join(draw(st.lists(markup(depth - 1), max_size=3))) if depth else "text"
    return f'<{tag} class="{classes}"{attributes}>{inner}</{tag}>'


@pytest.mark.parametrize("layout", [LAYOUTS[0], LAYOUTS[-2], VOA_DRUPAL], ids=lambda layout: layout.name)
@given(body=markup(), doctype=st.sampled_from((STANDARD, QUIRKS)))
@settings(max_examples=150)
def test_the_roles_in_a_text_are_those_that_the_selectors_find(layout, body: str, doctype: str) -> None:
    page = Page("https://example.org/", f"{doctype}<body><div class=wsw>{body}</div>")
    container = page.first("div")
    assert container is not None
    searched: dict[int, int] = {}
    selectors = (layout.figures, layout.related, layout.bio, layout.embeds, layout.chrome)
    for role, selector in enumerate(selectors):
        for node in container.css(selector) if selector else ():
            searched.setdefault(node.mem_id, role)

    found = roles.roles_in(container, layout, is_standard=page.is_standard)

    assert {node.mem_id: role for node, role in found} == searched
    in_order = [node.mem_id for node in container.css("*") if node.mem_id in searched]
    assert [node.mem_id for node, _ in found] == in_order


@given(body=markup(), doctype=st.sampled_from((STANDARD, QUIRKS)))
@settings(max_examples=150)
def test_what_lies_in_a_region_is_told_by_its_ancestors(body: str, doctype: str) -> None:
    whole = Page("https://example.org/", f"{doctype}<body><div class=region><main>{body}</main></div>")
    selector = ".fc__body .x, .region, .media-block, [data-area-id], aside, .share .x"
    for page in (whole, whole.part(whole.first("main"))):
        named = page.all(selector)
        regions = roles.Regions(page, selector)

        def lies_in_one(node: LexborNode, named: list[LexborNode] = named) -> bool:
            return within(node, places(named))

        for node in page.all("*"):
            assert regions.hold(node) is lies_in_one(node)


@given(
    start=st.sampled_from(PHRASES),
    spelled=st.sampled_from((str, str.upper, str.title, str.capitalize, lambda text: text.replace("i", "İ"))),
    rest=st.sampled_from(("", " AFP", ": AFP", "x", "ı")),
)
@settings(max_examples=500)
def test_phrases_at_the_edges_are_those_that_a_search_without_case_finds(start: str, spelled, rest: str) -> None:
    opened, closed = spelled(start) + rest, rest + spelled(start)
    phrases = [small(phrase) for phrase in PHRASES]
    by_search = [len(phrase) for phrase in PHRASES if re.match(re.escape(phrase), opened, re.I)]
    at_the_end = [len(phrase) for phrase in PHRASES if re.search(re.escape(phrase) + r"\Z", closed, re.I)]

    assert len(small(opened)) == len(opened)
    assert list(opening_phrases(small(opened), phrases)) == by_search
    assert list(closing_phrases(small(closed), phrases)) == at_the_end


@given(
    base=st.sampled_from(
        ("https://www.example.org/a/b.html", "http://127.0.0.1:80/", "HTTPS://E.org/x", "ftp://a/b", "x")
    ),
    parts=st.lists(
        st.sampled_from(("/", "a", "..", ".", "?", "#", ";", "=1", "é", "%", "\\", ":", "@", "//", "[", " ", "\t")),
        max_size=7,
    ),
)
@settings(max_examples=500)
def test_addresses_are_joined_as_urllib_joins_them(base: str, parts: list[str]) -> None:
    url = "".join(parts)
    try:
        joined = urljoin(base, url.strip())
        split = urlsplit(joined)
    except ValueError:
        joined, split = "", urlsplit("")

    is_one = url.strip() and url.strip()[0] != "#" and split.scheme in ("http", "https")
    is_sound = is_one and split.hostname and not re.search(r"\s", split.netloc)
    assert Base(base).joined(url) == (joined.replace(" ", "%20") if is_sound else None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("@type", "name", "a")), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(document=JSON)
@settings(max_examples=200)
def test_plain_json_ld_is_what_extruct_gives(document: object) -> None:
    script = json.dumps(document)
    tree = lxml.html.Element("html")
    lxml.etree.SubElement(tree, "script", type="application/ld+json").text = script

    assert json_ld([script]) == tuple(structured._unfolded(JsonLdExtractor().extract_items(tree)))


@given(first=st.text(min_size=2, max_size=4), second=st.text(min_size=2, max_size=4))
@settings(max_examples=500)
def test_texts_that_begin_otherwise_do_not_say_the_same(first: str, second: str) -> None:
    if caption_forms._begin_otherwise(first[:2], second[:2]):
        assert comparable(first)[:1] != comparable(second)[:1]


VALUE = (
    st.none()
    | st.integers(0, 5)
    | st.just("")
    | st.just("en")
    | st.just(("a",))
    | st.sampled_from(((1,), (None,), ({},), ([],)))
    | st.just({})
    | st.just(())
)


@given(changes=st.dictionaries(st.sampled_from(list(json_schema()["properties"])), VALUE, max_size=3))
@settings(max_examples=300)
def test_what_the_quick_check_takes_the_schema_takes(changes: dict[str, object]) -> None:
    properties = json_schema()["properties"]
    sound = {name: () if part.get("type") == "array" else None for name, part in properties.items()}
    document = {**sound, "url": "https://example.org/", "type": "NewsArticle", **changes}
    assert conformance.quick_check()({**sound, "url": "https://example.org/", "type": "NewsArticle"})

    if conformance.quick_check()(document):
        conformance.schema_check()(document)
    else:
        with pytest.raises(fastjsonschema.JsonSchemaValueException):
            conformance.schema_check()(document)


@given(
    pieces=st.lists(
        st.sampled_from(("<", ">", "<p ", "x" * 99_999, "x" * 100_001, "</", " x=1" * 251, "/x" * 600, '"', "='>' ")),
        max_size=6,
    )
)
@example(["<", "x" * 99_999, ">"])
def test_a_tag_that_is_too_heavy_is_found(pieces: list[str]) -> None:
    html = "".join(pieces)
    by_tokens = any(markup_of._end_of_heavy_tag(html, tag.start()) for tag in markup_of._TAG.finditer(html))

    assert markup_of.has_heavy_tag(html) is by_tokens


@given(st.text("ab=/\"' \t\n<&", max_size=60))
@settings(max_examples=500)
def test_there_are_no_more_attributes_than_what_parts_them_says(text: str) -> None:
    attributes = sum(1 for _ in markup_of._ATTRIBUTES.finditer(text))
    assert attributes <= 1 + sum(character.encode() in markup_of._PARTING for character in text)


@given(st.text("aB9é ,.-_«»\u0640\u0645\u200c\u0301", max_size=20))
def test_letters_and_digits_are_what_a_search_leaves(text: str) -> None:
    assert text_of._letters_and_digits(text) == text_of._NO_LETTER_OR_DIGIT.sub("", text)


@given(
    names=st.lists(
        st.sampled_from(("div", "/div", "DIV", "b", "/b", "p", "/p", "svg", "foreign tr", "/foreign tr", "br", ""))
    ),
    times=st.integers(1, 60),
)
@settings(max_examples=300)
def test_tags_are_within_the_limits_where_none_is_dropped(names: list[str], times: int) -> None:
    assert limits._is_within_limits(names * times) is (not any(limits._drops(names * times)))


@pytest.mark.parametrize(
    "start",
    ["<!-->", "<!--->", "<!-- x --!>", "<svg><style>", "<svg><title>", "<math><textarea>", "<svg><desc><script>"],
)
def test_no_tag_hides_behind_what_the_parser_does_not_take_for_text(start: str) -> None:
    html = f"<html><body>{start}" + "<div>" * 3_000

    assert limits.bounded_markup(html).count("<div>") <= 400


@given(
    st.lists(
        st.sampled_from(
            (
                *(
                    "<svg>",
                    "<SVG a='>'>",
                    "<svg/>",
                    "</svg>",
                    "<math>",
                    "</math>",
                    "<path/>",
                    "<g>",
                    "</g>",
                    "<p>",
                    "</p>",
                ),
                *("<title>", "<title/>", "</title>", "<Style>", "</style>", "<style a=b/>", "</titlex>", "<!--", "-->"),
                *("<textarea>", "</textarea >", "<plaintext>", "<a b=c/>", "</a>", "<b>", "text", "<", ">", "<desc>"),
            )
        ),
        max_size=12,
    )
)
@settings(max_examples=2_000)
def test_tags_told_at_once_are_those_told_one_by_one(pieces: list[str]) -> None:
    html = "".join(pieces)

    assert markup_of.tag_names(html, 100) == [tag.name for tag in markup_of.tags_of(html, 100)]


def test_a_page_full_of_icons_keeps_its_tags() -> None:
    html = "<html><body>" + '<a href="/x"><svg><path d="M0 0"/><use href="#i"/></svg></a><p>Text</p>' * 600

    assert limits.bounded_markup(html) == html
