"""The names in a credit line: agencies, papers, newsrooms, people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newscrawl.extract.phrases import phrases_of
from newscrawl.extract.phrases.agencies import AGENCIES
from newscrawl.extract.phrases.edges import opening_phrases, small
from newscrawl.extract.phrases.names import KINDS
from newscrawl.extract.text import is_small, trimmed

MAX_SMALL_WORDS = 4
"""Words without a capital in one name: "RFE/RL correspondents in the region"; a clause has more."""

_WORD_END = re.compile(r"(?![^\W\d_])\s*")

_ARTICLE = re.compile(r"^(?:the\s+)?(?:reporting\s+(?:by|from)\s+)?", re.I)
_PLACE = re.compile(r"\s+in\s+[A-Z][\w.'’-]+(?:[\s,]+[A-Z][\w.'’-]+)*$")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+", re.A)
_SENTENCE = re.compile(r"[.!?。！？]\s|[:;：；]")
_CASED = re.compile(r"[A-Za-zÀ-ɏͰ-ӿԀ-ևႠ-Ⴥ]")


def plain_name(name: str, language: str | None) -> str:
    """Without "the news agency", "agencies" and the like, and without where the agency's reporter was.

    In a script without capitals only before a known name: ``روزنامه پل`` is the name of a paper, ``پل`` is a bridge.
    """
    plain = trimmed(_PLACE.sub("", name), " .,:;*_()")
    kind = _after_kind(plain, language)
    if 0 < kind < len(plain):
        bare = trimmed(plain[kind:], ' :«»"“”')
        plain = bare if _CASED.search(bare) or is_agency(bare) else plain
    bare = _ARTICLE.sub("", plain)
    return bare if bare.casefold() in AGENCIES and plain.casefold() not in AGENCIES else plain


def _after_kind(name: str, language: str | None) -> int:
    """How many characters "the news agency" and the like take at the start of a name."""
    for length in opening_phrases(small(name), _kinds(language)):
        if after := _WORD_END.match(name, length):
            return after.end()
    return 0


def are_names(names: Sequence[str]) -> bool:
    """Whether all look like names: a capital where the script has any, no clause, no end of a sentence.

    Where it has none, at least one must be known and all must be short.
    """
    if any(_SENTENCE.search(f"{name} ") for name in names if not _DOMAIN.fullmatch(name)):
        return False
    cased = [name for name in names if _CASED.search(name)]
    caseless = [name for name in names if not _CASED.search(name)]
    if caseless and not (any(map(is_agency, names)) and all(_is_short(name) for name in caseless)):
        return False
    return all(is_agency(name) or _has_capital(name) or name.startswith("correspondents") for name in cased)


def is_agency(name: str) -> bool:
    """Whether it is a known agency or paper, or the name of a site."""
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
def _kinds(language: str | None) -> tuple[str, ...]:
    return tuple(map(small, phrases_of(KINDS, language)))
