"""The schedule file: which site is crawled how, how often and where.

A TOML file (docs/deploying.md)::

    project = "newscrawl"                  # Scrapyd's name for it; this is the default

    [nodes]                                # the Scrapyd servers
    a = "http://crawler-a:6800/"
    b = "http://crawler-b:6800/"

    [[crawl]]
    sites = "all"                          # all but the sample site; or ["rferl", "svoboda"]
    except = ["krymr_ua"]
    every = "15m"                          # mode is latest, where nothing else is said

    [[crawl]]
    sites = ["rferl"]
    mode = "recheck"
    every = "1d"
    at = "03:30"                           # UTC
    node = "b"                             # without it the site's own node (newscrawl.operations.assignment)
    arguments = { max_articles = 500 }
    settings = { LOG_LEVEL = "DEBUG" }
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from newscrawl.errors import UsageError
from newscrawl.operations.assignment import node_of
from newscrawl.operations.cadence import Cadence
from newscrawl.operations.schedule import Crawl, Schedule

MAX_FILE = 1024 * 1024
"""Bytes: a schedule of every site of the family in four modes takes 20 kB."""
DEFAULT_PROJECT = "newscrawl"
DEFAULT_MODE = "latest"
NOT_LIVE = "sample"
"""The bundled site is crawled when it is named, not with all the others."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,19}")
"""Job ids become file names: site, name and slot fit the 64 characters that names of crawls are cut to."""
_NODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SETTING = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_FILE_KEYS = {"project", "version", "nodes", "crawl"}
_CRAWL_KEYS = {"sites", "except", "name", "mode", "every", "at", "node", "arguments", "settings", "priority", "version"}

ArgumentCheck = Callable[[str, dict[str, str]], None]
"""Given a site and its spider arguments, raises :class:`UsageError` for wrong ones."""


def schedule_from(text: str, sites: Collection[str], check_arguments: ArgumentCheck) -> Schedule:
    """The schedule that ``text`` holds, for the sites there are.

    Raises:
        UsageError: no TOML, or something in it that is unknown, missing or malformed: says where and what it may be.
    """
    if len(text) > MAX_FILE:
        raise UsageError(f"the schedule is over {MAX_FILE} bytes")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"no TOML: {error}") from error
    _check_keys(data, _FILE_KEYS, "the schedule")
    nodes = _nodes(data.get("nodes"))
    version = _text(data, "version", None, "the schedule")
    crawls = tuple(
        crawl
        for number, entry in enumerate(_entries(data), 1)
        for crawl in _EntryReader(entry, f"crawl {number}", nodes, version).crawls(sites, check_arguments)
    )
    _check_unique(crawls)
    return Schedule(_text(data, "project", DEFAULT_PROJECT, "the schedule") or DEFAULT_PROJECT, nodes, crawls)


class _EntryReader:
    """Reads one ``[[crawl]]``; ``where`` opens every message."""

    def __init__(self, entry: dict[str, Any], where: str, nodes: Mapping[str, str], version: str | None) -> None:
        _check_keys(entry, _CRAWL_KEYS, where)
        self._entry = entry
        self._where = where
        self._nodes = nodes
        self._version = version

    def crawls(self, sites: Collection[str], check_arguments: ArgumentCheck) -> Iterator[Crawl]:
        entry, where = self._entry, self._where
        mode = _text(entry, "mode", DEFAULT_MODE, where) or DEFAULT_MODE
        name = _text(entry, "name", mode, where) or mode
        if not _NAME.fullmatch(name):
            raise UsageError(f"{where}: name={name!r}: up to 20 lower-case letters, digits and underscores")
        arguments = {"mode": mode} | _strings(entry, "arguments", where)
        if arguments["mode"] != mode:
            raise UsageError(f"{where}: mode stands beside arguments, not in them")
        for site in self._sites(sites):
            try:
                check_arguments(site, arguments)
                cadence = Cadence.from_text(self._every(), _text(entry, "at", None, where), f"{site}-{name}")
            except UsageError as error:
                raise UsageError(f"{where}, {site}: {error}") from error
            yield Crawl(
                site=site,
                name=name,
                cadence=cadence,
                node=self._node(site),
                arguments=tuple(sorted(arguments.items())),
                settings=tuple(sorted(self._settings().items())),
                priority=self._priority(),
                version=_text(entry, "version", self._version, where),
            )

    def _sites(self, known: Collection[str]) -> list[str]:
        named = self._entry.get("sites")
        left_out = _names(self._entry.get("except", []), "except", self._where)
        wanted = sorted(set(known) - {NOT_LIVE}) if named == "all" else _names(named, "sites", self._where)
        for name in (*wanted, *left_out):
            if name not in known:
                raise UsageError(f"{self._where}: no site is called {name!r}; `scrapy list` names them all")
        return [name for name in wanted if name not in left_out]

    def _every(self) -> str:
        every = _text(self._entry, "every", None, self._where)
        if every is None:
            raise UsageError("every is missing: how often, such as 15m, 6h, 1d, 1w")
        return every

    def _node(self, site: str) -> str:
        node = _text(self._entry, "node", None, self._where)
        if node is None:
            return node_of(site, self._nodes)
        if node not in self._nodes:
            raise UsageError(f"{self._where}: node={node!r} is none of [nodes]: {', '.join(self._nodes)}")
        return node

    def _settings(self) -> dict[str, str]:
        settings = _strings(self._entry, "settings", self._where)
        for name in settings:
            if not _SETTING.fullmatch(name):
                raise UsageError(f"{self._where}: {name!r} is no name of a setting")
        return settings

    def _priority(self) -> float:
        priority = self._entry.get("priority", 0)
        if isinstance(priority, bool) or not isinstance(priority, int | float):
            raise UsageError(f"{self._where}: priority={priority!r} is no number")
        return float(priority)


def _nodes(table: object) -> dict[str, str]:
    if not isinstance(table, dict) or not table:
        raise UsageError(
            'the schedule has no [nodes]: names of Scrapyd servers and their URLs, a = "http://host:6800/"'
        )
    for name, url in table.items():
        if not _NODE.fullmatch(name):
            raise UsageError(f"[nodes]: {name!r} is no name: letters, digits, dots, hyphens")
        if not isinstance(url, str) or not is_server_url(url):
            raise UsageError(f"[nodes]: {name} = {url!r} is no http(s) URL; a password goes into ~/.netrc, not here")
    return table


def is_server_url(url: str) -> bool:
    """Whether ``url`` is an http(s) URL without user and password, which do not belong into a file that is shared."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _entries(data: dict[str, Any]) -> list[dict[str, Any]]:
    entries = data.get("crawl")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError("the schedule has no [[crawl]]")
    return entries


def _check_keys(table: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise UsageError(f"{where}: unknown key {unknown[0]!r}; the keys are {', '.join(sorted(known))}")


def _check_unique(crawls: tuple[Crawl, ...]) -> None:
    seen: set[str] = set()
    for crawl in crawls:
        if crawl.series in seen:
            raise UsageError(
                f"two crawls of {crawl.site} are called {crawl.name!r}: give one of them a name of its own"
            )
        seen.add(crawl.series)


def _text(table: Mapping[str, Any], key: str, default: str | None, where: str) -> str | None:
    value = table.get(key, default)
    if value is not None and not (isinstance(value, str) and value):
        raise UsageError(f"{where}: {key}={value!r} is no text")
    return value


def _names(value: object, key: str, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise UsageError(f'{where}: {key} is a list of sites, such as ["rferl", "svoboda"]; sites may be "all"')
    return value


def _strings(table: Mapping[str, Any], key: str, where: str) -> dict[str, str]:
    values = table.get(key, {})
    if not isinstance(values, dict) or not all(isinstance(value, str | int | float) for value in values.values()):
        raise UsageError(f"{where}: {key} is a table of texts and numbers, such as {{ max_articles = 500 }}")
    return {name: str(value) for name, value in values.items()}
