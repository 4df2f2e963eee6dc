"""Select what of an archive is replayed; every exclusion has an outcome and a reason for the account.

Each filter is declared once, as a field of :class:`Filters`. The options of ``newscrawl replay`` and of Spark, the
arguments of the spider ``replay``, their validation, help texts and reference page are made from these fields.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any, Literal, Protocol, Self
from urllib.parse import urlsplit

import msgspec

from newscrawl.account import Outcome
from newscrawl.archive.cdxj.index import REVISIT, IndexEntry
from newscrawl.archive.reading.captures import RecordHead
from newscrawl.archive.reading.reader import TextRecord
from newscrawl.capture import Capture
from newscrawl.inputs import about, converted
from newscrawl.items import Article
from newscrawl.replay.selection.language import detected_language, language_matches
from newscrawl.replay.selection.sampling import in_sample
from newscrawl.sites import site_for, site_named
from newscrawl.sites.pages import article_name, unfit_for_article

Exclusion = tuple[Outcome, str]
"""The outcome of what is excluded, and the reason."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORD = re.compile(r"\w+")
_INSTANT_FORM = "a day as YYYY-MM-DD or an instant as YYYY-MM-DDTHH:MM (UTC)"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _lower(text: str) -> tuple[str, ...]:
    return tuple(part.lower() for part in _listed(text))


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(host.rstrip(".") for host in _lower(text))


def _sites(text: str) -> tuple[str, ...]:
    for name in _listed(text):
        site_named(name)
    return _listed(text)


def _pattern(text: str) -> str | None:
    try:
        return re.compile(text).pattern if text else None
    except re.error as error:
        raise ValueError(str(error)) from error


def _statuses(text: str) -> tuple[int, ...]:
    for part in _listed(text):
        if not (part.isascii() and part.isdigit() and 100 <= int(part) <= 999):
            raise ValueError(part)
    return tuple(int(part) for part in _listed(text))


def _start(text: str) -> datetime | None:
    return _instant(text)


def _end(text: str) -> datetime | None:
    return _instant(text, end_of_day=True)


def _instant(text: str, *, end_of_day: bool = False) -> datetime | None:
    text = text.strip()
    if not text:
        return None
    instant = datetime.fromisoformat(text)
    if end_of_day and _DAY.fullmatch(text):
        instant = datetime.combine(instant.date() + timedelta(days=1), time())
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def _fields(text: str) -> tuple[str, ...]:
    for name in _listed(text):
        if name not in Article.__slots__:
            raise ValueError(name)
    return _listed(text)


class Filters(msgspec.Struct, frozen=True, omit_defaults=True):
    """The filters of a replay; a capture must pass all of them."""

    hosts: Annotated[
        tuple[str, ...],
        about("Only these hosts, with their subdomains.", "host names, separated by commas", _hosts),
    ] = msgspec.field(default=(), name="host")
    url_pattern: Annotated[
        str | None,
        about("Only URLs in which this regular expression is found.", "a regular expression", _pattern),
    ] = None
    sites: Annotated[
        tuple[str, ...],
        about("Only pages of these sites.", "names that `newscrawl list` shows, separated by commas", _sites),
    ] = msgspec.field(default=(), name="site")
    since: Annotated[
        datetime | None, about("Only captures of this day or instant and later.", _INSTANT_FORM, _start)
    ] = None
    until: Annotated[
        datetime | None, about("Only captures of this day and earlier, or before this instant.", _INSTANT_FORM, _end)
    ] = None
    media_types: Annotated[
        tuple[str, ...],
        about("Only pages of these media types.", "media types such as text/html, separated by commas", _lower),
    ] = msgspec.field(default=(), name="mime")
    statuses: Annotated[
        tuple[int, ...],
        about("Only pages with these HTTP statuses.", "numbers such as 200, separated by commas", _statuses),
    ] = msgspec.field(default=(), name="status")
    languages: Annotated[
        tuple[str, ...],
        about(
            "Only articles in these languages; sr includes sr-Latn.",
            "language tags (BCP 47), separated by commas",
            _listed,
        ),
    ] = msgspec.field(default=(), name="language")
    language_from: Annotated[
        Literal["page", "text"],
        about(
            "Where the language is taken from: stated by the page, or detected in its text (needs newscrawl[corpus]).",
            "page or text",
        ),
    ] = "page"
    language_confidence: Annotated[
        Annotated[float, msgspec.Meta(ge=0, le=1)],
        about(
            "Lowest confidence of a detected language; articles below it are filtered.",
            "a number from 0 to 1, e.g. 0.9",
        ),
    ] = 0.0
    published_since: Annotated[
        datetime | None,
        about("Only articles published on this day or at this instant and later.", _INSTANT_FORM, _start),
    ] = None
    published_until: Annotated[
        datetime | None,
        about("Only articles published on this day and earlier, or before this instant.", _INSTANT_FORM, _end),
    ] = None
    min_words: Annotated[
        Annotated[int, msgspec.Meta(ge=0)],
        about("Only articles with at least this many words in the body.", "a whole number"),
    ] = 0
    required: Annotated[
        tuple[str, ...],
        about(
            "Only articles in which none of these fields is empty.",
            "fields of the schema such as headline,datePublished, separated by commas",
            _fields,
        ),
    ] = msgspec.field(default=(), name="require")
    sample: Annotated[
        Annotated[float, msgspec.Meta(gt=0, le=1)],
        about(
            "Only this share of the articles, chosen by a hash of site and article id: the same ones in every run.",
            "a number above 0 and up to 1, such as 0.01",
        ),
    ] = 1.0

    @classmethod
    def from_strings(cls, **values: str) -> Self:
        """Return the filters as a command line gives them, by the names of the options without hyphens.

        Raises:
            UsageError: a name is unknown, or a value is not of its form.
        """
        return converted(cls, {name: value for name, value in values.items() if value}, kind="filter")

    def as_dict(self) -> dict[str, Any]:
        """Return those that are set, as plain values: for the manifest."""
        values: dict[str, Any] = msgspec.to_builtins(self)
        return values

    def against_record(self, head: RecordHead) -> Exclusion | None:
        """Return why the record is excluded, asked before its payload is decoded; None if it may be wanted."""
        media_type = head.media_type if head.status is not None else ""
        excluded = unfit_for_article(head.url, head.status, media_type) or self._against(head.url, head.date)
        if excluded is None and head.status is not None:
            excluded = self._against_response(head.status, head.media_type)
        return excluded

    def against_entry(self, entry: IndexEntry) -> Exclusion | None:
        """Return why a line of an index is excluded, asked before its record is fetched; None if it may be wanted."""
        media_type = "" if entry.mime == REVISIT else entry.mime.lower()
        return unfit_for_article(entry.url, entry.status, media_type) or self._against(entry.url, entry.date)

    def against(self, item: Capture | TextRecord) -> Exclusion | None:
        """Return why a capture, or the text of a page, is excluded; None if it is wanted."""
        excluded = self._against(item.url, item.date)
        if excluded is None and isinstance(item, Capture):
            excluded = self._against_response(item.status, item.media_type)
        return excluded

    def against_article(self, article: Article) -> Exclusion | None:
        """Return why an article is excluded; None if it is wanted."""
        for name in self.required:
            if not getattr(article, name):
                return _filtered(f"require: {name} is empty")
        if self.min_words and (words := len(_WORD.findall(article.articleBody or ""))) < self.min_words:
            return _filtered(f"min-words: {words}")
        return self._against_publication(article) or self._against_language(article)

    def _against(self, url: str, date: datetime) -> Exclusion | None:
        if self.since is not None and date < self.since:
            return _filtered("since")
        if self.until is not None and date >= self.until:
            return _filtered("until")
        if self.hosts and not self._has_host(url):
            return _filtered("host")
        if self.url_pattern is not None and re.search(self.url_pattern, url) is None:
            return _filtered("url-pattern")
        if self.sites and getattr(site_for(url), "name", None) not in self.sites:
            return _filtered("site")
        if self.sample < 1 and not in_sample(article_name(url), self.sample):
            return _filtered("sample")
        return None

    def _has_host(self, url: str) -> bool:
        try:
            host = (urlsplit(url).hostname or "").rstrip(".")
        except ValueError:  # "http://[" and the like
            return False
        return any(host == wanted or host.endswith(f".{wanted}") for wanted in self.hosts)

    def _against_response(self, status: int, media_type: str) -> Exclusion | None:
        if self.statuses and status not in self.statuses:
            return _filtered(f"status: {status}")
        if self.media_types and media_type not in self.media_types:
            return _filtered(f"mime: {media_type}")
        return None

    def _against_publication(self, article: Article) -> Exclusion | None:
        if self.published_since is None and self.published_until is None:
            return None
        if article.datePublished is None:
            return _filtered("published: no date")
        published = datetime.fromisoformat(article.datePublished)
        published = published if published.tzinfo else published.replace(tzinfo=UTC)
        if self.published_since is not None and published < self.published_since:
            return _filtered("published-since")
        if self.published_until is not None and published >= self.published_until:
            return _filtered("published-until")
        return None

    def _against_language(self, article: Article) -> Exclusion | None:
        if self.language_from == "text" and (self.languages or self.language_confidence):
            found = detected_language(article.articleBody or "")
            if found.confidence < self.language_confidence:
                return _filtered(f"language-confidence: {found.tag} {found.confidence:.2f}")
            language: str | None = found.tag
        else:
            language = article.inLanguage
        if self.languages and not any(language_matches(language, tag) for tag in self.languages):
            return _filtered(f"language: {language}")
        return None


class Selection(Protocol):
    """What decides which records, index lines and captures are read."""

    def against_record(self, head: RecordHead) -> Exclusion | None:
        """Return why the record is excluded."""

    def against_entry(self, entry: IndexEntry) -> Exclusion | None:
        """Return why the line of an index is excluded."""

    def against(self, item: Capture | TextRecord) -> Exclusion | None:
        """Return why the capture or text is excluded."""


def _filtered(reason: str) -> Exclusion:
    return Outcome.FILTERED, reason
