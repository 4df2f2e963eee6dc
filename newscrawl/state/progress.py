"""Track up to which offset of each WARC file all pages are finished."""

from __future__ import annotations


class ArchiveProgress:
    """Learns of each page when it is written and when it is finished; pages finish in any order."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[str, int]] = {}
        self._ends: dict[str, int] = {}
        self._reported: dict[str, int] = {}

    def written(self, url: str | None, filename: str, offset: int, length: int) -> None:
        """Note a record of ``length`` bytes; ``url`` is that of a page that the pipelines will finish, else None."""
        self._ends[filename] = offset + length
        if url is not None:
            self._open[url] = (filename, offset)

    def settled(self, url: str) -> None:
        """Note that the page of ``url`` is finished."""
        self._open.pop(url, None)

    @property
    def moved(self) -> bool:
        """Whether records were written since the last call of :meth:`positions`."""
        return self._ends != self._reported

    def positions(self) -> dict[str, int]:
        """Return, for each file where it changed, the offset before which all pages are finished."""
        positions = dict(self._ends)
        for filename, offset in self._open.values():
            positions[filename] = min(positions[filename], offset)
        changed = {name: size for name, size in positions.items() if self._reported.get(name) != size}
        self._reported.update(changed)
        latest = next(reversed(self._ends), None)
        for name in [each for each in self._ends if each != latest and positions[each] == self._ends[each]]:
            del self._ends[name], self._reported[name]
        return changed
