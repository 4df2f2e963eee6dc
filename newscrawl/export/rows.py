"""The rows of a corpus: articles as they are, their paragraphs, or their sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import orjson

from newscrawl.extract.sentences import sentence_starts
from newscrawl.items import Article


@dataclass(frozen=True, slots=True)
class TextRow:
    """One paragraph or sentence, with what is needed to find and to choose it."""

    id: str
    """URL, start of the article's digest, number of the paragraph and of the sentence, counted from 0:
    ``https://…#1a2b3c4d-3.1``. So the revisions of one article have different rows."""
    text: str
    url: str
    headline: str | None
    language: str | None
    date: str | None
    """Publication, ISO 8601."""
    site: str | None
    paragraph: int
    sentence: int | None
    """None in a row of a whole paragraph."""


def article_rows(line: bytes) -> Iterator[bytes]:
    """Yield the article's own line."""
    yield line if line.endswith(b"\n") else line + b"\n"


def paragraph_rows(line: bytes) -> Iterator[bytes]:
    """Yield a line for each paragraph."""
    article = orjson.loads(line)
    for number, text in enumerate(article.get("paragraphs") or ()):
        yield _row(article, text, number, None)


def sentence_rows(line: bytes) -> Iterator[bytes]:
    """Yield a line for each sentence, by the marks of all scripts; paragraphs are never joined."""
    article = orjson.loads(line)
    for number, text in enumerate(article.get("paragraphs") or ()):
        for place, sentence in enumerate(sentences_of(text)):
            yield _row(article, sentence, number, place)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a paragraph; joined by a space they have all its words."""
    starts = [0, *sentence_starts(text), len(text)]
    parts = (text[start:end].strip() for start, end in pairwise(starts))
    return [part for part in parts if part]


def _row(article: dict[str, Any], text: str, paragraph: int, sentence: int | None) -> bytes:
    url = article["url"]
    place = str(paragraph) if sentence is None else f"{paragraph}.{sentence}"
    metadata = article.get("metadata") or {}
    digest = metadata.get("articleDigest") or ""
    row = TextRow(
        id=f"{url}#{digest.rpartition(':')[2][:8]}-{place}",
        text=text,
        url=url,
        headline=article.get("headline"),
        language=article.get("inLanguage"),
        date=article.get("datePublished"),
        site=metadata.get("site"),
        paragraph=paragraph,
        sentence=sentence,
    )
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


@dataclass(frozen=True, slots=True)
class RowKind:
    """What one row of a corpus is."""

    rows: Callable[[bytes], Iterator[bytes]]
    item: type
    """The dataclass of its columns."""


ROW_KINDS = {
    "article": RowKind(article_rows, Article),
    "paragraph": RowKind(paragraph_rows, TextRow),
    "sentence": RowKind(sentence_rows, TextRow),
}
"""By the values of ``--rows``."""
