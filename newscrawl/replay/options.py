"""The options of ``newscrawl replay``, and what they come to."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Self

from newscrawl.errors import UsageError
from newscrawl.replay.output.outputs import FORMS
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.selection.filters import Filters

FILTERS = {
    "hosts": ("--host", "HOST,…", "only these hosts, with their subdomains"),
    "url_pattern": ("--url-pattern", "REGEX", "only URLs in which this regular expression is found"),
    "sites": ("--site", "NAME,…", "only pages of these site profiles (`newscrawl list` names them)"),
    "since": ("--since", "DATE", "only captures of this day (YYYY-MM-DD) or instant (UTC) and later"),
    "until": ("--until", "DATE", "only captures of this day and earlier, or before this instant (UTC)"),
    "media_types": ("--mime", "TYPE,…", "only pages of these media types"),
    "statuses": ("--status", "NUMBER,…", "only pages with these HTTP statuses"),
    "languages": ("--language", "TAG,…", "only articles in these languages (BCP 47; sr is also sr-Latn)"),
}
"""Fields of :class:`newscrawl.replay.selection.filters.Filters` with their option, its value, its help."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds all of them to ``parser``."""
    output = parser.add_argument_group("Output")
    output.add_argument(
        "-o", "--output", metavar="DIR", help="folder of the articles (default: REPLAY_DIRECTORY, data/replayed)"
    )
    output.add_argument(
        "--format", metavar="FORM", help=f"one of {', '.join(FORMS)} (default: by the end of DIR's name, else jsonl)"
    )
    output.add_argument(
        "--partition", metavar="NAMES", default="", help="folders by site, date or both: --partition site,date"
    )
    output.add_argument("--restart", action="store_true", help="replace what earlier replays left in the folder")
    filters = parser.add_argument_group("Filters")
    for name, (option, value, text) in FILTERS.items():
        filters.add_argument(option, dest=name, metavar=value, default="", help=text)
    filters.add_argument("--limit", metavar="N", help="only the first N articles")
    parser.add_argument("--explain", metavar="URL", help="write nothing; tell what becomes of this URL, step by step")
    work = parser.add_argument_group("Work")
    work.add_argument("--processes", metavar="N", help="processes that read files (default: one a processor)")
    work.add_argument(
        "--index", metavar="CDXJ", action="append", default=[], help="an index that knows originals of revisits"
    )
    work.add_argument("--base", metavar="DIR", help="folder or address of the files that CDXJ sources name")


def recipe_from(options: argparse.Namespace, settings: Any) -> Recipe:
    """The recipe that the options ask for.

    Raises:
        UsageError: a value that cannot be, with what it may be.
    """
    return Recipe(
        pipelines=_pipelines(settings),
        filters=Filters.from_strings(**{name: getattr(options, name) for name in FILTERS}),
        limit=whole_number("limit", options.limit) if options.limit is not None else None,
        form=options.format or _form_of(options.output or ""),
        partition=_listed(options.partition),
        index=index_files(options.index),
    )


@dataclass(frozen=True, slots=True)
class SpiderArguments:
    """The same as arguments of the spider ``replay``: ``-a source=… -a host=… -a limit=…``."""

    sources: tuple[str, ...]
    """``source``: files, folders, patterns, addresses, separated by commas."""
    filters: Filters
    limit: int | None
    processes: int
    """1 unless ``processes`` says more: under Scrapyd other jobs run beside this one."""
    index: tuple[str, ...]
    base: str | None

    @classmethod
    def from_strings(cls, arguments: dict[str, str]) -> Self:
        """The arguments as the command line gives them; names that begin with ``_`` are the scheduler's own.

        Raises:
            UsageError: an unknown name or a malformed value, with what it may be.
        """
        values = {name: value for name, value in arguments.items() if not name.startswith("_")}
        filters = {option.removeprefix("--").replace("-", "_"): name for name, (option, *_) in FILTERS.items()}
        known = ["source", *filters, "limit", "processes", "index", "base"]
        for name in values:
            if name not in known:
                raise UsageError(f"unknown spider argument {name!r}: the arguments are {', '.join(known)}")
        sources = _listed(values.get("source", ""))
        if not sources:
            raise UsageError("source is missing: -a source=PATH,… names files, folders, patterns or addresses")
        return cls(
            sources=sources,
            filters=Filters.from_strings(**{filters[name]: values[name] for name in filters if name in values}),
            limit=whole_number("limit", values["limit"]) if "limit" in values else None,
            processes=whole_number("processes", values.get("processes", "1")),
            index=index_files(_listed(values.get("index", ""))),
            base=values.get("base"),
        )

    def recipe(self, settings: Any) -> Recipe:
        """What comes to the same as the options of the command.

        Raises:
            UsageError: the settings name no pipelines.
        """
        return Recipe(pipelines=_pipelines(settings), filters=self.filters, limit=self.limit, index=self.index)


def index_files(names: Collection[str]) -> tuple[str, ...]:
    """The indexes that know originals of revisits.

    Raises:
        UsageError: one is not there.
    """
    for name in names:
        if not Path(name).is_file():
            raise UsageError(f"index={name!r}: no such file")
    return tuple(names)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _pipelines(settings: Any) -> tuple[str, ...]:
    pipelines = tuple(map(_path_of, settings.getlist("ARTICLE_PIPELINES")))
    if not pipelines:
        raise UsageError("the setting ARTICLE_PIPELINES is empty: nothing makes articles of captures")
    return pipelines


def _path_of(pipeline: str | type) -> str:
    """Settings may hold classes too; by its path one can be named to other processes."""
    return pipeline if isinstance(pipeline, str) else f"{pipeline.__module__}.{pipeline.__qualname__}"


def whole_number(name: str, text: str) -> int:
    """The number that ``text`` says.

    Raises:
        UsageError: it is no whole number above 0.
    """
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**12):
        raise UsageError(f"{name}={text!r}: a whole number above 0")
    return int(text)


def _form_of(output: str) -> str:
    name = PurePath(output).name
    return max((form for form in FORMS if name.endswith(f".{form}")), key=len, default="jsonl")
