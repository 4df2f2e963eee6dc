"""What was published, as data: one :class:`Article` is one JSON line.

Names are schema.org's (NewsArticle, ImageObject, MediaObject) where it has them, the same in Python and in JSON. Every
key is always present, in this order, ``null`` or ``[]`` when unknown. The attribute docstrings become the JSON Schema
and ``docs/schema.md``.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib import import_module
from typing import Any, Self

import orjson

SCHEMA_VERSION = "1.1"


class _Parts:
    """Pickle an item by its parts, in half the time that dataclasses take; convert it to and from plain values."""

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        return type(self), tuple(getattr(self, name) for name in self.__slots__)

    def to_dict(self) -> dict[str, Any]:
        """Return the values of the JSON line: dicts, lists, strings, numbers and None; every key, in order."""
        values: dict[str, Any] = orjson.loads(orjson.dumps(self))
        return values

    def to_json(self) -> str:
        """Return the JSON object, on one line without a line end."""
        return orjson.dumps(self).decode()

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """Return the item that :meth:`to_dict` made ``values`` of.

        Raises:
            ValueError: a key is missing that has no default, or there is an unknown one.
        """
        try:
            item: Self = _maker(typing.cast(typing.Hashable, cls))(values)
        except (TypeError, AttributeError, KeyError) as error:
            raise ValueError(f"not a {cls.__name__}: {error}") from error
        return item

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """Return the item of a JSON object, such as a line of an output.

        Raises:
            ValueError: it is not JSON, or not such an item.
        """
        return cls.from_dict(orjson.loads(line))


@dataclass(frozen=True, slots=True)
class Author(_Parts):
    """A person or an organisation of the byline (schema.org ``author``)."""

    name: str
    """The name, without the byline's "By"."""
    nameRaw: str | None = None
    """The byline as the page has it."""
    url: str | None = None
    """The author's page, absolute."""


@dataclass(frozen=True, slots=True)
class Image(_Parts):
    """A picture of the article (schema.org ``ImageObject``)."""

    url: str | None = None
    """The original size, absolute."""
    caption: str | None = None
    """What the editors wrote under it, once, without the credit."""
    creditText: str | None = None
    """Who is to be credited: photographer, agency."""
    description: str | None = None
    """The alternative text (``alt``) where it says more than the caption."""
    location: str | None = None
    """The place that opens an agency caption: "Belgium" in "Belgium -- ..."."""
    dateCreated: str | None = None
    """The day the picture was taken, ISO 8601 (YYYY-MM-DD), where the caption tells it."""
    contentUrl: str | None = None
    """The rendition that the page serves, absolute."""


@dataclass(frozen=True, slots=True)
class MediaObject(_Parts):
    """A video or an audio recording (schema.org ``MediaObject``)."""

    url: str
    """The media file or stream, absolute."""
    name: str | None = None
    """Its title."""
    duration: str | None = None
    """ISO 8601 duration, such as ``PT2M30S``."""


@dataclass(frozen=True, slots=True)
class Link(_Parts):
    """A link that the editors set beside the text."""

    url: str
    """Absolute."""
    name: str | None = None
    """The text of the link."""


@dataclass(frozen=True, slots=True)
class ClaimReview(_Parts):
    """What a fact check found (schema.org ``ClaimReview``)."""

    claimReviewed: str | None = None
    """The claim, in the words of the page."""
    claimant: str | None = None
    """Who made the claim (``itemReviewed.author`` in schema.org)."""
    verdict: str | None = None
    """The verdict in words, such as "False" (``reviewRating.alternateName`` in schema.org)."""


@dataclass(frozen=True, slots=True)
class Removed(_Parts):
    """A piece of text that was taken out of the body."""

    text: str
    """The piece, as it stood there."""
    reason: str
    """Why: ``caption``, ``credit``, ``bio``, ``related``, ``dateline``, ``boilerplate``..."""


@dataclass(frozen=True, slots=True)
class Metadata(_Parts):
    """Where the article comes from and how it was read."""

    dateDownloaded: str
    """The capture's instant, the WARC-Date: ISO 8601, UTC. Never the clock."""
    site: str | None = None
    """Name of the service; null for a page of none that has a profile, or of one that the page does not state."""
    layout: str | None = None
    """Name of the layout that the page was read with; ``general`` for the general extractor."""
    originalUrl: str | None = None
    """URL of the page that ``url`` is a web archive's copy of, where it is one."""
    warcRecordId: str | None = None
    """WARC-Record-ID of the response (or revisit) record, ``<urn:uuid:...>``."""
    warcFilename: str | None = None
    """Base name of the WARC file."""
    warcOffset: int | None = None
    """Offset of the record in the WARC file, in bytes."""
    payloadDigest: str | None = None
    """``sha1:BASE32`` of the payload, transfer-coding removed (WARC 1.1, 5.9)."""
    articleDigest: str | None = None
    """``sha256:hex`` over the content fields: all but ``metadata``, ``url`` and ``removed``."""
    extractor: str | None = None
    """Name and version of the code that read the page."""
    schemaVersion: str = SCHEMA_VERSION
    """Version of this schema."""
    validationMessages: tuple[str, ...] = ()
    """What is unusual about the article though it is valid: "no authors", "text outside the body: 240 characters"..."""


@dataclass(frozen=True, slots=True)
class Article(_Parts):
    """A news article as its editors published it."""

    url: str
    """Target URI of the final response."""
    canonicalUrl: str | None = None
    """The URL that the page calls its own (``link[rel=canonical]``, ``og:url``)."""
    type: str = "NewsArticle"
    """schema.org type: NewsArticle, LiveBlogPosting, VideoObject, AudioObject, ImageGallery, ClaimReview..."""
    headline: str | None = None
    """The title, without the site's name."""
    description: str | None = None
    """The summary or lead."""
    articleBody: str | None = None
    """``paragraphs`` joined by one blank line. NFC; no captions, bios, related links, share or player text."""
    paragraphs: tuple[str, ...] = ()
    """The text, one string a paragraph; headings and quotes in reading order."""
    dateline: str | None = None
    """The place that opens the text, such as "KYIV --"; it is not in the body."""
    datePublished: str | None = None
    """ISO 8601 with offset."""
    dateModified: str | None = None
    """ISO 8601 with offset; never a stand-in for ``datePublished`` nor the other way round."""
    datePublishedRaw: str | None = None
    """As found."""
    dateModifiedRaw: str | None = None
    """As found."""
    authors: tuple[Author, ...] = ()
    """The byline; organisations included."""
    sources: tuple[str, ...] = ()
    """Agencies and media that the credit line at the end names."""
    articleSection: str | None = None
    """The section of the site."""
    keywords: tuple[str, ...] = ()
    """Tags, in the page's order."""
    inLanguage: str | None = None
    """BCP 47, such as ``sr-Latn``."""
    publisher: str | None = None
    """Name of the publisher."""
    mainImage: Image | None = None
    """The lead image."""
    images: tuple[Image, ...] = ()
    """All images of the article in reading order, the lead image first."""
    videos: tuple[MediaObject, ...] = ()
    """Videos of the article."""
    audios: tuple[MediaObject, ...] = ()
    """Audio recordings of the article."""
    relatedLinks: tuple[Link, ...] = ()
    """Links of related and read-also boxes: taken out of the body, not lost."""
    claimReview: ClaimReview | None = None
    """Of a fact check: the claim, who made it, and the verdict."""
    removed: tuple[Removed, ...] = ()
    """What was taken out of the body, and why."""
    metadata: Metadata | None = None
    """Where the article comes from and how it was read."""

    def to_zyte(self) -> Any:
        """Return the item of zyte-common-items; needs newscrawl[poet]. The inverse is in the module that it loads."""
        return import_module("newscrawl.integrations.zyte").to_zyte(self)


def json_line(article: Article) -> bytes:
    """Return the article as one line of JSON with its line end: every key, in the order of the dataclass."""
    return orjson.dumps(article, option=orjson.OPT_APPEND_NEWLINE)


def rejection_line(article: Article, messages: tuple[str, ...]) -> bytes:
    """Return a rejected article with the reasons, as one line of JSON with its line end."""
    return orjson.dumps(
        {"url": article.url, "messages": messages, "article": article}, option=orjson.OPT_APPEND_NEWLINE
    )


_Maker = Callable[[Any], Any]


@cache
def _maker(hint: Any) -> _Maker:
    """Return what makes a value of the type ``hint`` from plain JSON values."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        make = _maker(next(each for each in arguments if each is not type(None)))
        return lambda value: None if value is None else make(value)
    if origin is tuple:
        make = _maker(arguments[0])
        return lambda values: tuple(map(make, values))
    if is_dataclass(hint):
        return _item_maker(typing.cast("type", hint))
    return lambda value: value


def _item_maker(item: type) -> _Maker:
    hints = typing.get_type_hints(item)
    makers = {field.name: _maker(hints[field.name]) for field in fields(item)}
    plain = {name for name, hint in hints.items() if hint in (str, int, str | None, int | None)}

    def made(values: dict[str, Any]) -> Any:
        return item(**{name: value if name in plain else makers[name](value) for name, value in values.items()})

    return made
