"""What decides the lines of a replay besides the archive: pipelines, filters, code. A rerun compares it."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module, resources
from importlib.metadata import PackageNotFoundError, version
from importlib.resources.abc import Traversable
from typing import Any

import orjson

from newscrawl.replay.selection.duplicates import Mode, Signature, signature_for
from newscrawl.replay.selection.filters import Filters

EXTRACTOR = "newscrawl.replay.extraction.extractor"
"""The module that makes lines; what it imports, directly or not, decides them."""
LIBRARIES = ("selectolax", "lxml", "extruct", "orjson", "w3lib")
"""Libraries whose version decides lines."""

_PACKAGE = "newscrawl"
_IMPORT = re.compile(
    rf"^[ \t]*(?:from ({_PACKAGE}[\w.]*) import ([^\n(]+|\([^)]*\))|import ({_PACKAGE}[\w.]*))", re.MULTILINE
)
_NAME = re.compile(r"\w+")
_LOADS_BY_NAME = "iter_modules"
"""A package whose ``__init__`` calls this loads its modules by their names: all of them count as imported."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How captures become lines, and where the lines go."""

    pipelines: tuple[str, ...]
    """Dotted paths: the setting ``ARTICLE_PIPELINES``."""
    filters: Filters = field(default_factory=Filters)
    limit: int | None = None
    """Stop after this many articles, taken in the order of the sources."""
    duplicates: Mode = "no"
    """Which texts are duplicates of others: ``no``, ``exact``, ``near``."""
    form: str = "jsonl"
    """A name of :data:`newscrawl.replay.output.forms.FORMS`."""
    partition: tuple[str, ...] = ()
    """``site`` and ``date``: folders in the style of Hive."""
    index: tuple[str, ...] = ()
    """CDXJ files that know the originals of revisits."""

    def options(self) -> str:
        """Return what the user asked for, as one comparable text."""
        values: dict[str, Any] = {
            "pipelines": self.pipelines,
            "filters": self.filters.as_dict(),
            "format": self.form,
            "partition": self.partition,
            "limit": self.limit,
            "duplicates": self.duplicates,
        }
        return orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()

    def signature(self) -> Signature | None:
        """Return what makes the signatures of texts; None if duplicates are kept.

        Raises:
            UsageError: a package for it is not installed.
        """
        return signature_for(self.duplicates)

    def code(self) -> str:
        """Return a digest of the code that makes the lines: when it changes, what was replayed is out of date."""
        digest = hashlib.sha256()
        for name, source in sorted(imported_sources([EXTRACTOR, *map(_module_of, self.pipelines)]).items()):
            digest.update(name.encode() + b"\0" + source + b"\0")
        for path in self.pipelines:
            if not _is_ours(path):
                digest.update(inspect.getsource(import_module(_module_of(path))).encode())
        for library in LIBRARIES:
            digest.update(_version(library).encode() + b"\0")
        return digest.hexdigest()


def imported_sources(modules: Iterable[str]) -> dict[str, bytes]:
    """Return the sources of ``modules`` and of all modules of newscrawl that they import, directly or not, by name."""
    found: dict[str, bytes] = {}
    waiting = [name for name in modules if _is_ours(name)]
    while waiting:
        name = waiting.pop()
        if name in found or (place := _file_of(name)) is None:
            continue
        found[name] = place.read_bytes()
        waiting += _imports_of(name, found[name].decode())
    return found


def _imports_of(name: str, source: str) -> Iterator[str]:
    for module, names, plain in _IMPORT.findall(source):
        target = module or plain
        parts = target.split(".")
        yield from (".".join(parts[: end + 1]) for end in range(len(parts)))
        yield from (f"{target}.{each}" for each in _NAME.findall(names))  # a module may be among the names
    folder = resources.files(_PACKAGE).joinpath(*name.split(".")[1:])
    if _LOADS_BY_NAME in source and folder.is_dir():
        modules = (child.name.removesuffix(".py") for child in folder.iterdir() if child.name != "__init__.py")
        yield from (f"{name}.{module}" for module in modules)


def _file_of(module: str) -> Traversable | None:
    place = resources.files(_PACKAGE).joinpath(*module.split(".")[1:])
    if "." not in module:
        return place / "__init__.py"
    parent = resources.files(_PACKAGE).joinpath(*module.split(".")[1:-1])
    candidates = (place / "__init__.py", parent / f"{place.name}.py")
    return next((each for each in candidates if each.is_file()), None)


def _module_of(path: str) -> str:
    return path.rpartition(".")[0]


def _is_ours(path: str) -> bool:
    return path.split(".")[0] == _PACKAGE


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # an egg may be deployed beside a library without its metadata
        return ""
