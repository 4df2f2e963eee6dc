"""Who is credited: the credit line at the end of a text, and the byline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from newscrawl.extract.phrases import AND, BY, CREDIT_ENDS, CREDIT_STARTS
from newscrawl.extract.text import clean
from newscrawl.items import Removed

MAX_CREDIT_LENGTH = 400
"""Characters: the longest credit line seen has under 200; a longer paragraph tells a story."""
CREDIT_REACH = 3
"""Paragraphs from the end in which a credit line is looked for: a note or two may follow it."""
MAX_NAME_LENGTH = 80
MAX_NAMES = 12

_WRITTEN = re.compile(
    r"(?P<start>written|reported|compiled|translated|edited|adapted)\b.{0,120}?\b"
    r"based\s+on\s+(?:reporting|reports|a\s+report|an\s+article|a\s+story|an?\s+\w+\s+report|the\s+original\s+\w+)"
    r"(?:\s+in\s+[\w' ]{2,40}?)?\s+by\s+",
    re.IGNORECASE,
)
_THIRD_PARTY = re.compile(
    r"some\s+information\s+(?:for|in)\s+this\s+report\s+(?:came|comes|was\s+provided|is)\s+(?:from|by)\s+",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^[\s(\[*_«\"“–—-]+")
_CLOSING = re.compile(r"[\s)\]*_»\"”.。]+$")
_SERVICE_OF = re.compile(r"^(?:the\s+)?reporting\s+by\s+", re.IGNORECASE)
_AGENCY = re.compile(r"^(?:the\s+)?(?:news\s+)?agenc(?:y|ies)\s+", re.IGNORECASE)


def split_credits(
    paragraphs: Sequence[str], language: str | None
) -> tuple[list[str], tuple[str, ...], tuple[Removed, ...]]:
    """The text without its credit line, the sources that the line names, and the line itself.

    Only a whole paragraph near the end counts: a sentence in mid-text that begins alike stays.
    """
    kept = list(paragraphs)
    sources: list[str] = []
    removed: list[Removed] = []
    for index in range(len(kept) - 1, max(len(kept) - 1 - CREDIT_REACH, 0) - 1, -1):
        names = credited_sources(kept[index], language)
        if names:
            sources = [*names, *sources]
            removed.insert(0, Removed(kept.pop(index), "credit"))
    return kept, tuple(dict.fromkeys(sources)), tuple(removed)


def credited_sources(paragraph: str, language: str | None) -> tuple[str, ...]:
    """The sources that a credit line names; none when the paragraph is no credit line."""
    if len(paragraph) > MAX_CREDIT_LENGTH:
        return ()
    text = _CLOSING.sub("", _OPENING.sub("", paragraph))
    listed = _after_start(text, language)
    if listed is None:
        listed = _before_end(text, language)
    if not listed:
        return ()
    names = tuple(_plain_name(name) for name in names_in(listed, language))
    return names if _are_names(names) else ()


def _after_start(text: str, language: str | None) -> str | None:
    if match := _WRITTEN.match(text) or _THIRD_PARTY.match(text):
        return text[match.end() :]
    folded = text.casefold()
    for start in _starts(language):
        if folded.startswith(start):
            return text[len(start) :].lstrip(" :：")
    return None


def _before_end(text: str, language: str | None) -> str | None:
    folded = text.casefold()
    for end in _ends(language):
        if folded.endswith(end):
            return text[: -len(end)].strip(" -")
    return None


def _are_names(names: Sequence[str]) -> bool:
    """Whether all look like names: short, not many, without a sentence among them."""
    if not 0 < len(names) <= MAX_NAMES:
        return False
    return all(0 < len(name) <= MAX_NAME_LENGTH and not re.search(r"[.!?;:]\s", name) for name in names)


def _plain_name(name: str) -> str:
    return _AGENCY.sub("", _SERVICE_OF.sub("", name)).strip(" .,:;*_()")


def names_in(text: str, language: str | None) -> tuple[str, ...]:
    """The names of an enumeration: parted by commas, semicolons or the language's "and"."""
    pieces = _separators(language).split(text)
    return tuple(name for piece in pieces if (name := clean(piece).strip(" .,;*")))


def byline_names(text: str, language: str | None) -> tuple[str, ...]:
    """The names of a byline, without "By" and its like: ``By Ann Lee and Bo Day`` gives two."""
    line = clean(text)
    folded = line.casefold()
    for prefix in _prefixes(language):
        if folded.startswith(prefix) and (
            not prefix[-1].isalpha() or not folded[len(prefix) : len(prefix) + 1].isalpha()
        ):
            line = line[len(prefix) :].lstrip(" :：՝-–—")
            break
    return names_in(line, language)


def primary(language: str | None) -> str:
    """The primary subtag of a BCP 47 tag, Bosnian, Croatian and Dari with their nearest kin."""
    subtag = (language or "").split("-", 1)[0].casefold()
    return {"bs": "sr", "hr": "sr", "sh": "sr", "prs": "fa", "yue": "zh"}.get(subtag, subtag)


def _of(table: dict[str, tuple[str, ...]], language: str | None) -> tuple[str, ...]:
    """The language's phrases and the English ones, longest first; all phrases when the language is unknown."""
    known = primary(language)
    chosen: Iterable[str] = (
        (*table.get(known, ()), *table["en"])
        if known in BY
        else (phrase for phrases in table.values() for phrase in phrases)
    )
    return tuple(sorted(set(chosen), key=lambda phrase: (-len(phrase), phrase)))


@lru_cache(maxsize=64)
def _starts(language: str | None) -> tuple[str, ...]:
    return _of(CREDIT_STARTS, language)


@lru_cache(maxsize=64)
def _ends(language: str | None) -> tuple[str, ...]:
    return _of({"en": (), **CREDIT_ENDS}, language)


@lru_cache(maxsize=64)
def _prefixes(language: str | None) -> tuple[str, ...]:
    # An unknown language: English only, since "de", "od" or "nga" begin names elsewhere.
    return _of(BY, language if primary(language) in BY else "en")


@lru_cache(maxsize=64)
def _separators(language: str | None) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _of(AND, language if primary(language) in AND else "en"))
    return re.compile(rf"\s*[,;،؛、，]\s*(?:(?:{words})\s+)?|\s+(?:{words})\s+|[和及与與](?=\S)", re.IGNORECASE)
