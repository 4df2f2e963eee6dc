"""Whether an article keeps to the schema, and what is unusual about it though it does."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit

import orjson

from newscrawl.errors import InvalidArticle
from newscrawl.items import Article, Author, ClaimReview, Image, Link, MediaObject, Metadata, Removed
from newscrawl.schema.conformance import Document, schema_faults

NOT_CONTENT = ("metadata", "url", "removed")
"""Keys that say how an article was found and read, not what was published."""

SINCE_FIRST_SCHEMA = ("claimReview",)
"""Keys that later schemas added: an article without them has the digest that it always had."""

SHORT_TEXT = 200
"""Characters: an article with less text is unusual; none of the 200 reviewed articles of wcxb has less."""

_NAMES = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Article, Author, ClaimReview, Image, Link, MediaObject, Metadata, Removed)
}
_READERS = {kind: (names, attrgetter(*names)) for kind, names in _NAMES.items()}

_LATEST = timedelta(days=1)
"""How far after its download an article may be dated: newsrooms and crawlers live in different zones."""

_DURATION = re.compile(r"P(?=.)(?:\d+(?:\.\d+)?[YMWD])*(?:T(?=\d)(?:\d+(?:[.,]\d+)?[HMS])+)?")
_PLAIN_URL = re.compile(r"(?i:https?)://[^\s/?#@\\\[\]]+(?:[/?#]\S*)?")


def validated(article: Article) -> Article:
    """``article`` with ``metadata.articleDigest`` and ``metadata.validationMessages`` set.

    Raises:
        InvalidArticle: it breaks the schema or its rules; all reasons are named.
    """
    named = _named_values(article)
    document = _document(named)
    digest = _digest(document)
    broken = tuple(schema_faults(document)) or tuple(_broken_rules(document))
    if broken or article.metadata is None:
        raise InvalidArticle(broken or ("metadata: missing",), article)
    named["metadata"] = replace(
        article.metadata,
        articleDigest=digest,
        validationMessages=tuple(dict.fromkeys((*article.metadata.validationMessages, *_findings(document)))),
    )
    return Article(**named)


def article_digest(article: Article) -> str:
    """Return ``sha256:hex`` of the content.

    The content is the canonical JSON (sorted keys, UTF-8, no white space) of all keys except for ``metadata``, ``url``
    and ``removed``.
    """
    return _digest(_document(_named_values(article)))


def _document(named: dict[str, Any]) -> Document:
    """Return the article of a JSON line, with its lists as tuples."""
    document = named.copy()
    for name, value in named.items():
        if type(value) is tuple and value and type(value[0]) is not str:
            document[name] = tuple([_named_values(part) if type(part) in _READERS else part for part in value])
        elif type(value) in _READERS:
            document[name] = _named_values(value)
    return document


def _named_values(item: Any) -> Document:
    names, values = _READERS[type(item)]
    return dict(zip(names, values(item), strict=True))


def _digest(document: Document) -> str:
    """Return the digest of what was published.

    Raises:
        InvalidArticle: the document holds what JSON cannot.
    """
    content = document.copy()
    rest = [content.pop(key) for key in NOT_CONTENT]
    for key in SINCE_FIRST_SCHEMA:
        if content[key] is None:
            del content[key]
    try:
        orjson.dumps(rest, option=orjson.OPT_PASSTHROUGH_DATETIME)
        canonical = orjson.dumps(content, option=orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME)
    except orjson.JSONEncodeError as error:
        raise InvalidArticle((f"not JSON: {error}",)) from error
    return "sha256:" + hashlib.sha256(canonical).hexdigest()


def _broken_rules(document: Document) -> Iterator[str]:
    yield from _broken_urls(document)
    yield from _broken_dates(document)
    yield from _broken_text(document)
    if not (document["headline"] or "").strip():
        yield "headline: missing"
    if not any(document[key] for key in ("paragraphs", "images", "videos", "audios")):
        yield "neither text nor images nor recordings"
    if document["mainImage"] is not None and document["mainImage"] not in document["images"]:
        yield "mainImage: not among images"
    for key in ("sources", "keywords"):
        if not all(text.strip() for text in document[key]):
            yield f"{key}: an empty string"
    if not all(author["name"].strip() for author in document["authors"]):
        yield "authors: an empty name"


def _broken_urls(document: Document) -> Iterator[str]:
    if not _is_web_url(document["url"]):
        yield f"url: not an absolute http(s) URL: {document['url']!r}"
    if document["canonicalUrl"] is not None and not _is_web_url(document["canonicalUrl"]):
        yield f"canonicalUrl: not an absolute http(s) URL: {document['canonicalUrl']!r}"
    for key in ("authors", "images", "videos", "audios", "relatedLinks"):
        for place, part in enumerate(document[key]):
            for name in ("url", "contentUrl") if key == "images" else ("url",):
                value = part[name]
                if value is not None and _PLAIN_URL.fullmatch(value) is None and not _is_web_url(value):
                    yield f"{key}[{place}].{name}: not an absolute http(s) URL: {value!r}"


def _is_web_url(text: str) -> bool:
    if _PLAIN_URL.fullmatch(text) is not None:
        return True
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)


def _broken_dates(document: Document) -> Iterator[str]:
    dates = [(key, document[key]) for key in ("datePublished", "dateModified")]
    if document["metadata"] is not None:
        dates.append(("metadata.dateDownloaded", document["metadata"]["dateDownloaded"]))
    for key, value in dates:
        if value is not None and _instant(value) is None:
            yield f"{key}: not ISO 8601 with offset: {value!r}"
    for place, image in enumerate(document["images"]):
        day = image["dateCreated"]
        if day is not None and not _is_day(day):
            yield f"images[{place}].dateCreated: not YYYY-MM-DD: {day!r}"


def _instant(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text)
        return instant.astimezone(UTC) if instant.tzinfo is not None and "T" in text else None
    except (ValueError, OverflowError):
        return None


def _is_day(text: str) -> bool:
    try:
        return len(text) == len("YYYY-MM-DD") and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _broken_text(document: Document) -> Iterator[str]:
    paragraphs = document["paragraphs"]
    body = document["articleBody"]
    if body != ("\n\n".join(paragraphs) or None):
        yield "articleBody: not the paragraphs joined by one blank line"
    if "" in paragraphs or tuple(map(str.strip, paragraphs)) != paragraphs:
        for place, paragraph in enumerate(paragraphs):
            if not paragraph or paragraph != paragraph.strip():
                yield f"paragraphs[{place}]: empty, or white space at an edge"
    for key in ("headline", "articleBody"):
        if document[key] is not None and not unicodedata.is_normalized("NFC", document[key]):
            yield f"{key}: not NFC"


def _findings(document: Document) -> Iterator[str]:
    for key in ("datePublished", "authors", "inLanguage"):
        if not document[key]:
            yield f"no {key}"
    if not document["paragraphs"]:
        yield "no text"
    elif len(document["articleBody"]) < SHORT_TEXT:
        yield f"fewer than {SHORT_TEXT} characters of text"
    yield from _unusual_dates(document)
    for key in ("videos", "audios"):
        if any(part["duration"] and not _DURATION.fullmatch(part["duration"]) for part in document[key]):
            yield f"{key}: a duration that is not ISO 8601"


def _unusual_dates(document: Document) -> Iterator[str]:
    published = _instant(document["datePublished"] or "")
    modified = _instant(document["dateModified"] or "")
    downloaded = _instant(document["metadata"]["dateDownloaded"])
    if published and modified and modified < published:
        yield "dateModified before datePublished"
    if published and downloaded and published > downloaded + _LATEST:
        yield "datePublished after the download"
