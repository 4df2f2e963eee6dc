"""Text-only copies of pages: golden files in several languages, the seed, hostile texts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.errors import NotAnArticle
from newscrawl.extract.plaintext.article import MAX_TEXT, article_from_text
from newscrawl.extract.text import clean
from newscrawl.schema.validation import validated

FOLDER = Path(__file__).parent / "copies"
COPIES = sorted(FOLDER.glob("*.txt"))
LANGUAGES = {"page": "en", "wrapped": "en", "sr": "sr-Latn"}
DOWNLOADED = "2016-05-10T00:00:00Z"


def told(path: Path, *, language: str | None = "") -> dict[str, Any]:
    """What is told of a copy, without what is unknown of any."""
    tag = LANGUAGES.get(path.stem, path.stem) if language == "" else language
    text = path.read_text("utf-8")
    article = article_from_text(
        text, url="https://www.example.org/a/1.html", language=tag, date=DOWNLOADED, time_zone="UTC"
    )
    validated(article)
    return {
        "headline": article.headline,
        "published": article.datePublished,
        "authors": [author.name for author in article.authors],
        "dateline": article.dateline,
        "paragraphs": list(article.paragraphs),
        "sources": list(article.sources),
        "images": [[image.caption, image.creditText, image.location, image.dateCreated] for image in article.images],
        "removed": [[removed.reason, removed.text] for removed in article.removed],
    }


@pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
def test_a_copy_comes_out_as_its_golden_file_says(path: Path) -> None:
    assert told(path) == json.loads(path.with_suffix(".json").read_text("utf-8"))


@pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
def test_the_language_need_not_be_known(path: Path) -> None:
    known, unknown = told(path), told(path, language=None)

    for key in ("headline", "paragraphs", "images", "dateline"):
        assert unknown[key] == known[key]
    assert len(unknown["sources"]) == len(known["sources"])


@pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
def test_a_cleaned_copy_is_clean(path: Path) -> None:
    paragraphs = told(path)["paragraphs"]

    again = article_from_text("\n".join(["A headline", *paragraphs]), language=LANGUAGES.get(path.stem, path.stem))

    assert list(again.paragraphs) == paragraphs
    assert again.removed == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_line_breaks_of_every_kind_part_lines(newline: str) -> None:
    text = (FOLDER / "uk.txt").read_text("utf-8")

    found = article_from_text(text.replace("\n", newline), language="uk")

    assert list(found.paragraphs) == told(FOLDER / "uk.txt")["paragraphs"]


def test_the_seed_as_it_was_left_comes_out_as_expected(shared: Path) -> None:
    expected = json.loads((shared / "seed" / "expected.json").read_text("utf-8"))

    article = article_from_text((shared / "seed" / "article.txt").read_text("utf-8"))

    assert article.headline == expected["headline"]
    assert article.articleBody == expected["articleBody"]
    assert list(article.paragraphs) == expected["paragraphs"]
    assert list(article.sources) == expected["sources"]
    assert article.dateline == expected["dateline"]
    assert [
        {"caption": image.caption, "location": image.location, "dateCreated": image.dateCreated}
        for image in article.images
    ] == expected["images"]
    assert [text for text in expected["notInBody"] if text in (article.articleBody or "")] == []
    assert {removed.reason for removed in article.removed} == {"boilerplate", "caption", "bio", "credit"}


PAGE = """Accessibility links

{top}
The Bridge Over The River Reopens After The Flood
The mayor of Oakfield

The mayor of Oakfield opened the bridge on May 9, after it had been closed for nine days.

It carries four thousand cars an hour, said the mayor of the town on the other bank.

XS
SM
MD
LG
Forum
Search
"""


@pytest.mark.parametrize("top", ["", "Radio Oakfield Radio Oakfield\n", "Friday 19 April 2024 Oakfield 19:17\n"])
def test_the_headline_is_not_what_stands_around_it(top: str) -> None:
    article = article_from_text(PAGE.format(top=top), language="en", date="2024-04-19T19:17:00Z")

    assert article.headline == "The Bridge Over The River Reopens After The Flood"
    assert article.datePublished is None
    assert len(article.paragraphs) == 3


@pytest.mark.parametrize(
    ("language", "links"),
    [
        ("ps", "د لاسرسۍ وړ لېنکونه\n\nتازه خبر\nجمعه ۱۰ وری ۱۴۰۳ کابل ۰۳:۰۲"),
        ("ps", "د لاسرسي ځای\n\nتازه خبر"),
        ("sq", "Ndërlidhjet"),
        ("az", "Keçid linkləri\n\n2024, 19 Aprel, Cümə, Bakı vaxtı 19:17"),
        ("tk", "Sepleriň elýeterliligi\n\nSoňky habar\nGöni efirde"),
        ("ce", "ТIекхочийла долу линкаш\n\nЦIеххьана кхаьчна хаам!"),
    ],
)
def test_the_links_above_the_story_are_none_of_it(language: str, links: str) -> None:
    text = f"{links}\n\nThe Bridge Reopens\n\nThe bridge was closed for nine days.\n\nIt is open."

    article = article_from_text(text, language=language, date=DOWNLOADED)

    assert article.headline == "The Bridge Reopens"
    assert article.paragraphs == ("The bridge was closed for nine days.", "It is open.")
    assert article.datePublished is None
    assert "\n".join(removed.text for removed in article.removed if removed.text in links).split() != []


@pytest.mark.parametrize("text", ["", " \n\n\u200b\n", "Share\nPrint\nAccessibility links", "\ufeff"])
def test_what_holds_no_text_is_no_article(text: str) -> None:
    with pytest.raises(NotAnArticle, match="no text"):
        article_from_text(text)


LINES = st.one_of(
    st.text(max_size=50),
    st.sampled_from(
        [
            "Share",
            "16x9 Image",
            "May 9, 2016",
            "By Anna Weaver",
            "OAKFIELD -- The bridge is open.",
            "Oakfield -- A guard on the bridge, May 8, 2016",
            "With reporting by AFP",
            "Read also:",
            "The bridge carries four thousand cars an hour, said the mayor.",
        ]
    ),
)


@given(st.lists(LINES, max_size=25))
def test_whatever_the_lines_nothing_vanishes(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        article = article_from_text(text, date=DOWNLOADED)
    except NotAnArticle:
        return

    told_apart = [
        article.headline or "",
        article.dateline or "",
        article.datePublishedRaw or "",
        *{author.nameRaw or "" for author in article.authors},
        *article.paragraphs,
        *(removed.text for removed in article.removed),
    ]
    assert not _visible(map(clean, text.splitlines())) - _visible(told_apart)


HOSTILE = {
    "one endless line": "a" * 4_000_000,
    "one endless line of dashes": "- " * 1_000_000,
    "one endless line of places": "KYIV -- " * 300_000,
    "one endless line of brackets": "(" * 1_000_000 + "AFP" + ")" * 1_000_000,
    "one endless line of years": "May 2016 " * 300_000,
    "blanks": " " * 4_000_000 + "x",
    "line breaks": "\n" * 2_000_000 + "x",
    "short lines": "x\n" * 300_000,
    "equal captions": "Oakfield -- A guard on the bridge, May 8, 2016\n" * 60_000,
    "other captions": "".join(f"Oakfield -- Guard {n}, May 8, 2016\n" * 2 for n in range(30_000)),
    "portraits": "16x9 Image\n" * 100_000,
    "labels": "Read also:\n" * 100_000,
    "credits": "With reporting by AFP\n" * 100_000,
    "combining marks": "a" + "\u0301" * 200_000,
    "embeddings": "\u05d0" + "\u202b" * 200_000,
    "zero width": ("\u200b\u200c\u200d" * 100_000 + "a\n") * 3,
    "comments": "<!-- > " * 200_000,
    "scripts": "<script> " * 100_000,
    "figures": "<figcaption>" * 50_000,
    "emphasis": "**a" * 200_000,
    "tags": "<p " * 300_000 + ">",
    "alternating": (
        "The bridge carries four thousand cars an hour, said the mayor of the town on the other bank.\n" * 2
        + "The ferry carries four hundred cars an hour, said the mayor of the town on the other bank of it.\n"
    )
    * 20_000,
    "different short lines": "".join(f"word {n}\n" for n in range(50_000)),
    "null bytes": "\x00" * 1_000_000 + "text of a page",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_text_costs_no_more_than_its_length(name: str) -> None:
    """Quadratic cost would take hours here, and the limit of the whole test run would end it."""
    try:
        article = article_from_text(HOSTILE[name])
    except NotAnArticle:
        return
    assert article.url == "about:blank"


def test_a_text_is_read_as_far_as_the_limit() -> None:
    article = article_from_text("The bridge is open again, said the mayor.\n" + "x" * MAX_TEXT + "end")

    assert not (article.articleBody or "").endswith("end")


def _visible(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))
