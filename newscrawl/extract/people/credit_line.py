"""Who is credited at the end of a text: agencies, papers, other newsrooms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newscrawl.extract.people.credit_sentences import english_list
from newscrawl.extract.people.name_lists import names_in
from newscrawl.extract.people.originals import stated_origin
from newscrawl.extract.people.source_names import are_names, is_agency, plain_name
from newscrawl.extract.phrases import phrases_of
from newscrawl.extract.phrases.agencies import AGENCIES
from newscrawl.extract.phrases.credits import CREDIT_ENDS, CREDIT_STARTS, LABELS
from newscrawl.extract.phrases.edges import closing_phrases, opening_phrases, small
from newscrawl.extract.sentences import SENTENCE_MARKS
from newscrawl.extract.text import WHITE_SPACE, clean
from newscrawl.items import Removed

MAX_CREDIT = 400
"""Characters: the longest credit line seen has under 200; a longer paragraph tells a story."""

MAX_TAIL = 200
"""Characters of a credit line that closes a paragraph of text after a single line break."""

REACH = 3
"""Paragraphs from the end in which a credit line is looked for: a note or two may follow it."""

_FROM_PLACE = re.compile(r"\s+from\s+[A-Z][\w.'’-]+(?:[\s,]+(?:and\s+)?[A-Z][\w.'’-]+)*$")
_NEXT_CREDIT = re.compile(
    r"\.\s+(?=(?:Some|With|Additional|Information|Material)\s)|(?<=\sreport)\.\s+|(?<=\sstory)\.\s+"
    r"|,\s+(?:which|and)\s+(?=(?:some\s+(?:information|material)|includes\s+(?:information|material|reporting))\s)"
)
"""Where a second credit follows: "VOA's Anna Weaver contributed to this report. Some information is from Reuters."."""

_EDITOR = re.compile(r"(?<=\.)\s+[^.!?]{2,60}\swas\s+the\s+editor\.?$")
"""How Learning English ends a credit."""

MAX_LISTED = 8
MAX_LISTED_NAME = 60
"""Paragraphs below the words of a credit that each name a source, and the characters of one."""

_AFTER_WORDS = " :：՝"
_FULL_STOPS = (*SENTENCE_MARKS, "»", "”", '"')
_NEXT_SENTENCE = re.compile(r"(?<=[.!?…»\"”。])\s+")

_AFTER_LABEL = re.compile(r"\s*[:：՝]\s*")
_AFTER_PHRASE = re.compile(r"(?![^\W\d_])\s*[:：]?\s*")
_CHINESE = re.compile(r"(?:本文[参參依]\w{0,2}了|部分(?:信息|内容|資訊|內容)[来來]自)\s*")
_OPENING = f'{WHITE_SPACE}([（*_«"“–—-'
_CLOSING = f"{WHITE_SPACE})]）*_.。"
_CLOSING_QUOTES = '»”"'
_QUOTED_AT_END = re.compile(r"(?:«[^«»]+»|“[^“”]+”|\"[^\"]+\")$")
"""A name in quotes that ends the line: its closing quote is not the line's."""
_ROLES = re.compile(
    r"(?:[;；]\s*(?:with\s+)?|,?\s+(?:and\s+)?with\s+)(?:(?:additional\s+)?reporting|writing|editing|contributions)"
    r"\s+(?:by|from)\s+|(?:\s+and|[;,；])\s+(?:written|edited|reported|translated)\s+by\s+",
    re.I,
)


class Credits(NamedTuple):
    """A text without its credit line."""

    paragraphs: list[str]
    sources: tuple[str, ...]
    """Whom the line names, in its order."""
    removed: tuple[Removed, ...]
    """The line itself."""


def split_credits(paragraphs: Sequence[str], language: str | None) -> Credits:
    """The text without its credit line, the sources that the line names, and the line.

    Only a whole paragraph at the end counts that names sources and says nothing else: a sentence that begins alike
    stays. With an unknown language (None) the words of all languages of the family are tried.
    """
    kept = list(paragraphs)
    if (start := _listed_from(kept, language)) is not None:
        names = credited_sources(_as_line(kept[start:]), language)
        return Credits(kept[:start], names, tuple(Removed(text, "credit") for text in kept[start:]))
    sources: list[str] = []
    removed: list[Removed] = []
    for place in range(len(kept) - 1, max(len(kept) - 1 - REACH, -1), -1):
        origin = stated_origin(kept[place]) if place else None
        names = credited_sources(kept[place], language) if origin is None else origin
        if names or origin is not None:
            sources = [*names, *sources]
            removed.insert(0, Removed(kept.pop(place), "credit"))
    if not removed and kept and (start := _credit_in(kept[-1], language)):
        line = kept[-1][start:]
        sources = [*credited_sources(line, language)]
        removed, kept[-1] = [Removed(clean(line), "credit")], clean(kept[-1][:start])
    return Credits(kept, tuple(dict.fromkeys(sources)), tuple(removed))


def _listed_from(paragraphs: Sequence[str], language: str | None) -> int | None:
    """Where ``With reporting by:`` stands alone, with the sources in paragraphs below it to the end; None else."""
    for place in range(len(paragraphs) - 1, max(len(paragraphs) - 2 - MAX_LISTED, 0), -1):
        text = paragraphs[place]
        if len(text) > MAX_LISTED_NAME:
            return None
        if small(text).rstrip(_AFTER_WORDS) in _words(language):
            return place if credited_sources(_as_line(paragraphs[place:]), language) else None
    return None


def _as_line(paragraphs: Sequence[str]) -> str:
    return f"{paragraphs[0].rstrip(_AFTER_WORDS)}: {', '.join(paragraphs[1:])}"


def _credit_in(paragraph: str, language: str | None) -> int:
    """Where the credit line begins that closes a paragraph of text; 0 where none does.

    Only one that opens with its phrase, names known agencies alone and has no full stop: else it may be a sentence of
    the text.
    """
    if paragraph.endswith(_FULL_STOPS):
        return 0
    edge = max(len(paragraph) - MAX_TAIL, 1)
    for match in _NEXT_SENTENCE.finditer(paragraph, edge):
        tail = paragraph[match.end() :]
        text = _without_wrapping(tail)
        if _start(text, small(text), language):
            names = credited_sources(tail, language)
            if names and all(is_agency(name) or name.startswith("RFE/RL") for name in names):
                return match.end()
    return 0


def credited_sources(paragraph: str, language: str | None) -> tuple[str, ...]:
    """The sources that a credit line names; none when the paragraph is no credit line."""
    if len(paragraph) > MAX_CREDIT:
        return ()
    paragraph = _EDITOR.sub("", paragraph) if "the editor" in paragraph else paragraph
    if names := _credited_in_one(paragraph, language):
        return names
    if "report" not in paragraph and "nformation" not in paragraph and "aterial" not in paragraph:
        return ()  # most are spared the search
    mark = _NEXT_CREDIT.search(paragraph)
    if mark is None:
        return ()
    first = _credited_in_one(paragraph[: mark.start()], language)
    rest = credited_sources(paragraph[mark.end() :], language) if first else ()
    return tuple(dict.fromkeys((*first, *rest))) if rest else ()


def _credited_in_one(paragraph: str, language: str | None) -> tuple[str, ...]:
    """The sources that one sentence names."""
    text = _without_wrapping(paragraph)
    listed = _list_in(text, language)
    if listed is None:
        return _agencies_alone(paragraph, text, language)
    language = language or _language_of(text)
    names = [plain_name(name, language) for name in names_in(_ROLES.sub(", ", listed), language)]
    return tuple(names) if names and are_names(names) else ()


def _without_wrapping(paragraph: str) -> str:
    """Without brackets, asterisks, quotes around the whole line, and its full stop."""
    text = paragraph.lstrip(_OPENING).rstrip(_CLOSING)
    is_quote = text[-1:] in _CLOSING_QUOTES and _QUOTED_AT_END.search(text) is not None
    return text if is_quote else text.rstrip(_CLOSING + _CLOSING_QUOTES)


def _list_in(text: str, language: str | None) -> str | None:
    """The part of a credit line that lists sources."""
    words = small(text)
    if names := english_list(text, words):
        return names
    if start := _start(text, words, language):
        rest = text[start:]
        before = _before_end(rest, words[start:], language)  # Chinese brackets the list: 本文参考了…的报道
        return rest if before is None or before.isascii() else before
    return _before_end(text, words, language)


def _start(text: str, words: str, language: str | None) -> int:
    """How many characters the phrase takes that opens a credit line; 0 where none does. ``words`` is it in small."""
    labels, others = _starts(language)
    for length in opening_phrases(words, labels):
        if after := _AFTER_LABEL.match(text, length):
            return after.end()
    for length in opening_phrases(words, others):
        if after := _AFTER_PHRASE.match(text, length):
            return after.end()
    chinese = _CHINESE.match(text)
    return chinese.end() if chinese else 0


def _before_end(text: str, words: str, language: str | None) -> str | None:
    """What stands before the phrase that ends a credit line, and a reporter's place after it; None where none does."""
    if " from " in words[-60:] and ("report from " in words or "story from " in words):
        text = _FROM_PLACE.sub("", text)
        words = words[: len(text)]
    for length in closing_phrases(words, _ends(language)):
        before = text[: len(text) - length]
        if before and (before[-1].isspace() or "\u3400" <= before[-1] <= "\u9fff"):
            return before
    return None


def _language_of(text: str) -> str | None:
    """The language whose phrase opens a credit line; None where several languages say it so."""
    phrase = text[: _start(text, small(text), None)].casefold().rstrip(" :：՝")
    languages = [language for language, phrases in CREDIT_STARTS.items() if phrase in phrases]
    return languages[0] if len(languages) == 1 else None


def _agencies_alone(paragraph: str, text: str, language: str | None) -> tuple[str, ...]:
    """``(AP, Reuters)`` or ``-- AP, Reuters``: known agencies alone, in brackets or after a dash."""
    if paragraph[:1] not in "([（-–—" or not paragraph.startswith(("(", "[", "（", "--", "- ", "– ", "— ")):
        return ()
    names = names_in(text.replace("/", ",") if text.casefold() not in AGENCIES else text, language)
    return names if names and all(is_agency(name) for name in names) else ()


@cache
def _words(language: str | None) -> frozenset[str]:
    labels, others = _starts(language)
    return frozenset((*labels, *others))


@cache
def _starts(language: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Labels, which need a colon, and the other phrases."""
    phrases = phrases_of(CREDIT_STARTS, language)
    labels = tuple(small(phrase) for phrase in phrases if phrase in LABELS)
    return labels, tuple(small(phrase) for phrase in phrases if phrase not in LABELS)


@cache
def _ends(language: str | None) -> tuple[str, ...]:
    return tuple(map(small, phrases_of(CREDIT_ENDS, language)))
