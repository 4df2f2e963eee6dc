"""The options of ``scrapy replay``, and what they come to."""

from __future__ import annotations

import argparse
from pathlib import PurePath
from typing import Any

from newscrawl.errors import UsageError
from newscrawl.replay.filters import Filters
from newscrawl.replay.outputs import FORMS
from newscrawl.replay.recipe import Recipe

FILTERS = {
    "hosts": ("--host", "HOST,…", "only these hosts, with their subdomains"),
    "url_pattern": ("--url-pattern", "REGEX", "only URLs in which this regular expression is found"),
    "sites": ("--site", "NAME,…", "only pages of these site profiles (`scrapy list` names them)"),
    "since": ("--since", "DATE", "only captures of this day (YYYY-MM-DD) or instant (UTC) and later"),
    "until": ("--until", "DATE", "only captures of this day and earlier, or before this instant (UTC)"),
    "media_types": ("--mime", "TYPE,…", "only pages of these media types"),
    "statuses": ("--status", "NUMBER,…", "only pages with these HTTP statuses"),
    "languages": ("--language", "TAG,…", "only articles in these languages (BCP 47; sr is also sr-Latn)"),
}
"""Fields of :class:`newscrawl.replay.filters.Filters` with their option, its value, its help."""


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
    pipelines = tuple(map(_path_of, settings.getlist("ARTICLE_PIPELINES")))
    if not pipelines:
        raise UsageError("the setting ARTICLE_PIPELINES is empty: nothing makes articles of captures")
    return Recipe(
        pipelines=pipelines,
        filters=Filters.from_strings(**{name: getattr(options, name) for name in FILTERS}),
        limit=whole_number("limit", options.limit) if options.limit is not None else None,
        form=options.format or _form_of(options.output or ""),
        partition=tuple(name.strip() for name in options.partition.split(",") if name.strip()),
        index=tuple(options.index),
    )


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
