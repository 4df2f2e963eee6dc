"""Write text for people: numbers with their nouns, and text from outside in a form that is safe to print and to log.

Text from outside (URLs, record ids, file names, headers) that is printed raw can move the cursor, change what was
printed before, forge a line, or reverse the order of what follows it (ECMA-48 control sequences; Unicode TR 36, 2.8).
"""

from __future__ import annotations

_JOINERS = "\u200c\u200d"
"""Zero width non-joiner and joiner: invisible, harmless, and part of Persian and Indic words."""

_UNITS = ("bytes", "kB", "MB", "GB")


def printable(text: object) -> str:
    r"""Return ``text`` on one line, with each character that is not printable as an escape (``\x1b``, ``\u202e``)."""
    value = str(text)
    if value.isprintable():
        return value
    return "".join(each if each.isprintable() or each in _JOINERS else _escaped(each) for each in value)


def counted(number: int, singular: str, plural: str | None = None, *, zero: str = "0") -> str:
    """Return ``number`` with the noun in the form that belongs to it: "1 file", "2 files", "0 indexes".

    ``zero`` is written instead of the number 0: "no files".
    """
    return f"{number or zero} {singular if number == 1 else plural or singular + 's'}"


def readable_bytes(size: float) -> str:
    """Return a size in powers of 1,000, such as ``1.5 MB``."""
    for unit in _UNITS:
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def install_hint(extra: str) -> str:
    """Return how to install newscrawl with ``extra``; the package is not on a public index."""
    return f"in a checkout of newscrawl run  pip install '.[{extra}]'"


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
