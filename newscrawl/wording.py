"""Words and figures of messages: plurals and sizes."""

from __future__ import annotations

_UNITS = ("bytes", "kB", "MB", "GB")


def counted(number: int, noun: str, plural: str | None = None, *, zero: str = "no") -> str:
    """Return ``number`` and the noun in its right form, such as ``1 file``, ``2 files`` or ``no files``."""
    if number == 1:
        return f"1 {noun}"
    return f"{number or zero} {plural or noun + 's'}"


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
