"""The inputs of a replay, each declared once: options of ``newscrawl replay`` and of Spark, arguments of the spider.

The filters are declared in :mod:`newscrawl.replay.selection.filters`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

import msgspec

from newscrawl.errors import UsageError
from newscrawl.inputs import Input, about, converted, declared, did_you_mean
from newscrawl.replay.output.forms import FORMS, form_of
from newscrawl.replay.output.partitions import check_partition
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.selection.duplicates import Mode
from newscrawl.replay.selection.filters import Filters

S = TypeVar("S", bound=msgspec.Struct)

MOST = 10**12
Number = Annotated[int, msgspec.Meta(gt=0, lt=MOST)]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _index_files(text: str) -> tuple[str, ...]:
    for name in _listed(text):
        if not Path(name).is_file():
            raise UsageError(f"index={name!r}: no such file")
    return _listed(text)


def _partition(text: str) -> tuple[str, ...]:
    check_partition(_listed(text))
    return _listed(text)


def _format(text: str) -> str:
    if text not in FORMS:
        raise ValueError(text)
    return text


class Work(msgspec.Struct, frozen=True):
    """What a replay reads besides its sources, and how much of it it does."""

    limit: Annotated[
        Number | None,
        about("Only the first N articles, in the order of the sources.", "a whole number above 0"),
    ] = None
    duplicates: Annotated[
        Mode,
        about(
            "Leave out texts that another URL has too: exact for the same words, near for most of the same 5-grams "
            "(needs newscrawl[corpus]). The earliest capture is kept.",
            "no, exact or near",
        ),
    ] = "no"
    index: Annotated[
        tuple[str, ...],
        about(
            "CDXJ files that know originals of revisits in files which are not among the sources.",
            "files, separated by commas",
            _index_files,
        ),
    ] = ()
    base: Annotated[
        str | None,
        about(
            "Folder or address that the file names in CDXJ sources are relative to (default: beside the index, or "
            "../archive).",
            "a folder or address",
        ),
    ] = None


class Processes(msgspec.Struct, frozen=True):
    """How many processes read files."""

    processes: Annotated[
        Number | None,
        about(
            "Processes that read files, one file each at a time (default: one a processor; in the spider 1).",
            "a whole number above 0",
        ),
    ] = None


class Outcomes(msgspec.Struct, frozen=True):
    """Where the account goes."""

    outcomes: Annotated[
        str | None,
        about(
            "List the outcome of every capture that was read, with its reason.",
            "a file; .parquet, .jsonl.gz, .jsonl.zst or .jsonl by its name",
        ),
    ] = None


class OutputOptions(msgspec.Struct, frozen=True):
    """Where articles go, and in which form."""

    output: Annotated[
        str | None,
        about("Folder of the articles (default: the setting REPLAY_DIRECTORY, data/replayed).", "a folder"),
    ] = None
    format: Annotated[
        str | None,
        about(
            "Form of the output (default: by the end of the folder's name, such as articles.parquet; else jsonl).",
            f"one of {', '.join(FORMS)}",
            _format,
        ),
    ] = None
    partition: Annotated[
        tuple[str, ...],
        about("Folders by site, by day of publication, or both.", "site, date or site,date", _partition),
    ] = ()


class Source(msgspec.Struct, frozen=True):
    """What the spider reads."""

    source: Annotated[
        tuple[str, ...],
        about("What to read.", "files, folders, patterns or addresses, separated by commas", _listed),
    ]


GROUPS: tuple[tuple[str, type[msgspec.Struct]], ...] = (
    ("Output", OutputOptions),
    ("Filters", Filters),
    ("Work", Work),
    ("Processes", Processes),
    ("Account", Outcomes),
)
"""The declared options of ``newscrawl replay``, by the headings of its help."""
SPIDER_GROUPS: tuple[type[msgspec.Struct], ...] = (Source, Filters, Work, Processes, Outcomes)
"""The declared arguments of the spider ``replay``."""
_SHORT = {"output": ("-o",)}


def option_of(name: str) -> str:
    """Return the option of a declared name: ``url_pattern`` is ``--url-pattern``."""
    return "--" + name.replace("_", "-")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``newscrawl replay`` to ``parser``."""
    for heading, struct in GROUPS:
        add_declared(parser.add_argument_group(heading), struct)
    parser.add_argument("--json", action="store_true", help="Print the result as a JSON object.")
    parser.add_argument("--restart", action="store_true", help="Replace what earlier replays left in the folder.")
    parser.add_argument(
        "--explain",
        metavar="URL",
        help="Write nothing; show for each capture of this URL what each pipeline made of it.",
    )


def add_declared(group: Any, struct: type[msgspec.Struct]) -> None:
    """Add the fields of ``struct`` to an argument group; a list may be given in several options."""
    for each in declared(struct):
        group.add_argument(
            *_SHORT.get(each.name, ()),
            option_of(each.name),
            dest=each.name,
            metavar=each.name.rpartition("_")[2].upper(),
            action="append",
            help=f"{each.description} {each.form[0].upper()}{each.form[1:]}.".replace("%", "%%"),
        )


def from_options(struct: type[S], options: argparse.Namespace) -> S:
    """Return the values of ``struct`` that the command line gives.

    Raises:
        UsageError: a value is not of its form.
    """
    given = {each.name: getattr(options, each.name, None) for each in declared(struct)}
    values = {name: ",".join(texts) for name, texts in given.items() if texts}
    return converted(struct, values, kind="option")


def recipe_from(options: argparse.Namespace, settings: Any) -> Recipe:
    """Return the recipe that the options of ``newscrawl replay`` ask for.

    Raises:
        UsageError: a value is not of its form, or the settings name no pipelines.
    """
    output = from_options(OutputOptions, options)
    work = from_options(Work, options)
    return Recipe(
        pipelines=_pipelines(settings),
        filters=from_options(Filters, options),
        limit=work.limit,
        duplicates=work.duplicates,
        form=output.format or form_of(output.output or ""),
        partition=output.partition,
        index=work.index,
    )


class SpiderArguments(msgspec.Struct, frozen=True):
    """The arguments of the spider ``replay``: ``-a source=… -a host=… -a limit=…``."""

    sources: tuple[str, ...]
    filters: Filters
    work: Work
    processes: int
    """1 unless stated: under Scrapyd other jobs run beside this one."""
    outcomes: str | None

    @classmethod
    def from_strings(cls, arguments: Mapping[str, str]) -> Self:
        """Return the arguments as the command line gives them; names that begin with ``_`` are the scheduler's.

        Raises:
            UsageError: a name is unknown, or a value is not of its form.
        """
        values = {name: value for name, value in arguments.items() if not name.startswith("_")}
        known = [each.name for each in spider_inputs()]
        for name in values:
            if name not in known:
                raise UsageError(f"unknown spider argument {name!r}{did_you_mean(name, known)}")
        sources = _spider_values(Source, values).source
        if not sources:
            raise UsageError("source is missing: name files, folders, patterns or addresses, separated by commas")
        return cls(
            sources=sources,
            filters=_spider_values(Filters, values),
            work=_spider_values(Work, values),
            processes=_spider_values(Processes, values).processes or 1,
            outcomes=_spider_values(Outcomes, values).outcomes,
        )

    def recipe(self, settings: Any) -> Recipe:
        """Return the recipe that the arguments ask for.

        Raises:
            UsageError: the settings name no pipelines.
        """
        return Recipe(
            pipelines=_pipelines(settings),
            filters=self.filters,
            limit=self.work.limit,
            duplicates=self.work.duplicates,
            index=self.work.index,
        )


def spider_inputs() -> Iterator[Input]:
    """Yield the declared arguments of the spider ``replay``."""
    for struct in SPIDER_GROUPS:
        yield from declared(struct)


def _spider_values(struct: type[S], values: Mapping[str, str]) -> S:
    given = {each.name: values[each.name] for each in declared(struct) if values.get(each.name)}
    return converted(struct, given, kind="spider argument")


def _pipelines(settings: Any) -> tuple[str, ...]:
    pipelines = tuple(map(_path_of, settings.getlist("ARTICLE_PIPELINES")))
    if not pipelines:
        raise UsageError("the setting ARTICLE_PIPELINES is empty: list the classes that make articles of captures")
    return pipelines


def _path_of(pipeline: str | type) -> str:
    """Return the dotted path: settings may hold classes, and other processes find them by their path."""
    return pipeline if isinstance(pipeline, str) else f"{pipeline.__module__}.{pipeline.__qualname__}"
