"""Every service has its words: a new one cannot be added without them."""

from __future__ import annotations

import pytest

from newscrawl.extract.phrases import Table, primary
from newscrawl.extract.phrases.bylines import BY
from newscrawl.extract.phrases.credits import CREDIT_ENDS, CREDIT_STARTS, LABELS
from newscrawl.extract.phrases.months import MONTHS
from newscrawl.extract.phrases.names import AFTER_EACH, AND
from newscrawl.extract.phrases.page_boilerplate import ACCESS, COMMENTS, ELSEWHERE, PRINT, SHARE
from newscrawl.extract.phrases.places import PLACES_BY_LANGUAGE
from newscrawl.extract.phrases.read_also import ALSO_READ
from newscrawl.sites import all_sites

OF_VOA_ALONE = frozenset(
    {"am", "ar", "bm", "bn", "bo", "ckb", "el", "es", "fr", "ha", "ht", "id", "km", "kmr", "ko", "ln", "lo", "my", "nd"}
    | {"om", "pt", "rw", "sn", "so", "sw", "th", "ti", "tr", "ur", "vi"}
)
"""Languages of services of which no page is at hand: some tables have their words, others do not."""

FAMILY = sorted({primary(site.language) for site in all_sites() if site.language} - OF_VOA_ALONE)
TABLES: dict[str, Table] = {
    "accessibility links": ACCESS,
    "share": SHARE,
    "print": PRINT,
    "comments": COMMENTS,
    "breaking news": ELSEWHERE,
    "read also": ALSO_READ,
    "by": BY,
    "and": {**AND, **AFTER_EACH},
    "sources": {
        language: (*CREDIT_STARTS.get(language, ()), *CREDIT_ENDS.get(language, ()))
        for language in {*CREDIT_STARTS, *CREDIT_ENDS}
    },
    "based on": {
        language: (*(set(CREDIT_STARTS.get(language, ())) - LABELS), *CREDIT_ENDS.get(language, ()))
        for language in {*CREDIT_STARTS, *CREDIT_ENDS}
    },
    "places": PLACES_BY_LANGUAGE,
    "months": {language: tuple(forms[0] for forms in months if forms) for language, months in MONTHS.items()},
}
ENGLISH = {("accessibility links", language) for language in ("tt", "ka", "kk")}
"""Pages of these services say so in English."""
NUMBERS = {("months", "zh")}
"""Written with numbers."""
UNKNOWN = {
    *(("read also", "ce"), ("sources", "ce"), ("based on", "ce")),
    *(("share", "ce"), ("print", "ce"), ("comments", "ce")),
    *(("share", "crh"), ("print", "crh"), ("based on", "crh"), ("print", "tt")),
}
"""No page at hand shows the words of the service; the markup of its pages tells what they would."""


def test_the_family_is_told_by_its_sites() -> None:
    assert {"en", "ru", "ce", "fa", "ps", "zh", "sr"} <= set(FAMILY)
    assert "prs" not in FAMILY


@pytest.mark.parametrize("language", FAMILY)
@pytest.mark.parametrize("kind", sorted(TABLES))
def test_every_language_has_its_words(kind: str, language: str) -> None:
    is_gap = (kind, language) in ENGLISH | NUMBERS | UNKNOWN

    assert bool(TABLES[kind].get(language)) is not is_gap


def test_the_gaps_are_of_the_family() -> None:
    gaps = ENGLISH | NUMBERS | UNKNOWN

    assert {kind for kind, _ in gaps} <= TABLES.keys()
    assert {language for _, language in gaps} <= set(FAMILY)
