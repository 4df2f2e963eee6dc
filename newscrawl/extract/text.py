"""Clean text: one Unicode form, no invisible leftovers, reading order intact.

What is removed and what is kept follows Unicode's recommendations: NFC (UAX #15), joiners where a script needs them
(UAX #31, 2.3), directional controls in pairs (UAX #9).
"""

from __future__ import annotations

import re
import unicodedata

WHITE_SPACE = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""What regular expressions call white space, for :meth:`str.strip`."""

_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
"""Control characters but those that count as white space."""

_ASCII_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]+")

_SURROGATE = re.compile("[\ud800-\udfff]")

_UNSEEN = (
    f"{_CONTROLS}\xad\u034f\u180e\u202d\u202e\u2060-\u2065\u206a-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff"
)
"""Controls, soft hyphen, overrides, which turn the reading order around, word joiner, BOM, annotations, what is no
character."""

_FILLERS = "\u2800\u3164\uffa0"
"""The empty pattern of Braille and Hangul's fillers: blanks that no editor takes away."""

_STRAY = (
    "[\ufe0e\ufe0f](?:(?<=[\\sA-Za-z\xc0-\u1fff.,;:!?][\ufe0e\ufe0f])|(?<![\\s\\S][\ufe0e\ufe0f]))[\ufe0e\ufe0f]*"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
)
"""Variation selectors after a letter or nothing, tags that follow no flag."""

_JUNK = re.compile(f"[{_UNSEEN}]+|{_STRAY}")
_FILLER = re.compile(f"[{_FILLERS}]+")

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese, Khmer: a zero-width space parts their words; elsewhere it is a leftover."""

_ZERO_WIDTH_SPACE = re.compile(f"(?<![{_SPACELESS}])\u200b+|\u200b+(?![{_SPACELESS}\u200b])|\u200b(?=\u200b)")

_IN_WORDS = "\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff\u200d"
"""Letters, digits and the marks that ``\\w`` leaves out, of the scripts that use joiners."""

_REPEATED_JOINER = re.compile("([\u200c\u200d])\\1+")
_UNJOINED = " -\u05ff\u10a0-\u10ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3"
"""Letters of scripts that join none, and punctuation: Latin, Greek, Cyrillic, Hebrew, Georgian, those of East Asia."""

_USELESS_NON_JOINER = f"\u200c(?:(?![{_IN_WORDS}])|(?<![{_IN_WORDS}]\u200c)|(?<=[{_UNJOINED}]\u200c)(?=[{_UNJOINED}]))"
"""A non-joiner at the edge of a word, beside punctuation, or between letters that would not join; within a word Persian
needs it.
"""

_USELESS_JOINER = re.compile(
    f"{_USELESS_NON_JOINER}|[\u200c\u200d](?<=[{_UNJOINED}][\u200c\u200d])[\u200c\u200d]*(?=[{_UNJOINED}])"
)
_SUSPECT = re.compile(
    f"[{_UNSEEN}{_FILLERS}\u061c\u200b\u200d-\u200f\u202a-\u202c\u2066-\u2069\ufe0e\ufe0f\ud800-\udfff]"
    f"|[\U000e0000-\U000e007f]|{_USELESS_NON_JOINER}"  # apart, since a class beyond the first plane takes four times
)
"""Characters that need a closer look; most texts have none and need one search."""

_VIRAMAS = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"
"""A joiner after one of these shapes the last letter of a word (The Unicode Standard, chapter 12)."""

_DIRECTIONAL = re.compile("[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
_PAIRS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_REPEATED_MARK = re.compile("([\u061c\u200e\u200f])\\1+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]")
"""Characters that say as much as three letters: Chinese, Japanese, Korean."""

_AT_EDGES = " \u200b\u200c\u200d\u200e\u200f\u061c"

_MAX_MARKS = 30
"""Combining marks on one letter, as the Stream-Safe Text Format has it (UAX #15, 13): putting more of them into their
order takes time that grows with the square of their number."""

_STRIDE = _MAX_MARKS // 2
_TWO_MAYBE_MARKS = re.compile(r"[^\w\s\x00-\x7f]{2}")
_MAYBE_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MAX_MARKS + 1},}}")
_NO_LETTER_OR_DIGIT = re.compile(r"[\W_\u0640]+")
_ASCII_FOLDED = bytes(range(128)).lower() + bytes(range(128, 256))
_NO_ASCII_LETTER_OR_DIGIT = bytes(code for code in range(128) if not chr(code).isalnum())


def clean(text: str) -> str:
    """Return ``text`` as one line: NFC, white space collapsed, without invisible characters.

    Soft hyphens, byte order marks, control characters, zero-width characters at the edges, stray directional controls
    and lone surrogates are removed. Non-joiners stay within words, joiners where they shape letters or emoji,
    directional marks and paired embeddings within right-to-left text. Cleaning twice changes nothing.
    """
    text = text.strip()
    is_one_line = text.isprintable() and "  " not in text  # the blank is the only white space that is printable
    if text.isascii():
        return text if is_one_line else " ".join(_ASCII_CONTROLS.sub("", " ".join(text.split())).split())
    if is_one_line and not _has_printable_junk(text):
        return unicodedata.normalize("NFC", _stream_safe(text))
    text = unicodedata.normalize("NFC", _stream_safe(" ".join(text.split())))
    while _SUSPECT.search(text) is not None:
        cleaned = unicodedata.normalize("NFC", " ".join(_without_leftovers(text).split()))
        if cleaned == text:
            break
        text = cleaned  # what was joined or reordered by the removal may leave one more leftover
    return text


def trimmed(text: str, edges: str) -> str:
    """Return a piece of a longer text, clean, without ``edges`` at its ends and the marks beside them."""
    return clean(clean(text).strip(edges))


def _has_printable_junk(text: str) -> bool:
    """Return whether ``text`` holds an invisible character that Python calls printable.

    A test for each character costs a fraction of one search for any of them.
    """
    return (
        "\u034f" in text
        or "\u2800" in text
        or "\u3164" in text
        or "\ufe0e" in text
        or "\ufe0f" in text
        or "\uffa0" in text
        or "\ufffc" in text
    )


def comparable(text: str) -> str:
    """Return what two spellings of a text share: its letters and digits, without case and compatibility forms.

    A text without any letter or digit is its own form, without white space.
    """
    if text.isascii():
        letters = text.encode().translate(_ASCII_FOLDED, _NO_ASCII_LETTER_OR_DIGIT).decode()
        return letters or "".join(text.split())
    folded = _folded(text)
    joined = _letters_and_digits(folded) or "".join(folded.split())
    return unicodedata.normalize("NFKC", joined)  # what now stands side by side may be one letter


def columns(text: str) -> int:
    """Return how wide a text is; a Chinese or Korean character says as much as three letters."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def is_small(text: str) -> bool:
    """Return whether ``text`` begins with a small letter of a script that has capitals.

    Georgian has small letters by Unicode's properties, but no sentence and no name begins with a capital.
    """
    first = text[:1]
    return first.islower() and first.title() != first


def same_letters(text: str) -> str:
    """Return ``text`` with one letter for those that keyboards and converters mix.

    Persian letters replace Arabic ones, and Russian ё loses its dots.
    """
    return text.replace("ي", "ی").replace("ى", "ی").replace("ك", "ک").replace("ё", "е")


def _folded(text: str) -> str:
    return same_letters(unicodedata.normalize("NFKC", _stream_safe(text)).casefold())


def _letters_and_digits(text: str) -> str:
    """Remove everything but letters and digits; the usual marks first, so that most texts need no search."""
    bare = text.replace(" ", "").replace(",", "").replace(".", "")
    return bare if bare.isalnum() and "\u0640" not in bare else _NO_LETTER_OR_DIGIT.sub("", bare)


def _stream_safe(text: str) -> str:
    """Return ``text`` without the marks that no letter needs; every fifteenth character excludes most texts."""
    if len(text) <= _MAX_MARKS or _TWO_MAYBE_MARKS.search(text[::_STRIDE]) is None:
        return text
    return _MAYBE_MARKS.sub(_few_marks, text)


def _few_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _without_leftovers(text: str) -> str:
    if _SURROGATE.search(text) is not None:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _ZERO_WIDTH_SPACE.sub("", _FILLER.sub(" ", _JUNK.sub("", text)))
    if _DIRECTIONAL.search(text) is not None:
        text = _with_sensible_direction(text)
    text = _REPEATED_JOINER.sub(r"\1", text)
    return _USELESS_JOINER.sub("", _without_wrapping(" ".join(text.split())))


def _with_sensible_direction(text: str) -> str:
    """Keep directional controls that matter: with right-to-left letters, and of pairs those around text."""
    if _RIGHT_TO_LEFT.search(text) is None:
        return _DIRECTIONAL.sub("", text)
    kept = list(text)
    opened: list[int] = []
    shown = -1
    for place, character in enumerate(kept):
        if character in _PAIRS:
            opened.append(place)
        elif character in ("\u202c", "\u2069"):
            if not opened or _PAIRS[kept[opened[-1]]] != character:
                kept[place] = ""
            elif (start := opened.pop()) > shown:
                kept[start] = kept[place] = ""
        elif character not in _AT_EDGES:
            shown = place
    for place in opened:
        kept[place] = ""
    return _REPEATED_MARK.sub(r"\1", "".join(kept))


def _without_wrapping(text: str) -> str:
    """Remove marks at the edges and pairs around the whole: the direction of the paragraph says the same."""
    closers = _closing_places(text)
    start, end = 0, len(text)
    while start < end:
        if text[start] in _AT_EDGES:
            start += 1
        elif text[end - 1] in _AT_EDGES and not (text[end - 1] == "\u200d" and text[end - 2] in _VIRAMAS):
            end -= 1
        elif closers.get(start) == end - 1:
            start, end = start + 1, end - 1
        else:
            break
    return text[start:end]


def _closing_places(text: str) -> dict[int, int]:
    """Return where each pair that is opened is closed; all pairs match."""
    opened: list[int] = []
    places: dict[int, int] = {}
    for match in _DIRECTIONAL.finditer(text):
        if match[0] in _PAIRS:
            opened.append(match.start())
        elif match[0] in ("\u202c", "\u2069") and opened:
            places[opened.pop()] = match.start()
    return places
