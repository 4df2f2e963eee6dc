"""Small tables of words for what markup does not tell, by language (BCP 47 primary subtags).

A phrase is here only where a rule on the markup cannot do: in text-only copies, and in paragraphs of the body itself.
Phrases are those that saved or stored pages of the sites show, and plain words of the language for the same buttons.
All is case-folded, and only ever compared with whole paragraphs or their starts.
"""

from __future__ import annotations

from collections.abc import Mapping

Table = Mapping[str, tuple[str, ...]]

_KIN = {"bs": "sr", "hr": "sr", "sh": "sr", "cnr": "sr", "prs": "fa", "yue": "zh", "cmn": "zh"}
"""Languages that are written with the phrases of another: Bosnian, Croatian, Montenegrin; Dari; Cantonese."""


def listed(text: str) -> tuple[str, ...]:
    """The phrases of a table that is written in lines, parted by ``|``."""
    return tuple(phrase for line in text.split("\n") for part in line.split("|") if (phrase := part.strip()))


def primary(language: str | None) -> str:
    """The primary subtag of a BCP 47 tag, or that of the language whose phrases serve; empty when unknown."""
    subtag = (language or "").replace("_", "-").split("-", 1)[0].casefold()
    return _KIN.get(subtag, subtag)


def phrases_of(table: Table, language: str | None) -> tuple[str, ...]:
    """The phrases of ``language`` and the English ones, since newsrooms mix them; of all languages when it is unknown.

    Longest first, so that the first that fits is the whole phrase.
    """
    known = primary(language)
    chosen = (
        (*table[known], *table.get("en", ())) if known in table else tuple(p for part in table.values() for p in part)
    )
    return tuple(sorted(set(chosen), key=lambda phrase: (-len(phrase), phrase)))
