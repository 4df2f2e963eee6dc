"""Fold text for search, so that a reader finds a word however it is spelled, in every script of the family.

Words of scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese, Tibetan) are indexed as overlapping
pairs of characters; a query in such a script becomes a phrase of pairs, so it finds exactly the texts that hold it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

SPACELESS = (
    "\u0e00-\u0e7f"  # Thai
    "\u0e80-\u0eff"  # Lao
    "\u0f00-\u0fff"  # Tibetan
    "\u1000-\u109f\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff"  # Japanese kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Chinese characters
    "\U00020000-\U0002fa1f"
)
"""Ranges of characters (for a regular expression's class) of scripts that put no spaces between words."""

_RUN = re.compile(rf"(?P<pairs>[{SPACELESS}]+)|(?P<word>(?:(?![{SPACELESS}])\w)+)")
SYLLABLE_MARKS = "[\u0f0b\u0f0c\u0f0d\u0f0e\u17d4\u104a\u104b]"
"""Marks between syllables and sentences of spaceless scripts; writers leave them out at will."""

_TSHEG = re.compile(f"{SYLLABLE_MARKS}+")
_MARKS_OF = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Combining marks that searchers leave out: accents, Hebrew points, Arabic vowel signs. Vowel signs of Indic and
South East Asian scripts are letters to their readers and stay.
"""

_SAME = str.maketrans(
    {
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ۍ": "ي",
        "ێ": "ي",
        "ک": "ك",
        "ہ": "ه",
        "ۀ": "ه",
        "ھ": "ه",
        "ة": "ه",
        "ە": "ه",
        "ٱ": "ا",
        "ـ": None,
        "\u200c": None,
        "\u200d": None,
        "\u00ad": None,
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "’": "'",
        "ʼ": "'",
        "‘": "'",
    }
)
"""Letters that differ between keyboards and languages of one script, and joiners, by what they are searched as."""


def folded(text: str) -> str:
    """Return ``text`` as a search compares it.

    It is in lower case, without accents and vowel signs, with one form per letter.
    """
    # Twice: some compatibility forms of letters have no lower case of their own.
    text = unicodedata.normalize("NFKD", text.casefold()).casefold()
    text = _MARKS_OF.sub(_without_mark, text).translate(_SAME)
    return unicodedata.normalize("NFC", text)


def indexed(text: str) -> str:
    """Return the words of ``text`` for the index, separated by spaces.

    They are folded words, and pairs of characters of scripts without spaces.
    """
    return " ".join(_terms(folded(text)))


def query(text: str) -> str | None:
    """Return the FTS5 query for what a person typed, or None when it holds no word.

    Words must all occur; words in double quotes must follow each other; ``-word`` must not occur; ``word*`` matches the
    beginning of a word. Nothing typed reaches FTS5 as syntax: each term is quoted.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for sign, quoted, bare in re.findall(r'(-?)(?:"([^"]*)"|(\S+))', folded(text)):
        phrase = _phrase(quoted or bare, star=bare.endswith("*"))
        if phrase:
            (unwanted if sign else wanted).append(phrase)
    if not wanted:
        return None
    found = " AND ".join(wanted)
    return f"({found}) NOT ({' OR '.join(unwanted)})" if unwanted else found


def terms_of(text: str) -> list[str]:
    """Return the folded words and spaceless runs that a person searches for, for marking them in a text."""
    found = [match[0] for match in _RUN.finditer(_TSHEG.sub("", folded(text)))]
    return sorted(set(found), key=len, reverse=True)


def _phrase(text: str, *, star: bool) -> str:
    parts: list[str] = []
    for match in _RUN.finditer(_TSHEG.sub("", text)):
        if match["pairs"]:
            parts.extend([" ".join(_pairs(match[0]))] if len(match[0]) > 1 else [match[0] + "\0"])
        else:
            parts.append(match[0])
    if not parts:
        return ""
    if parts[-1].endswith("\0"):  # one character of a spaceless script begins a pair, or is the last of its run
        parts[-1] = parts[-1].removesuffix("\0")
        star = True
    words = " ".join(parts).replace("\0", "").replace('"', "")
    return f'"{words}"' + (" *" if star else "")


def _terms(text: str) -> Iterator[str]:
    for match in _RUN.finditer(_TSHEG.sub("", text)):
        if match["pairs"]:
            yield from _pairs(match[0])
            yield match[0][-1]  # a query of one character looks for a beginning, and the last one begins no pair
        else:
            yield match[0]


def _pairs(run: str) -> Iterator[str]:
    """Yield the overlapping pairs of ``run``."""
    for place in range(len(run) - 1):
        yield run[place : place + 2]


def _without_mark(match: re.Match[str]) -> str:
    """Keep the breve of й, which is a separate letter in Cyrillic; drop every other mark."""
    mark = match[0]
    if mark == "\u0306" and match.start() and match.string[match.start() - 1] in "иу":
        return mark
    return ""
