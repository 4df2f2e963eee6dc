"""What differs between two versions of an article: field by field, of the metadata too."""

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
"""Where an article comes from and which code read it: what differs there makes no other article. ``articleDigest`` is
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
"""The fields of the schema, in its order; others come after them, by name."""
EMPTY: tuple[Any, ...] = (None, "", [], {})


class Change(NamedTuple):
    """One field that differs."""

    field: str
    old: Any
    new: Any

    @property
    def gained(self) -> bool:
        """There was nothing."""
        return self.old in EMPTY

    @property
    def lost(self) -> bool:
        """There is nothing any more."""
        return self.new in EMPTY

    def words(self) -> tuple[int, int]:
        """How many words came and how many went, wherever they stand; of texts only."""
        old, new = (Counter(words_of(value)) if isinstance(value, str) else Counter[str]() for value in self[1:])
        return (new - old).total(), (old - new).total()


def changes_of(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """The fields that differ, in the order of the schema. A key that is missing is one that is null."""
    before, after = _flat(old), _flat(new)
    for name in sorted(before.keys() | after.keys(), key=lambda name: (ORDER.get(name, len(ORDER)), name)):
        if before.get(name) != after.get(name):
            yield Change(name, before.get(name), after.get(name))


def _flat(article: dict[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in article.items() if name != "metadata"}
    return flat | {METADATA + name: value for name, value in metadata_of(article).items()}
