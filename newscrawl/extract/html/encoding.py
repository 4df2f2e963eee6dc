"""Decode the bytes of a page: what the bytes are counts for more than what they are declared to be.

Declarations are wrong too often (servers declare one encoding for all pages, templates are copied), so a page that is
not valid UTF-8 is decoded with each encoding that comes into question, and the text that looks most like a language
wins. A language is known here by its alphabet and, where its script has no Latin letters, by its commonest letters.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from w3lib.encoding import http_content_type_encoding, read_bom, resolve_encoding

from newscrawl.extract.html.alphabets import LANGUAGES, Language

_SAMPLE = 256 * 1024
"""Bytes that are looked at to guess an encoding."""

_MAX_TEXT = 6 * 1024
"""Bytes of text that are decoded to compare encodings: enough letters for statistics."""

_MAX_DECLARATIONS = 1024 * 1024
"""Bytes in which a declaration is looked for: scripts may stand before it."""

_MIXED = 0.1
"""Share of the bytes above 0x7F that must be valid UTF-8 in a page of several encodings. By chance, one percent is."""

_TAG = re.compile(rb"<(?:(script|style)(?:[^<]++|<(?!/\1))*+(?:</\1>)?+|[^>]*+>?+)", re.I)
"""No alternative is tried twice: thousands of scripts that never end took the time of their square."""

_COMMENT = re.compile(rb"<!--(?:[^-]++|-(?!->))*+(?:-->)?+|<(script|style)\b(?:[^<]++|<(?!/\1))*+", re.I)
_META = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_HIGH_BYTES = bytes(range(0x80, 0x100))
_HIGH = re.compile(rb"[\x80-\xff]+")
_SEGMENT = re.compile(rb"[^<\n]*[<\n]?")
_LABEL = re.compile(r"(?:x[-_])?(?:windows|win|ms|cp|ibm)[-_ ]?(\d{3,4})", re.I)
_LABELS = dict.fromkeys(("koi8-r", "koi8-u", "koi8-ru", "koi8r", "koi8u", "koi8"), "koi8-u") | {"win": "cp1251"}
"""Labels that need more than Python's own names. KOI8-U has letters where KOI8-R has lines for drawing boxes."""

_LANG = re.compile(rb"<html\b[^>]{0,300}?\blang\s*=\s*[\"']?([a-z]{2,3})\b", re.I)

_NOT_FOR_PAGES = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined", "mbcs"})
"""Codecs that Python has and no page is written in; a hostile label must not choose them."""

_DEFAULTS = frozenset({"cp1252", "latin-1", "iso8859-1", "ascii", "utf-8"})
"""What servers and templates declare without knowing."""

_NEVER_GUESSED = frozenset({"mac-roman", "mac-cyrillic", "cp850", "cp852", "iso8859-4", "johab", "cp1258"})
"""Encodings that hardly any page is in, and that give a likely text too often: they must be declared."""

_DECLARED = 0.12
"""What a declaration that is no default adds to the likelihood of an encoding."""

_EXPECTED = 0.08
"""What the page's ``lang`` adds to the likelihood of its language."""

_CERTAIN = 0.97
"""Likelihood from which a declared encoding is not compared with others."""

_NEUTRAL = frozenset(" \t\r\n\xa0«»“”„‘’‚‹›–—―…·•№€§©®°™´`¡¿،؛؟۔、。，：；！？（）《》「」『』・ー％～．")
_INSIDE_WORDS = re.compile(r"[^\W\d_][^\w\s\x00-\x7f«»“”„‘’‚‹›–—―…·•'´`\xad\u0300-\u036f\u200c\u200d-](?=[^\W\d_])")
_CASE_FAULT = re.compile(r"(?<=[a-zà-ÿа-яёіїєґўα-ω])[A-ZÀ-ÞА-ЯЁІЇЄҐЎΑ-Ω](?=[a-zà-ÿа-яёіїєґўα-ω])")
_MIXED_SCRIPTS = re.compile(r"[A-Za-z][\u0370-\u06ff\u0e00-\u0eff]|[\u0370-\u06ff\u0e00-\u0eff][A-Za-z]")


def decoded(payload: bytes, content_type: str | None) -> str:
    """Return the text of an HTML page. Never raises: what cannot be decoded becomes U+FFFD.

    Order of trust: byte order mark; valid UTF-8, which is hardly ever valid by chance; UTF-8 with parts in another
    encoding; the encoding, declared or not, whose text looks most like a language.
    """
    bom_encoding, bom = read_bom(payload)
    if bom_encoding and bom:
        return payload[len(bom) :].decode(bom_encoding, "replace")
    text = utf8(payload)
    if text is not None:
        return text
    declared = _declared(payload, content_type)
    for name in declared:
        if name.startswith(("utf-16", "utf-32")) and b"\0" in payload[:1024]:
            return payload.decode(name, "replace")
    if _is_mixed(payload, declared):
        return _decoded_in_parts(payload, declared)
    return payload.decode(_encoding(payload, declared), "replace")


def utf8(payload: bytes) -> str | None:
    """Return the text of bytes that are valid UTF-8, else None."""
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_mixed(payload: bytes, declared: list[str]) -> bool:
    """Return whether a page has text in UTF-8, beside parts that are in another encoding or broken."""
    valid = broken = 0
    for segment in _segments(payload[:_SAMPLE]):
        count = sum(map(len, _HIGH.findall(segment)))
        if utf8(segment) is not None:
            valid += count
        else:
            broken += _broken(segment)
            valid += max(0, count - 3 * _broken(segment))
    return valid > _MIXED * (valid + broken) and (valid > broken or "utf-8" in declared or not declared)


def _segments(payload: bytes) -> Iterator[bytes]:
    """Yield the lines and the texts between tags that have bytes above 0x7F."""
    for line in payload.split(b"\n"):
        if not line.isascii():
            for segment in line.split(b"<"):
                if not segment.isascii():
                    yield segment


def _broken(segment: bytes) -> int:
    return segment.decode("utf-8", "replace").count("�") - segment.count("�".encode())


def _decoded_in_parts(payload: bytes, declared: list[str]) -> str:
    """Decode line by line: what is no UTF-8 is in the other encoding, or has single bad bytes."""
    foreign = [segment for segment in _segments(payload[:_SAMPLE]) if _is_foreign(segment)]
    other = _encoding(b"\n".join(foreign), [name for name in declared if name != "utf-8"]) if foreign else "utf-8"
    parts = []
    for segment in _SEGMENT.findall(payload):
        encoding = other if foreign and not segment.isascii() and _is_foreign(segment) else "utf-8"
        parts.append(segment.decode(encoding, "replace"))
    return "".join(parts)


def _is_foreign(segment: bytes) -> bool:
    """Return whether most of what is not ASCII in ``segment`` is no UTF-8, and so of another encoding."""
    if utf8(segment) is not None:
        return False
    broken = _broken(segment)
    count = sum(map(len, _HIGH.findall(segment)))
    return 2 * broken > count and (count > 1 or len(segment) > 1)


def _encoding(payload: bytes, declared: list[str]) -> str:
    """Return the name of the likeliest encoding of bytes that are not valid UTF-8."""
    text = _text_bytes(payload)
    match = _LANG.search(payload[:4096])
    language = match[1].decode().lower() if match else None
    scores: dict[str, float] = {}
    is_declared = not _DEFAULTS.issuperset(declared)
    for name in declared:
        if name not in _DEFAULTS:
            scores[name] = _likelihood(text, name, language)
            if scores[name] >= _CERTAIN:
                return name
            scores[name] += _DECLARED
    for name in _candidates():
        if name not in scores:
            scores[name] = _likelihood(text, name, language)
            if scores[name] >= _CERTAIN and not is_declared and _is_foreign_script(text):
                return name
    return max(scores, key=lambda name: scores[name])


def _is_foreign_script(text: bytes) -> bool:
    """Return whether most letters are beyond ASCII: then a text that is certain is in no other encoding."""
    high = len(text) - len(text.translate(None, _HIGH_BYTES))
    return 3 * high > len(text)


def _text_bytes(payload: bytes) -> bytes:
    """Return the text of a page, only words and lines with bytes above 0x7F if it is long."""
    text = _TAG.sub(b" ", payload[:_SAMPLE])
    if len(text) <= _MAX_TEXT:
        return text
    return b"\n".join(line for line in text.splitlines() if not line.isascii())[:_MAX_TEXT]


@cache
def _candidates() -> tuple[str, ...]:
    """Return the encodings that are guessed, the likelier of two that fit alike first."""
    names = dict.fromkeys(name for language in LANGUAGES for name in language.encodings)
    return tuple(name for name in names if name not in _NEVER_GUESSED)


def _likelihood(text: bytes, name: str, expected: str | None) -> float:
    """Return how much the text that ``name`` gives looks like a language, at most 1; below 0 for nonsense."""
    decoded_text = text.decode(name, "replace")
    counts = Counter(decoded_text)
    letters = {char: count for char, count in counts.items() if ord(char) > 0x7F and char not in _NEUTRAL}
    total = sum(letters.values())
    neutral = sum(counts[char] for char in _NEUTRAL if char in counts and ord(char) > 0x7F)
    if not total:
        return 0.9 if neutral else 0.5
    faults = len(_INSIDE_WORDS.findall(decoded_text)) + 2 * len(_CASE_FAULT.findall(decoded_text))
    faults += 2 * len(_MIXED_SCRIPTS.findall(decoded_text)) + 4 * counts["�"]
    best = max(_share(letters, total, language, expected) for language in _languages_in(name))
    return best - faults / total


@cache
def _languages_in(name: str) -> tuple[Language, ...]:
    """Return the languages whose alphabet an encoding has; all of them for one that is not in the table."""
    return tuple(language for language in LANGUAGES if name in language.encodings) or LANGUAGES


def _share(letters: dict[str, int], total: int, language: Language, expected: str | None) -> float:
    """Return the share of letters of ``language``, weighed by how common the letters are in it."""
    known = _alphabet(language)
    share = sum(count for char, count in letters.items() if char in known) / total
    if language.common:
        common = _common(language)
        frequent = sum(count for char, count in letters.items() if char in common) / total
        share = 0.4 * share + 0.6 * min(1.0, frequent / language.share)
    return share + (_EXPECTED if expected == language.code else 0.0)


@cache
def _alphabet(language: Language) -> frozenset[str]:
    if language.alphabet:
        return frozenset(language.alphabet + language.alphabet.upper() + language.common)
    return frozenset(char for first, last in language.ranges for char in map(chr, range(first, last + 1)))


@cache
def _common(language: Language) -> frozenset[str]:
    return frozenset(language.common)


def _declared(payload: bytes, content_type: str | None) -> list[str]:
    """Return the encodings that page and header declare, the page's first."""
    head = payload[:_MAX_DECLARATIONS]
    xml = _XML.match(head)
    labels = [xml[1].decode("ascii", "replace")] if xml else []
    labels += [match[1].decode("ascii", "replace") for match in _META.finditer(_COMMENT.sub(b" ", head))][:5]
    header = http_content_type_encoding(content_type)
    if content_type and not header and (match := re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", content_type, re.I)):
        header = match[1]
    names = (_resolved(label) for label in (*labels, header) if label)
    return list(dict.fromkeys(name for name in names if name))


def _resolved(label: str) -> str | None:
    """Return Python's name of an encoding by any of its labels, or None."""
    label = label.strip().lower()
    plain = _LABEL.fullmatch(label)
    for name in (_LABELS.get(label), resolve_encoding(label), f"cp{plain[1]}" if plain else None, label):
        if name and _is_for_pages(name):
            return codecs.lookup(name).name if name not in ("cp1252", "utf-8") else name
    return None


def _is_for_pages(name: str) -> bool:
    try:
        codec = codecs.lookup(name)
        b"ab".decode(name, "replace")  # refused where the codec is none of text
    except (LookupError, UnicodeError):
        return False
    return codec.name.replace("_", "-") not in _NOT_FOR_PAGES
