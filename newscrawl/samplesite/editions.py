"""What is published, changed and withdrawn from one edition to the next; and which place announces which story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from newscrawl.samplesite.announcements import SITEMAP_SIZE
from newscrawl.samplesite.stories import MINUTES_APART, NEWEST, SECTION_ZONES, Story, story

NEW_PER_EDITION = 5
"""Stories that each edition adds: the newest, with the highest numbers, unknown to the editions before."""
CHANGED_EVERY = 11
WITHDRAWN_EVERY = 23
GONE = 3
"""The story that answers 410 from the start; it is announced all the same."""
LOST = 6
"""The same with 404."""
LATEST, NEWS, HOLE = range(10), range(4, 7), range(10, 16)
"""By age: the newest ten are in `latest` (three of them in `news`), the next six in no sitemap, the rest in the
numbered files, videos apart: as measured on the real sites (spring 2025)."""
VIDEOS_REACH = 1_000
"""The videos sitemap has the videos among so many newest stories."""
TAKEN_AWAY = (GONE, LOST)


@dataclass(frozen=True, slots=True)
class Edition:
    """The stories of one edition; every question is answered without a list of them all."""

    size: int
    seed: int
    edition: int = 0

    @property
    def first_count(self) -> int:
        """Stories of edition 0."""
        return self.size + len(TAKEN_AWAY)

    @property
    def moment(self) -> datetime:
        """When the edition was published: what its announcements give as Last-Modified."""
        return NEWEST + timedelta(days=self.edition)

    @property
    def count(self) -> int:
        """Stories published up to this edition."""
        return self._count_of(self.edition)

    def _count_of(self, edition: int) -> int:
        return self.first_count + NEW_PER_EDITION * edition

    def _number(self, age: int) -> int:
        """Return the number of the story that is the ``age``-th newest: what later editions added comes first."""
        added = self.count - self.first_count
        return self.count - 1 - age if age < added else age - added

    @property
    def numbered_files(self) -> int:
        """Numbered sitemaps."""
        return max(2, -(-self.count // SITEMAP_SIZE))

    def story(self, number: int) -> Story:
        """Story ``number`` as it stands in this edition."""
        later = number - self.first_count + 1
        published = NEWEST + timedelta(minutes=MINUTES_APART * later) if later > 0 else None
        return story(number, self.seed, self.revision(number), published)

    def revision(self, number: int) -> int:
        """How often the story was changed up to this edition: each edition changes one story in eleven."""
        return sum((number + edition) % CHANGED_EVERY == 0 for edition in range(1, self.edition + 1))

    def status(self, number: int) -> int:
        """200, 404 for what never was, 410 for what was withdrawn."""
        if not 0 <= number < self.count or number == LOST:
            return 404
        return 410 if number == GONE or self._withdrawn(number) else 200

    def _withdrawn(self, number: int) -> bool:
        """Each edition withdraws one in twenty-three of the stories that the edition before had."""
        return any(
            (number + edition) % WITHDRAWN_EVERY == 0 and number < self._count_of(edition - 1)
            for edition in range(1, self.edition + 1)
        )

    def all(self) -> Iterator[Story]:
        """All stories that are served, newest first."""
        numbers = (self._number(age) for age in range(self.count))
        return (self.story(number) for number in numbers if self.status(number) == 200)

    def _announced(self, ages: range) -> Iterator[tuple[int, Story]]:
        """Return the stories of these ages, whatever became of them: announcements lag behind."""
        return ((age, self.story(self._number(age))) for age in ages if age < self.count)

    def latest(self) -> Iterator[Story]:
        """Return the `latest` sitemap."""
        return (one for age, one in self._announced(LATEST) if age not in NEWS and one.kind != "video")

    def news(self) -> Iterator[Story]:
        """Return the news sitemap."""
        return (one for _, one in self._announced(NEWS) if one.kind != "video")

    def videos(self) -> Iterator[Story]:
        """Return the videos sitemap."""
        return (one for _, one in self._announced(range(VIDEOS_REACH)) if one.kind == "video")

    def numbered(self, file: int) -> Iterator[Story]:
        """Return a numbered sitemap: the oldest stories in the first."""
        share = min(SITEMAP_SIZE, -(-self.count // self.numbered_files))
        newest = max(self.count - share * file, 0)
        oldest = min(newest + share, self.count) if file < self.numbered_files else self.count - share * (file - 1)
        ages = range(max(newest, HOLE.stop), oldest)
        return (one for age, one in self._announced(ages) if one.kind != "video" or age >= VIDEOS_REACH)

    def newest(self, zone: int | None, limit: int) -> Iterator[Story]:
        """For a feed."""
        return self.listed(zone, 0, limit)

    def listed(self, zone: int | None, start: int, limit: int) -> Iterator[Story]:
        """For a listing of a section, or of all."""
        wanted = (one for one in self.all() if zone is None or SECTION_ZONES[one.section] == zone)
        return islice(wanted, start, start + limit)
