"""What the sample site publishes: each story is a function of its number, the seed and the edition. Nothing is stored.

The story is the truth that extraction is measured against; pages are made from it, never the other way round.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from newscrawl.samplesite.languages import Language, languages

FIRST_ID = 31_000_000
ID_STEP = 13
"""Ids are one sequence shared by many sites, so they are not dense."""
NEWEST = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""When the newest story of edition 0 was published. The site knows no clock."""
MINUTES_APART = 37

KINDS = (
    "article", "images", "factcheck", "liveblog", "gallery", "video", "audio", "legacy", "breaks", "stacked",
    "no_json_ld", "broken_json_ld", "cp1251",
)  # fmt: skip
SHARE_OF_PLAIN = 0.8
"""Beyond the first hundred stories most are plain articles, as on real sites."""
CP1251_STORIES = frozenset({14, 25})
"""One Russian and one Ukrainian story in the smallest edition: the old code page has Cyrillic letters only."""
ALL_KINDS_UNTIL = 117
"""The first 9 x 13 stories run through every kind in turn, in different languages."""
PNG_PICTURE = 2
"""The third picture of a story is a PNG."""
SECTION_ZONES = (101, 102, 103)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a story; ``guid`` names its files."""

    guid: str
    caption: str
    credit: str | None
    location: str | None
    taken: str | None
    extension: str = "jpg"


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a live blog."""

    time: datetime
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One item page."""

    number: int
    id: int
    kind: str
    language: Language
    headline: str
    description: str
    paragraphs: tuple[str, ...]
    dateline: str | None
    published: datetime
    modified: datetime | None
    author: str
    sources: tuple[str, ...]
    section: int
    keywords: tuple[str, ...]
    pictures: tuple[Picture, ...]
    posts: tuple[Post, ...] = ()
    related: tuple[int, ...] = ()
    stacked: tuple[int, ...] = field(default=())

    @property
    def slug(self) -> str:
        """The words of the headline as the CMS puts them into the URL."""
        words = "".join(character if character.isalnum() else " " for character in self.headline.lower()).split()
        return "-".join(words)[:120]

    @property
    def path(self) -> str:
        """The canonical path."""
        return f"/a/{self.slug}/{self.id}.html"


def number_of(story_id: int) -> int | None:
    """Return the number of the story with this id; None when no story can have it."""
    number, rest = divmod(story_id - FIRST_ID, ID_STEP)
    return number if rest == 0 and number >= 0 else None


def story(number: int, seed: int = 1, revision: int = 0, published: datetime | None = None) -> Story:
    """Story ``number``; ``revision`` counts how often its editors changed it; ``published`` is that of edition 0."""
    random = Random(f"{seed}/{number}")
    language = _language(number)
    kind = _kind(number, random, language)
    words = _Words(language, random, number)
    headline = words.filled(random.choice(language.headlines))
    published = published or NEWEST - timedelta(minutes=MINUTES_APART * number)
    paragraphs = words.paragraphs(random.randint(5, 9))
    if revision:
        paragraphs += (words.filled(language.sentences[revision % len(language.sentences)], 1000 + revision),)
    return Story(
        number=number,
        id=FIRST_ID + number * ID_STEP,
        kind=kind,
        language=language,
        headline=headline,
        description=paragraphs[0],
        paragraphs=_body(kind, paragraphs, language),
        dateline=_dateline(kind, language, random),
        published=published,
        modified=published + timedelta(hours=2 + revision) if revision or number % 3 == 0 else None,
        author=random.choice(language.people),
        sources=tuple(random.sample(language.agencies, 2)) if kind in _CREDITED else (),
        section=random.randrange(3),
        keywords=tuple(random.sample(language.topics, 2)),
        pictures=tuple(_picture(seed, number, index, words, published) for index in range(_PICTURES.get(kind, 1))),
        posts=_posts(words, published) if kind == "liveblog" else (),
        related=_related(number) if kind == "images" else (),
        stacked=_related(number) if kind == "stacked" else (),
    )


_CREDITED = frozenset({"article", "images", "no_json_ld", "stacked", "cp1251"})
_PICTURES = {"images": 3, "gallery": 5, "breaks": 0, "cp1251": 0, "audio": 1}
_UNWRITTEN = frozenset({"video", "audio", "gallery"})


def _language(number: int) -> Language:
    return languages()[number % len(languages())]


def _kind(number: int, random: Random, language: Language) -> str:
    if number in CP1251_STORIES:
        return "cp1251"
    if number < ALL_KINDS_UNTIL:
        kind = KINDS[(number + number // len(KINDS)) % len(KINDS)]
    else:
        kind = "article" if random.random() < SHARE_OF_PLAIN else random.choice(KINDS)
    return "article" if kind == "cp1251" and language.language not in ("ru", "uk") else kind


def _body(kind: str, paragraphs: tuple[str, ...], language: Language) -> tuple[str, ...]:
    if kind in _UNWRITTEN:
        return paragraphs[:2]
    if kind in ("article", "images"):
        return (*paragraphs[:3], language.subheading, *paragraphs[3:])
    return paragraphs


def _dateline(kind: str, language: Language, random: Random) -> str | None:
    if kind not in ("article", "cp1251") or language.language in ("ka", "hy", "fa"):
        return None
    place = random.choice(language.places).upper()
    return f"{place} --" if language.language in ("en", "ro", "sr-Latn") else f"{place} —"


def _related(number: int) -> tuple[int, ...]:
    """Two other stories in the same language."""
    step = len(languages())
    same = (number % step + index * step for index in range(3))
    return tuple(other for other in same if other != number)[:2]


def _posts(words: _Words, published: datetime) -> tuple[Post, ...]:
    return tuple(
        Post(published + timedelta(minutes=15 * index), words.headline(index), words.paragraphs(2))
        for index in reversed(range(4))
    )


def _picture(seed: int, number: int, index: int, words: _Words, published: datetime) -> Picture:
    taken = (published - timedelta(days=index + 1)).date()
    digest = hashlib.md5(f"{seed}/{number}/{index}".encode(), usedforsecurity=False).digest()
    language = words.language
    place = words.random.choice(language.places)
    caption = language.caption.format(
        place=place, person=words.random.choice(language.people), n=number + index + 2, date=language.written(taken)
    )
    opens_with_place = caption.startswith(place)
    return Picture(
        guid=str(uuid.UUID(bytes=digest)).upper(),
        caption=caption,
        credit="AFP" if index == 1 else None,
        location=place if opens_with_place else None,
        taken=taken.isoformat(),
        extension="png" if index == PNG_PICTURE else "jpg",
    )


class _Words:
    """Fills the patterns of a language; the story's number makes every sentence its own."""

    def __init__(self, language: Language, random: Random, number: int) -> None:
        self.language = language
        self.random = random
        self._number = number
        self._count = 0

    def filled(self, pattern: str, extra: int = 0) -> str:
        self._count += 1
        return pattern.format(
            place=self.random.choice(self.language.places),
            person=self.random.choice(self.language.people),
            organization=self.random.choice(self.language.organizations),
            topic=self.random.choice(self.language.topics),
            n=self._number * 20 + self._count + extra + 2,
        )

    def headline(self, index: int) -> str:
        return self.filled(self.language.headlines[index % len(self.language.headlines)])

    def paragraphs(self, count: int) -> tuple[str, ...]:
        patterns = self.random.sample(self.language.sentences, count)
        return tuple(self.filled(pattern) for pattern in patterns)
