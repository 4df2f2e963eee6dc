"""Who is credited at the end of a text: agencies, papers, other newsrooms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newscrawl.extract.names import names_in
from newscrawl.extract.phrases import phrases_of
from newscrawl.extract.phrases.agencies import AGENCIES
from newscrawl.extract.phrases.credits import CREDIT_ENDS, CREDIT_STARTS, LABELS
from newscrawl.extract.phrases.edges import closing_phrases, opening_phrases, small
from newscrawl.extract.phrases.names import KINDS
from newscrawl.extract.text import WHITE_SPACE, is_small
from newscrawl.items import Removed

MAX_CREDIT = 400
"""Characters: the longest credit line seen has under 200; a longer paragraph tells a story."""

REACH = 3
"""Paragraphs from the end in which a credit line is looked for: a note or two may follow it."""

MAX_SMALL_WORDS = 4
"""Words without a capital in one name: "RFE/RL correspondents in the region"; a clause has more."""

_STORY = r"(?:report|story|article|text|piece|interview|feature|stories)"
_WRITTEN = re.compile(
    rf"""
    (?: (?:written|reported|compiled|translated|edited|adapted|prepared|produced)\b
      | [^.!?:]{{2,60}} \s (?:wrote|adapted|reported|translated|produced|prepared) \s+ (?:this|the|it)\b )
    [^.!?]{{0,160}}?
    \b(?:based|with|adapted) \s+ (?:on\s+)?
    (?: (?:additional\s+)?reporting | reports | the\s+original\s+\w+ | (?:an?\s+)?(?:[\w/'’-]+\s+){{0,3}}?{_STORY} )
    (?:\s+in\s+[\w'’ ]{{2,40}}?)? \s+ (?:by|from|of) \s+
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Written by … based on reporting by …; … adapted this report for Learning English based on a story by …"""

_AGENCY_STORY = re.compile(
    rf"""
    (?:[^.!?:]{{2,60}}\s)? (?:wrote|adapted|reported) \s+ (?:this|it)\b [^.!?]{{0,100}}?
    \bbased\s+on \s+ (?:an?|the) \s+ (?P<names>[^.!?]{{2,80}}?) \s+ {_STORY}s?
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""… wrote this story for Learning English based on an Associated Press report"""

_AGENCY_REPORTING = re.compile(r"with\s+(?P<names>[^.!?:]{2,80}?)\s+(?:reporting|reports)", re.I)
"""with AFP and Reuters reporting, as pages of about 2010 end; of known agencies alone"""

_AFTER_LABEL = re.compile(r"\s*[:：՝]\s*")
_AFTER_PHRASE = re.compile(r"(?![^\W\d_])\s*[:：]?\s*")
_WORD_END = re.compile(r"(?![^\W\d_])\s*")
_CHINESE = re.compile(r"本文[参參依]\w{0,2}了\s*")
_OPENING = f'{WHITE_SPACE}([（*_«"“–—-'
_CLOSING = f"{WHITE_SPACE})]）*_.。"
_CLOSING_QUOTES = '»”"'
_QUOTED_AT_END = re.compile(r"(?:«[^«»]+»|“[^“”]+”|\"[^\"]+\")$")
"""A name in quotes that ends the line: its closing quote is not the line's."""
_ROLES = re.compile(
    r"(?:[;；]\s*(?:with\s+)?|,?\s+(?:and\s+)?with\s+)(?:(?:additional\s+)?reporting|writing|editing|contributions)"
    r"\s+(?:by|from)\s+",
    re.I,
)
_ARTICLE = re.compile(r"^(?:the\s+)?(?:reporting\s+(?:by|from)\s+)?", re.I)
_PLACE = re.compile(r"\s+in\s+[A-Z][\w.'’-]+(?:[\s,]+[A-Z][\w.'’-]+)*$")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+", re.A)
_SENTENCE = re.compile(r"[.!?。！？]\s|[:;：；]")
_CASED = re.compile(r"[A-Za-zÀ-ɏͰ-ӿԀ-ևႠ-Ⴥ]")


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
    sources: list[str] = []
    removed: list[Removed] = []
    for place in range(len(kept) - 1, max(len(kept) - 1 - REACH, -1), -1):
        names = credited_sources(kept[place], language)
        if names:
            sources = [*names, *sources]
            removed.insert(0, Removed(kept.pop(place), "credit"))
    return Credits(kept, tuple(dict.fromkeys(sources)), tuple(removed))


def credited_sources(paragraph: str, language: str | None) -> tuple[str, ...]:
    """The sources that a credit line names; none when the paragraph is no credit line."""
    if len(paragraph) > MAX_CREDIT:
        return ()
    text = _without_wrapping(paragraph)
    listed = _list_in(text, language)
    if listed is None:
        return _agencies_in_brackets(paragraph, text, language)
    language = language or _language_of(text)
    names = [_plain_name(name, language) for name in names_in(_ROLES.sub(", ", listed), language)]
    return tuple(names) if names and _are_names(names) else ()


def _without_wrapping(paragraph: str) -> str:
    """Without brackets, asterisks, quotes around the whole line, and its full stop."""
    text = paragraph.lstrip(_OPENING).rstrip(_CLOSING)
    is_quote = text[-1:] in _CLOSING_QUOTES and _QUOTED_AT_END.search(text) is not None
    return text if is_quote else text.rstrip(_CLOSING + _CLOSING_QUOTES)


def _list_in(text: str, language: str | None) -> str | None:
    """The part of a credit line that lists sources."""
    words = small(text)
    if ("based" in words or "with" in words or "adapted" in words) and (match := _WRITTEN.match(text)):
        return text[match.end() :]
    if "based" in words and (match := _AGENCY_STORY.fullmatch(text)):
        return match["names"]
    if (match := _AGENCY_REPORTING.fullmatch(text)) and all(map(_is_agency, names_in(match["names"], "en"))):
        return match["names"]
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
    """What stands before the phrase that ends a credit line; None where none does."""
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


def _agencies_in_brackets(paragraph: str, text: str, language: str | None) -> tuple[str, ...]:
    """``(AP, Reuters)``: known agencies alone, in brackets."""
    if paragraph[:1] not in ("(", "[", "（"):
        return ()
    names = names_in(text.replace("/", ",") if text.casefold() not in AGENCIES else text, language)
    return names if names and all(_is_agency(name) for name in names) else ()


def _plain_name(name: str, language: str | None) -> str:
    """Without "the news agency", "agencies" and the like, and without where the agency's reporter was.

    In a script without capitals only before a known name: ``روزنامه پل`` is the name of a paper, ``پل`` is a bridge.
    """
    plain = _PLACE.sub("", name).strip(" .,:;*_()")
    kind = _after_kind(plain, language)
    if 0 < kind < len(plain):
        bare = plain[kind:].strip(' :«»"“”')
        plain = bare if _CASED.search(bare) or _is_agency(bare) else plain
    bare = _ARTICLE.sub("", plain)
    return bare if bare.casefold() in AGENCIES and plain.casefold() not in AGENCIES else plain


def _after_kind(name: str, language: str | None) -> int:
    """How many characters "the news agency" and the like take at the start of a name."""
    for length in opening_phrases(small(name), _kinds(language)):
        if after := _WORD_END.match(name, length):
            return after.end()
    return 0


def _are_names(names: Sequence[str]) -> bool:
    """Whether all look like names: a capital where the script has any, no clause, no end of a sentence.

    Where it has none, at least one must be known and all must be short.
    """
    if any(_SENTENCE.search(f"{name} ") for name in names if not _DOMAIN.fullmatch(name)):
        return False
    cased = [name for name in names if _CASED.search(name)]
    caseless = [name for name in names if not _CASED.search(name)]
    if caseless and not (any(map(_is_agency, names)) and all(_is_short(name) for name in caseless)):
        return False
    return all(_is_agency(name) or _has_capital(name) for name in cased)


def _is_agency(name: str) -> bool:
    folded = name.casefold()
    return folded in AGENCIES or folded.removeprefix("the ") in AGENCIES or _DOMAIN.fullmatch(folded) is not None


def _has_capital(name: str) -> bool:
    bare = re.sub(r"^(?:the\s+)?[«\"“„'‘]*", "", name, flags=re.I)
    words = bare.split()
    small = sum(map(is_small, words))
    return bool(words) and not is_small(bare) and small <= MAX_SMALL_WORDS


def _is_short(name: str) -> bool:
    return len(name.split()) <= 4 and len(name) <= 40


@cache
def _starts(language: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Labels, which need a colon, and the other phrases."""
    phrases = phrases_of(CREDIT_STARTS, language)
    labels = tuple(small(phrase) for phrase in phrases if phrase in LABELS)
    return labels, tuple(small(phrase) for phrase in phrases if phrase not in LABELS)


@cache
def _ends(language: str | None) -> tuple[str, ...]:
    return tuple(map(small, phrases_of(CREDIT_ENDS, language)))


@cache
def _kinds(language: str | None) -> tuple[str, ...]:
    return tuple(map(small, phrases_of(KINDS, language)))
