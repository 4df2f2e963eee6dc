"""Tables of phrases by language (BCP 47 primary subtags), one for each kind of phrase.

A phrase is here only if no rule on the markup can do the same: in text-only copies, and in paragraphs of the body.
Phrases are those that saved or stored pages of the sites show, and plain words of the language for the same buttons.
All is case-folded, and only ever compared with whole paragraphs or their starts.
"""

from __future__ import annotations

from collections.abc import Mapping

Table = Mapping[str, tuple[str, ...]]

_KIN = {"bs": "sr", "hr": "sr", "sh": "sr", "cnr": "sr", "prs": "fa", "yue": "zh", "cmn": "zh"}
"""Languages that are written with the phrases of another: Bosnian, Croatian, Montenegrin; Dari; Cantonese."""


def listed(text: str) -> tuple[str, ...]:
    """Return the phrases of a table that is written in lines, separated by ``|``."""
    return tuple(phrase for line in text.split("\n") for part in line.split("|") if (phrase := part.strip()))


def primary(language: str | None) -> str:
    """Return the primary subtag of a BCP 47 tag, or that of the language whose phrases are used; empty if unknown."""
    subtag = (language or "").replace("_", "-").split("-", 1)[0].casefold()
    return _KIN.get(subtag, subtag)


def phrases_of(table: Table, language: str | None) -> tuple[str, ...]:
    """Return the phrases of ``language`` and the English ones, since newsrooms mix them; all phrases if it is unknown.

    The longest come first, so that the first match is the whole phrase.
    """
    known = primary(language)
    chosen = (
        (*table[known], *table.get("en", ())) if known in table else tuple(p for part in table.values() for p in part)
    )
    return tuple(sorted(set(chosen), key=lambda phrase: (-len(phrase), phrase)))
