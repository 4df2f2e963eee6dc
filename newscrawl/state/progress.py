"""Up to where in the WARC files of a crawl all pages are dealt with."""

from __future__ import annotations


class ArchiveProgress:
    """Told of each page as it is written and as it is dealt with; pages are dealt with in any order."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[str, int]] = {}
        self._ends: dict[str, int] = {}
        self._told: dict[str, int] = {}

    def written(self, url: str | None, filename: str, offset: int, length: int) -> None:
        """A record was written; ``url`` is that of a page which is to be dealt with, else None."""
        self._ends[filename] = offset + length
        if url is not None:
            self._open[url] = (filename, offset)

    def settled(self, url: str) -> None:
        """The page of ``url`` was dealt with."""
        self._open.pop(url, None)

    @property
    def moved(self) -> bool:
        """Whether there is anything to tell since :meth:`positions` was last asked."""
        return self._ends != self._told

    def positions(self) -> dict[str, int]:
        """By file: all pages whose records begin before this offset are dealt with."""
        positions = dict(self._ends)
        for filename, offset in self._open.values():
            positions[filename] = min(positions[filename], offset)
        changed = {name: size for name, size in positions.items() if self._told.get(name) != size}
        self._told.update(changed)
        latest = next(reversed(self._ends), None)
        for name in [each for each in self._ends if each != latest and positions[each] == self._ends[each]]:
            del self._ends[name], self._told[name]
        return changed
