"""Read the schedule file: which site is crawled how, how often and where.

The file is TOML. The keys are declared in :class:`ScheduleFile` and :class:`CrawlEntry`; docs/reference/schedule.md is
made from them. An example is in docs/deploying.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

from newscrawl.errors import UsageError
from newscrawl.inputs import about, converted
from newscrawl.operations.assignment import node_of
from newscrawl.operations.cadence import Cadence, CronCadence
from newscrawl.operations.processes import MOST_JOBS
from newscrawl.operations.schedule import Crawl, Schedule

MAX_FILE = 1024 * 1024
"""Bytes: a schedule of every site of the family in four modes takes 20 kB."""
DEFAULT_PROJECT = "newscrawl"
NOT_LIVE = "sample"
"""The bundled site is crawled only if it is named: ``all`` does not include it."""

Text = Annotated[str, msgspec.Meta(min_length=1)]
Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
"""Job ids become file names: site, name and slot fit the 64 characters that names of crawls are cut to."""
NodeName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
SettingName = Annotated[str, msgspec.Meta(pattern=r"^[A-Z][A-Z0-9_]{0,63}$")]

ArgumentCheck = Callable[[str, dict[str, str]], None]
"""Checks the spider arguments of a site; raises :class:`UsageError` for wrong ones."""


class CrawlEntry(msgspec.Struct, frozen=True):
    """One ``[[crawl]]``: some sites, crawled in one mode at one cadence."""

    sites: Annotated[
        Literal["all"] | list[str],
        about(
            "The sites to crawl.", 'a list of sites, such as ["rferl", "svoboda"], or "all" (without the sample site)'
        ),
    ]
    except_: Annotated[list[str], about("Sites that are left out.", 'a list of sites, such as ["krymr_ua"]')] = (
        msgspec.field(name="except", default_factory=list)
    )
    mode: Annotated[
        Text, about("How to crawl: the spider argument of this name.", "latest, backfill, urls or recheck")
    ] = "latest"
    name: Annotated[
        Name | None,
        about(
            "Distinguishes two crawls of one site; by default the mode.",
            "up to 20 lower-case letters, digits and underscores, beginning with a letter",
        ),
    ] = None
    every: Annotated[Text | None, about("The length of a slot.", "a number of m, h, d or w, such as 15m")] = None
    at: Annotated[
        Text | None,
        about(
            "The time at which a slot starts. By default each site has its own minute, the same on every machine.",
            "a time in UTC such as 03:30, or mon 03:30 for whole weeks",
        ),
    ] = None
    cron: Annotated[
        Text | None,
        about("The starts of the slots in UTC, instead of every and at.", "five fields of a crontab: */15 * * * *"),
    ] = None
    node: Annotated[
        Text | None, about("The node that crawls. By default it follows from the site.", "a name of [nodes]")
    ] = None
    priority: Annotated[float, about("The priority in Scrapyd's queue; higher is earlier.", "a number")] = 0.0
    arguments: Annotated[
        dict[str, str | int | float],
        about("Spider arguments.", "a table of texts and numbers, such as { max_articles = 500 }"),
    ] = msgspec.field(default_factory=dict)
    settings: Annotated[
        dict[SettingName, str | int | float | bool],
        about("Settings of these crawls.", "a table of setting names and values, such as { DOWNLOAD_DELAY = 1.0 }"),
    ] = msgspec.field(default_factory=dict)
    version: Annotated[
        Text | None, about("The deployed version that runs.", "a version that scrapyd-deploy printed")
    ] = None


class ScheduleFile(msgspec.Struct, frozen=True):
    """The whole schedule file."""

    crawl: Annotated[list[dict[str, Any]], about("The crawls.", "one or more tables [[crawl]]")]
    nodes: Annotated[
        dict[NodeName, str],
        about(
            "The Scrapyd servers, by name. Without them, the crawls run as processes of this machine.",
            'a table of names and http(s) URLs, such as a = "http://host:6800/"',
        ),
    ] = msgspec.field(default_factory=dict)
    processes: Annotated[
        Annotated[int, msgspec.Meta(gt=0, le=MOST_JOBS)],
        about("How many crawls run on this machine at once, without Scrapyd.", f"a whole number from 1 to {MOST_JOBS}"),
    ] = 2
    project: Annotated[Text, about("Scrapyd's name of the project.", "a name")] = DEFAULT_PROJECT
    version: Annotated[
        Text | None,
        about("The deployed version that runs; by default the newest.", "a version that scrapyd-deploy printed"),
    ] = None


def schedule_from(text: str, sites: Collection[str], check_arguments: ArgumentCheck) -> Schedule:
    """Return the schedule in ``text``, for the sites that exist.

    Raises:
        UsageError: The text is not TOML, or something in it is unknown, missing or malformed; the message says where
            it is and what is allowed.
    """
    if len(text) > MAX_FILE:
        raise UsageError(f"the schedule is larger than {MAX_FILE} bytes")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"not TOML: {error}") from error
    file = converted(ScheduleFile, data, where="the schedule")
    _check_nodes(file.nodes)
    crawls = []
    for number, table in enumerate(file.crawl, 1):
        crawls += _crawls(table, f"crawl {number}", file, sites, check_arguments)
    if not crawls:
        raise UsageError("the schedule: crawl is empty: one or more tables [[crawl]] are needed")
    _check_unique(crawls)
    return Schedule(file.project, file.nodes, tuple(crawls), file.processes)


def is_server_url(url: str) -> bool:
    """Return whether ``url`` is an http(s) URL without user and password, which do not belong in a shared file."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _crawls(
    table: dict[str, Any], where: str, file: ScheduleFile, known: Collection[str], check_arguments: ArgumentCheck
) -> list[Crawl]:
    entry = converted(CrawlEntry, table, where=where)
    if "mode" in entry.arguments:
        raise UsageError(f"{where}: mode is a key of [[crawl]], not one of its arguments")
    if entry.node is not None and entry.node not in file.nodes:
        raise UsageError(f"{where}: node={entry.node!r} is not one of [nodes]: {', '.join(file.nodes)}")
    arguments = {"mode": entry.mode} | {name: str(value) for name, value in entry.arguments.items()}
    settings = {name: str(value) for name, value in entry.settings.items()}
    crawls = []
    for site in _sites(entry, known, where):
        name = entry.name or entry.mode
        try:
            check_arguments(site, arguments)
            cadence = _cadence(entry, f"{site}-{name}")
        except UsageError as error:
            raise UsageError(f"{where}, {site}: {error}") from error
        crawls.append(
            Crawl(
                site=site,
                name=name,
                cadence=cadence,
                node=entry.node or (node_of(site, file.nodes) if file.nodes else ""),
                arguments=tuple(sorted(arguments.items())),
                settings=tuple(sorted(settings.items())),
                priority=entry.priority,
                version=entry.version or file.version,
            )
        )
    return crawls


def _sites(entry: CrawlEntry, known: Collection[str], where: str) -> list[str]:
    wanted = sorted(set(known) - {NOT_LIVE}) if entry.sites == "all" else list(entry.sites)
    for name in (*wanted, *entry.except_):
        if name not in known:
            raise UsageError(f"{where}: no site is called {name!r}; `newscrawl list` lists them")
    return [name for name in wanted if name not in entry.except_]


def _cadence(entry: CrawlEntry, key: str) -> Cadence | CronCadence:
    if entry.cron is not None:
        if entry.every is not None or entry.at is not None:
            raise UsageError("cron replaces every and at: remove one of them")
        return CronCadence.from_text(entry.cron)
    if entry.every is None:
        raise UsageError("every is missing: how often to crawl, such as 15m, 6h, 1d, 1w; or cron")
    return Cadence.from_text(entry.every, entry.at, key)


def _check_nodes(nodes: Mapping[str, str]) -> None:

    for name, url in nodes.items():
        if not is_server_url(url):
            raise UsageError(f"[nodes]: {name} = {url!r} is not an http(s) URL; a password belongs in ~/.netrc")


def _check_unique(crawls: Collection[Crawl]) -> None:
    seen: set[str] = set()
    for crawl in crawls:
        if crawl.series in seen:
            raise UsageError(f"two crawls of {crawl.site} are called {crawl.name!r}: give one of them another name")
        seen.add(crawl.series)
