"""The words of each language of the sample site, read from ``texts/*.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Language:
    """Names, labels and sentence patterns; ``{place}``, ``{person}``, ``{organization}``, ``{topic}``, ``{n}`` vary."""

    language: str
    html_lang: str
    json_lang: str
    direction: str
    sections: list[str]
    places: list[str]
    people: list[str]
    organizations: list[str]
    topics: list[str]
    agencies: list[str]
    by: str
    credit: str
    and_: str
    read_also: str
    related: str
    skip: str
    breaking: str
    no_media: str
    copied: str
    share: str
    print_: str
    comments: str
    bio: str
    verdict: str
    latest: str
    caption: str
    date_pattern: str
    months: list[str]
    headlines: list[str]
    subheading: str
    sentences: list[str]

    def written(self, day: date) -> str:
        """``day`` in words."""
        return self.date_pattern.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def credited(self, sources: tuple[str, ...]) -> str:
        """Return the credit line that names ``sources``."""
        separator = "、" if self.language == "zh" else "، " if self.language == "fa" else ", "
        names = separator.join(sources[:-1]) + self.and_ + sources[-1] if len(sources) > 1 else sources[0]
        return self.credit.format(sources=names)


@cache
def languages() -> tuple[Language, ...]:
    """All languages of the site, in a fixed order."""
    folder = resources.files("newscrawl.samplesite").joinpath("texts")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return tuple(_language(tomllib.loads(entry.read_text(encoding="utf-8"))) for entry in files)


def _language(table: dict[str, object]) -> Language:
    renamed = {
        {"and": "and_", "print": "print_", "date": "date_pattern"}.get(name, name): value
        for name, value in table.items()
    }
    return Language(**renamed)  # type: ignore[arg-type]  # our own data; a wrong key fails at once
