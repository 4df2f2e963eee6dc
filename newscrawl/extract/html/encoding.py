"""Bytes of a page to text: what the bytes are counts for more than what they are declared to be."""

from __future__ import annotations

import codecs
import re
import string

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

_SAMPLE = 64 * 1024
"""Bytes that are looked at to guess an encoding: enough letters for statistics, milliseconds to decode."""

_MAX_BROKEN = 0.1
"""Share of broken sequences among the non-ASCII ones that still passes as UTF-8: pages cut off or glued together have
a few, a windows-1251 text declared as UTF-8 has nothing else."""

_NON_LATIN = 0.5
"""Share of letters above 0x7F from which a single-byte text is not written in the Latin alphabet. Russian text has
more than 0.9, French and Czech less than 0.2."""

_HIGH_BYTES = bytes(range(0x80, 0x100))
_WORD_BYTES = _HIGH_BYTES + string.ascii_letters.encode()
_TAG = re.compile(rb"<(?:(script|style)(?:[^<]++|<(?!/\1))*+(?:</\1>)?+|[^>]*+>?+)", re.I)
"""No alternative is tried twice: thousands of scripts that never end took the time of their square."""

_NOT_FOR_PAGES = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined", "mbcs"})
"""Codecs that Python has and no page is written in; a hostile label must not choose them."""

_ALPHABETS = {
    name: letters.encode(name)
    for name, letters in {
        "cp1251": "оеаинтсрвлк",
        "koi8-r": "оеаинтсрвлк",
        "iso8859-5": "оеаинтсрвлк",
        "cp1256": "اليمنورتبةسه",
        "cp1253": "αοιετσνηυρπ",
    }.items()
}
"""Non-Latin single-byte encodings that are guessed, with the commonest letters of their languages in them."""


def decoded(payload: bytes, content_type: str | None) -> str:
    """The text of an HTML page. Never raises: what cannot be decoded becomes U+FFFD.

    Order of trust: byte order mark; valid UTF-8, which is hardly ever valid by chance; the declarations in the page
    and in the header, if the letters they give are likely ones; a guess.
    """
    bom_encoding, bom = read_bom(payload)
    if bom_encoding and bom:
        return payload[len(bom) :].decode(bom_encoding, "replace")
    text = utf8(payload)
    return payload.decode(_encoding(payload, content_type), "replace") if text is None else text


def utf8(payload: bytes) -> str | None:
    """The text of bytes that are valid UTF-8, else None."""
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _encoding(payload: bytes, content_type: str | None) -> str:
    """The encoding of bytes that are not valid UTF-8."""
    declared = _declared(payload, content_type)
    if _nearly_utf8(payload) and (not declared or "utf-8" in declared):
        return "utf-8"
    text_bytes = _TAG.sub(b" ", payload[:_SAMPLE])
    others = [name for name in declared if name != "utf-8"]
    if _non_latin(text_bytes):
        return max((*others, *_ALPHABETS), key=lambda name: _likelihood(text_bytes, name))
    return others[0] if others else "cp1252"


def _declared(payload: bytes, content_type: str | None) -> list[str]:
    """The encodings that page and header declare, the page first: servers declare one for all their pages."""
    labels = (html_body_declared_encoding(payload[:4096]), http_content_type_encoding(content_type))
    names = (resolve_encoding(label) for label in labels if label)
    return [name for name in dict.fromkeys(names) if name and _is_for_pages(name)]


def _is_for_pages(name: str) -> bool:
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return False
    return codec._is_text_encoding and codec.name.replace("_", "-") not in _NOT_FOR_PAGES


def _nearly_utf8(payload: bytes) -> bool:
    sample = payload[:_SAMPLE].decode("utf-8", "replace")
    return sample.count("�") <= _MAX_BROKEN * (len(sample) - len(sample.encode("ascii", "ignore")))


def _non_latin(text: bytes) -> bool:
    return _count(text, _HIGH_BYTES) > _NON_LATIN * _count(text, _WORD_BYTES)


def _likelihood(text: bytes, name: str) -> float:
    """Share of the commonest letters of the alphabet that ``name`` encodes."""
    letters = _ALPHABETS.get(name)
    if letters is None:  # declared, multi-byte or rare: as likely as few of its sequences are broken
        sample = text.decode(name, "replace")
        return 0.3 if sample.count("�") * 50 < len(sample) and name not in ("cp1252", "latin-1") else 0.0
    return _count(text, letters) / (_count(text, _HIGH_BYTES) or 1)


def _count(text: bytes, wanted: bytes) -> int:
    """How many of the ``wanted`` bytes there are: a twentieth of the time of a search for each."""
    return len(text) - len(text.translate(None, wanted))
