"""What is published, changed and withdrawn from one edition to the next; and which place announces which story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from newscrawl.samplesite.announcements import SITEMAP_SIZE
from newscrawl.samplesite.stories import SECTION_ZONES, Story, story

NEW_PER_EDITION = 5
"""Stories that each edition adds: the highest numbers, unknown to the editions before."""
CHANGED_EVERY = 11
WITHDRAWN_EVERY = 23
GONE = 3
"""The story that answers 410 from the start; it is announced all the same."""
LOST = 6
"""The same with 404."""
LATEST, NEWS, HOLE = range(10), range(4, 7), range(10, 16)
"""By age: the newest ten are in `latest` (three of them in `news`), the next six in no sitemap, the rest in the
numbered files, videos apart: as measured on the real sites (spring 2025)."""
TAKEN_AWAY = (GONE, LOST)


@dataclass(frozen=True, slots=True)
class Edition:
    """The stories of one edition; every question is answered without a list of them all."""

    size: int
    seed: int
    edition: int = 0

    @property
    def count(self) -> int:
        """Stories published up to this edition."""
        return self.size + 2 + NEW_PER_EDITION * self.edition

    @property
    def numbered_files(self) -> int:
        """Numbered sitemaps."""
        return max(2, -(-self.count // SITEMAP_SIZE))

    def story(self, number: int) -> Story:
        """Story ``number`` as it stands in this edition."""
        return story(number, self.seed, self.revision(number))

    def revision(self, number: int) -> int:
        """How often the story was changed up to this edition: each edition changes one story in eleven."""
        return sum((number + edition) % CHANGED_EVERY == 0 for edition in range(1, self.edition + 1))

    def status(self, number: int) -> int:
        """200, 404 for what never was, 410 for what was withdrawn."""
        if not 0 <= number < self.count or number == LOST:
            return 404
        if number == GONE or any((number + edition) % WITHDRAWN_EVERY == 0 for edition in range(1, self.edition + 1)):
            return 410
        return 200

    def all(self) -> Iterator[Story]:
        """All stories that are served, newest first."""
        return (self.story(number) for number in range(self.count) if self.status(number) == 200)

    def _announced(self, numbers: range) -> Iterator[Story]:
        return (self.story(number) for number in numbers if number < self.count)

    def latest(self) -> Iterator[Story]:
        """The `latest` sitemap."""
        return (one for one in self._announced(range(LATEST.stop)) if one.number not in NEWS and one.kind != "video")

    def news(self) -> Iterator[Story]:
        """The news sitemap."""
        return (one for one in self._announced(NEWS) if one.kind != "video")

    def videos(self) -> Iterator[Story]:
        """The videos sitemap: the newest hundred videos of the smallest sites' reach."""
        return (one for one in self._announced(range(min(self.count, 1000))) if one.kind == "video")

    def numbered(self, file: int) -> Iterator[Story]:
        """A numbered sitemap: the oldest stories in the first."""
        share = min(SITEMAP_SIZE, -(-self.count // self.numbered_files))
        newest = max(self.count - share * file, 0)
        oldest = min(newest + share, self.count) if file < self.numbered_files else self.count - share * (file - 1)
        numbers = range(max(newest, HOLE.stop), oldest)
        return (one for one in self._announced(numbers) if one.kind != "video" or one.number >= 1000)

    def newest(self, zone: int | None, limit: int) -> Iterator[Story]:
        """For a feed."""
        return self.listed(zone, 0, limit)

    def listed(self, zone: int | None, start: int, limit: int) -> Iterator[Story]:
        """For a listing of a section, or of all."""
        wanted = (one for one in self.all() if zone is None or SECTION_ZONES[one.section] == zone)
        return islice(wanted, start, start + limit)
