"""Unicode: the one form that all text leaves newscrawl in, and the form that texts are compared in."""

from __future__ import annotations

import re
import unicodedata

_JUNK = re.compile("[\u00ad\ufeff\u2060\u180e\ufff9-\ufffb\ufffe\uffff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Soft hyphen, BOM, word joiner, interlinear marks, control characters: invisible, and never part of a word."""

_SPACE = re.compile("[\\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

_EDGE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c "
"""Zero-width and direction marks: at an edge they mark nothing. Inside, ZWNJ spells Persian and is kept."""

_LONELY_JOINER = re.compile(
    "(?<![^\\W\\d_])[\u200c\u200d]+|[\u200c\u200d]+(?![^\\W\\d_\u0300-\u036f])(?![\U0001f000-\U0001ffff\u2600-\u27bf])"
)
_ZERO_WIDTH_SPACE = re.compile("\u200b+")

_QUOTES = dict.fromkeys(map(ord, "\"'`´‘’‚‛“”„‟«»‹›′″＂＇「」『』"), None)
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−"), " ")
_PUNCTUATION = dict.fromkeys(map(ord, ".,;:!?…·()[]{}/|،؛؟。，、！？։՝՜"), " ")
_COMPARABLE = {**_QUOTES, **_DASHES, **_PUNCTUATION, **dict.fromkeys(map(ord, _EDGE.rstrip(" ")), None)}


def clean(text: str) -> str:
    """``text`` as one line: NFC, white space collapsed, nothing invisible that is no part of the spelling.

    ZWNJ and ZWJ stay between letters (Persian, Indic scripts, joined emoji); direction marks stay inside.
    Lone surrogates become U+FFFD, so that every result can be written as UTF-8.
    """
    if text.isascii():
        return " ".join(_JUNK.sub("", text).split())
    text = _JUNK.sub("", text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text)
    text = _ZERO_WIDTH_SPACE.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = _LONELY_JOINER.sub("", text)
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text)).strip(_EDGE)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def comparable(text: str) -> str:
    """``text`` without what a repetition may vary: case, quotes, dashes, punctuation, white space, invisible marks."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_COMPARABLE).casefold().split())
