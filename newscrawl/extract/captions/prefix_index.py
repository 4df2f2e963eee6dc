"""Index texts by their beginnings: a page may have hundreds of captions and thousands of paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator


class Beginnings:
    """Prefix index over known texts: each text in order, with the longest other one that it begins with."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._ordered = sorted({*texts} - {""})
        self._shorter = _nested(self._ordered)

    def __contains__(self, text: str) -> bool:
        """Return whether ``text`` is one of them."""
        return text in self._shorter

    def of(self, text: str) -> Iterator[str]:
        """Yield those that ``text`` begins with, the longest first.

        The last one in order that is not after ``text`` begins with all of these, so one search is enough.
        """
        place = bisect_right(self._ordered, text)
        if not place:
            return
        found: str | None = self._ordered[place - 1]
        while found is not None:
            if text.startswith(found):
                yield found
            found = self._shorter[found]

    def any_goes_on(self, text: str) -> bool:
        """Return whether one of them begins with ``text``."""
        place = bisect_left(self._ordered, text)
        return place < len(self._ordered) and self._ordered[place].startswith(text)


def _nested(ordered: list[str]) -> dict[str, str | None]:
    """Return for each text the longest of the others that it begins with."""
    shorter: dict[str, str | None] = {}
    around: list[str] = []
    for text in ordered:
        while around and not text.startswith(around[-1]):
            around.pop()
        shorter[text] = around[-1] if around else None
        around.append(text)
    return shorter
