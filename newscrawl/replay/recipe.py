"""What decides the lines of a replay beside the archive: pipelines, filters, code. A rerun compares it."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module, resources
from importlib.metadata import PackageNotFoundError, version
from importlib.resources.abc import Traversable
from typing import Any

import orjson

from newscrawl.replay.selection.filters import Filters

ROOMS = (
    "archive",
    "chain",
    "extract",
    "files",
    "pipelines",
    "replay",
    "schema",
    "sites",
    "capture.py",
    "codings.py",
    "items.py",
    "site.py",
)
"""The parts of newscrawl that the lines depend on."""
LIBRARIES = ("selectolax", "lxml", "extruct", "orjson", "w3lib")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How captures become lines and where lines go."""

    pipelines: tuple[str, ...]
    """Dotted paths: the setting ``ARTICLE_PIPELINES``."""
    filters: Filters = field(default_factory=Filters)
    limit: int | None = None
    """Stop after so many articles, taken in the order of the sources."""
    form: str = "jsonl"
    """``jsonl``, ``jsonl.gz``, ``jsonl.zst`` or ``parquet``."""
    partition: tuple[str, ...] = ()
    """``site`` and ``date``: folders in the style of Hive."""
    index: tuple[str, ...] = ()
    """CDXJ files that know the originals of revisits."""

    def options(self) -> str:
        """What the user asked for, as one comparable text."""
        values: dict[str, Any] = {
            "pipelines": self.pipelines,
            "filters": self.filters.as_dict(),
            "format": self.form,
            "partition": self.partition,
            "limit": self.limit,
        }
        return orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()

    def code(self) -> str:
        """A digest of the code that makes the lines: when it changes, what was replayed is out of date."""
        digest = hashlib.sha256()
        package = resources.files("newscrawl")
        for room in ROOMS:
            for name, source in _sources(package / room):
                digest.update(name.encode() + b"\0" + source + b"\0")
        for path in self.pipelines:
            module = import_module(path.rsplit(".", 1)[0])
            if not module.__name__.startswith("newscrawl."):
                digest.update(inspect.getsource(module).encode())
        for library in LIBRARIES:
            digest.update(_version(library).encode() + b"\0")
        return digest.hexdigest()


def _sources(place: Traversable) -> Iterator[tuple[str, bytes]]:
    if place.is_dir():
        for child in sorted(place.iterdir(), key=lambda child: child.name):
            yield from _sources(child)
    elif place.name.endswith(".py"):
        yield place.name, place.read_bytes()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # an egg may be deployed beside a library without its metadata
        return ""
