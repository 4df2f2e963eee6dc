"""Compare two versions of an article field by field, its metadata too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from newscrawl.comparison.pairing import metadata_of
from newscrawl.comparison.words import words_of
from newscrawl.items import Article, Metadata

METADATA = "metadata."
PROVENANCE = tuple(
    METADATA + name
    for name in (
        "dateDownloaded",
        "warcRecordId",
        "warcFilename",
        "warcOffset",
        "payloadDigest",
        "articleDigest",
        "extractor",
        "schemaVersion",
    )
)
"""Where an article comes from and which code read it: a difference there is none of the article. ``articleDigest`` is
computed from fields that are compared themselves."""
ORDER = {
    name: number
    for number, name in enumerate(
        [
            *(field.name for field in fields(Article) if field.name != "metadata"),
            *(METADATA + field.name for field in fields(Metadata)),
        ]
    )
}
"""The fields of the schema in its order; other fields follow by name."""
EMPTY: tuple[Any, ...] = (None, "", [], {})


class Change(NamedTuple):
    """One field that differs."""

    field: str
    old: Any
    new: Any

    @property
    def gained(self) -> bool:
        """Whether the field was empty."""
        return self.old in EMPTY

    @property
    def lost(self) -> bool:
        """Whether the field is empty now."""
        return self.new in EMPTY

    def words(self) -> tuple[int, int]:
        """Return how many words were added and removed, wherever they are in the text; 0 for what is not a text."""
        old, new = (Counter(words_of(value)) if isinstance(value, str) else Counter[str]() for value in self[1:])
        return (new - old).total(), (old - new).total()


def changes_of(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """Yield the fields that differ, in the order of the schema. A missing key counts as null."""
    before, after = _flat(old), _flat(new)
    for name in sorted(before.keys() | after.keys(), key=lambda name: (ORDER.get(name, len(ORDER)), name)):
        if before.get(name) != after.get(name):
            yield Change(name, before.get(name), after.get(name))


def _flat(article: dict[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in article.items() if name != "metadata"}
    return flat | {METADATA + name: value for name, value in metadata_of(article).items()}
