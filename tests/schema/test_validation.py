"""Validation: nothing that breaks the schema passes, and every fault is told with its path."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.errors import InvalidArticle
from newscrawl.items import Article, Author, Image, Link, MediaObject, Metadata, Removed
from newscrawl.schema.json_schema import json_schema
from newscrawl.schema.validation import NOT_CONTENT, article_digest, validated

IMAGE = Image("https://gdb.example.org/1.jpg", "The bridge", "AFP", "At dawn", "Oakfield", "2016-05-08", None)
ARTICLE = Article(
    url="https://www.example.org/a/bridge/1.html",
    canonicalUrl="https://www.example.org/a/bridge/1.html",
    headline="Bridge Reopens",
    description="It was closed.",
    articleBody="The bridge is open again."
    + " It was closed for nine days." * 8
    + "\n\nIt carries 4,000 cars an hour.",
    paragraphs=("The bridge is open again." + " It was closed for nine days." * 8, "It carries 4,000 cars an hour."),
    dateline="OAKFIELD --",
    datePublished="2016-05-09T14:05:00+02:00",
    dateModified="2016-05-09T15:05:00+02:00",
    datePublishedRaw="May 9, 2016",
    dateModifiedRaw="May 9, 2016",
    authors=(Author("Anna Weaver", "By Anna Weaver", "https://www.example.org/author/1"),),
    sources=("AFP",),
    articleSection="Rivers",
    keywords=("bridge", "flood"),
    inLanguage="en",
    publisher="Oakfield Radio",
    mainImage=IMAGE,
    images=(IMAGE,),
    videos=(MediaObject("https://av.example.org/1.mp4", "Flood", "PT2M30S"),),
    audios=(MediaObject("https://av.example.org/1.mp3", None, None),),
    relatedLinks=(Link("https://www.example.org/a/mill/2.html", "The Mill"),),
    removed=(Removed("Share", "boilerplate"),),
    metadata=Metadata(dateDownloaded="2016-05-10T00:00:00Z", site="example", warcOffset=0),
)


def test_a_sound_article_passes_with_its_digest_and_without_findings() -> None:
    article = validated(ARTICLE)

    assert article.metadata is not None
    assert article.metadata.validationMessages == ()
    assert article.metadata.articleDigest == article_digest(ARTICLE)
    assert replace(article, metadata=None) == replace(ARTICLE, metadata=None)
    assert validated(article) == article


NESTED = {
    "authors": Author,
    "images": Image,
    "videos": MediaObject,
    "audios": MediaObject,
    "relatedLinks": Link,
    "removed": Removed,
}
WRONG: dict[str, Any] = {"a number": 1.5, "a list of numbers": (1,), "an object": {"a": 1}, "true": True}


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Article)])
@pytest.mark.parametrize("kind", sorted(WRONG))
def test_a_field_of_the_wrong_type_is_named(field: str, kind: str) -> None:
    with pytest.raises(InvalidArticle) as caught:
        validated(replace(ARTICLE, **{field: WRONG[kind]}))

    assert caught.value.messages[0].startswith(field)


@pytest.mark.parametrize(
    ("holder", "field"),
    [(holder, field.name) for holder, kind in NESTED.items() for field in dataclasses.fields(kind)],
)
def test_a_field_within_is_named_with_its_path(holder: str, field: str) -> None:
    part = getattr(ARTICLE, holder)[0]
    broken = replace(ARTICLE, **{holder: (part, replace(part, **{field: 1}))})

    with pytest.raises(InvalidArticle) as caught:
        validated(broken)

    assert caught.value.messages[0].startswith(f"{holder}[1].{field}")


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Metadata)])
def test_a_field_of_the_metadata_is_named_with_its_path(field: str) -> None:
    assert ARTICLE.metadata is not None
    with pytest.raises(InvalidArticle) as caught:
        validated(replace(ARTICLE, metadata=replace(ARTICLE.metadata, **{field: 1.5})))

    assert caught.value.messages[0].startswith(f"metadata.{field}")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"url": ""}, "url: not an absolute http(s) URL: ''"),
        ({"url": "/a/1.html"}, "url: not an absolute"),
        ({"url": "file:///etc/passwd"}, "url: not an absolute"),
        ({"url": "javascript:alert(1)"}, "url: not an absolute"),
        ({"url": "https://[::1"}, "url: not an absolute"),
        ({"url": "https://www.example.org/a b"}, "url: not an absolute"),
        ({"canonicalUrl": "//www.example.org/"}, "canonicalUrl: not an absolute"),
        ({"images": (IMAGE, replace(IMAGE, contentUrl="data:x"))}, "images[1].contentUrl: not an absolute"),
        ({"relatedLinks": (Link("mailto:a@example.org"),)}, "relatedLinks[0].url: not an absolute"),
        ({"authors": (Author("A", None, "author/1"),)}, "authors[0].url: not an absolute"),
        ({"datePublished": "2016-05-09"}, "datePublished: not ISO 8601 with offset"),
        ({"datePublished": "2016-05-09T14:05:00"}, "datePublished: not ISO 8601 with offset"),
        ({"dateModified": "yesterday"}, "dateModified: not ISO 8601 with offset"),
        ({"metadata": Metadata(dateDownloaded="")}, "metadata.dateDownloaded: not ISO 8601"),
        ({"images": (IMAGE, replace(IMAGE, dateCreated="2016-5-8"))}, "images[1].dateCreated: not YYYY-MM-DD"),
        ({"images": (IMAGE, replace(IMAGE, dateCreated="2016-02-30"))}, "images[1].dateCreated: not YYYY-MM-DD"),
        ({"headline": None}, "headline: missing"),
        ({"headline": "  "}, "headline: missing"),
        ({"headline": "Nai\u0308ve"}, "headline: not NFC"),
        ({"articleBody": "Other text."}, "articleBody: not the paragraphs"),
        ({"articleBody": None}, "articleBody: not the paragraphs"),
        ({"articleBody": "a\n\n b", "paragraphs": ("a", " b")}, "paragraphs[1]: empty, or white space"),
        ({"articleBody": "a\n\n", "paragraphs": ("a", "")}, "paragraphs[1]: empty, or white space"),
        ({"inLanguage": "English, please"}, "inLanguage"),
        ({"sources": ("AFP", " ")}, "sources: an empty string"),
        ({"keywords": ("",)}, "keywords: an empty string"),
        ({"authors": (Author(""),)}, "authors: an empty name"),
        ({"mainImage": replace(IMAGE, caption="Other")}, "mainImage: not among images"),
        ({"metadata": None}, "metadata: missing"),
        (
            {"articleBody": None, "paragraphs": (), "images": (), "mainImage": None, "videos": (), "audios": ()},
            "neither text nor images nor recordings",
        ),
        ({"headline": "half \ud800"}, "not JSON"),
        ({"headline": object()}, "not JSON"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_its_reason(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArticle) as caught:
        validated(replace(ARTICLE, **changes))

    assert any(told.startswith(message) for told in caught.value.messages), caught.value.messages


def test_all_broken_rules_are_named_at_once() -> None:
    with pytest.raises(InvalidArticle) as caught:
        validated(replace(ARTICLE, headline="", datePublished="x", sources=("",)))

    assert len(caught.value.messages) == 3


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"datePublished": None}, "no datePublished"),
        ({"authors": ()}, "no authors"),
        ({"inLanguage": None}, "no inLanguage"),
        ({"articleBody": None, "paragraphs": ()}, "no text"),
        ({"articleBody": "Short.", "paragraphs": ("Short.",)}, "fewer than 200 characters of text"),
        ({"dateModified": "2016-05-08T00:00:00+00:00"}, "dateModified before datePublished"),
        ({"datePublished": "2016-05-12T00:00:00+00:00", "dateModified": None}, "datePublished after the download"),
        ({"videos": (MediaObject("https://av.example.org/1.mp4", None, "2:30"),)}, "videos: a duration"),
    ],
)
def test_what_is_unusual_passes_with_a_finding(changes: dict[str, Any], finding: str) -> None:
    article = validated(replace(ARTICLE, **changes))

    assert article.metadata is not None
    assert [message for message in article.metadata.validationMessages if message.startswith(finding)]


METADATA = st.builds(
    Metadata,
    dateDownloaded=st.datetimes().map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}Z".rjust(20, "0")),
    site=st.none() | st.text(max_size=9),
    layout=st.none() | st.text(max_size=9),
    warcRecordId=st.none() | st.text(max_size=9),
    warcFilename=st.none() | st.text(max_size=9),
    warcOffset=st.none() | st.integers(0, 2**40),
    extractor=st.none() | st.text(max_size=9),
)


@given(METADATA, st.lists(st.builds(Removed, st.text(max_size=9), st.text(max_size=9)), max_size=3), st.integers(0))
def test_the_digest_is_that_of_the_content_alone(metadata: Metadata, removed: list[Removed], number: int) -> None:
    other = replace(
        ARTICLE, metadata=metadata, removed=tuple(removed), url=f"https://mirror.example.org/a/{number}.html"
    )

    assert article_digest(other) == article_digest(ARTICLE)


@pytest.mark.parametrize(
    "field", [field.name for field in dataclasses.fields(Article) if field.name not in NOT_CONTENT]
)
def test_the_digest_changes_with_every_field_of_the_content(field: str) -> None:
    value = getattr(ARTICLE, field)
    changed: Any = () if isinstance(value, tuple) else None if field == "mainImage" else f"{value} "

    assert article_digest(replace(ARTICLE, **{field: changed})) != article_digest(ARTICLE)


def test_the_digest_is_the_same_everywhere() -> None:
    """It is compared between crawls of different years: a change of the code must not change it unseen."""
    assert article_digest(ARTICLE) == "sha256:b7f0b1b2681d2e559896bd335718ff27e56d6b1d856ce453608f7a31ad0990eb"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2).map(tuple) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)


@given(st.sampled_from([field.name for field in dataclasses.fields(Article)]), JUNK)
def test_whatever_a_field_holds_it_passes_or_is_refused(field: str, junk: Any) -> None:
    messages: tuple[str, ...] = ()
    try:
        assert json.dumps(dataclasses.asdict(validated(replace(ARTICLE, **{field: junk}))))
    except InvalidArticle as refused:
        messages = refused.messages

    assert all(messages)


def test_the_schema_itself_says_the_same_of_it() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    line = json.loads(json.dumps(dataclasses.asdict(validated(ARTICLE))))

    jsonschema.Draft202012Validator(
        json_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(line)
