"""Check a Scrapyd server, its configuration and its folders, for `scrapy doctor`."""

from __future__ import annotations

import configparser
import os
import re
import shutil
from collections.abc import Collection, Iterator
from http import HTTPStatus
from pathlib import Path

from newscrawl.errors import ScrapydError
from newscrawl.operations.checks import clock, disk, items_dir, open_to_all, scrapyd_conf
from newscrawl.operations.findings import Finding, Severity, fine, problem, warning
from newscrawl.operations.requirements import nearest, writable
from newscrawl.operations.scrapyd import Scrapyd

CONF_PLACES = ("/etc/scrapyd/scrapyd.conf", "/etc/scrapyd/conf.d/*", "scrapyd.conf", "~/.scrapyd.conf")
"""Where Scrapyd looks for its configuration; later files override, relative paths start at its working directory."""
FOLDERS = {"eggs_dir": "eggs", "logs_dir": "logs", "dbs_dir": "dbs"}

_PLACE = re.compile(r'File "([^"]+)", line (\d+)')
_MISSING_MODULE = re.compile(r"No module named '?([\w.]+)")


def server(scrapyd: Scrapyd, project: str, spiders: Collection[str]) -> Iterator[Finding]:
    """Check that the server runs, what is deployed, and that the server can load it."""
    try:
        status = scrapyd.daemon_status()
        home = scrapyd.page("")
    except ScrapydError as error:
        yield problem("scrapyd", str(error), _unreachable_remedy(error))
        return
    numbers = ", ".join(f"{status.get(state, 0)} {state}" for state in ("running", "pending", "finished"))
    yield fine("scrapyd", f"{scrapyd.url} runs on {status.get('node_name', '?')}: {numbers}")
    yield from open_to_all(scrapyd.url, scrapyd.asks_for_password())
    # Only the home page shows whether Scrapyd keeps items: it links to them.
    yield items_dir(b'/items/"' in home.body)
    yield clock(scrapyd.url, home.server_time, home.asked, home.answered)
    yield from _deployment(scrapyd, project, spiders)


def _unreachable_remedy(error: ScrapydError) -> str:
    if error.status == HTTPStatus.UNAUTHORIZED:
        return "set SCRAPYD_USERNAME and SCRAPYD_PASSWORD, or add the server to ~/.netrc (chmod 600)"
    return "start it (systemctl start scrapyd), or name another server with --url or --target"


def _deployment(scrapyd: Scrapyd, project: str, spiders: Collection[str]) -> Iterator[Finding]:
    try:
        if project not in scrapyd.projects():
            yield problem("deployment", f"{project} is not deployed on {scrapyd.url}", "run scrapyd-deploy")
            return
        versions = scrapyd.versions(project)
    except ScrapydError as error:
        yield problem("deployment", str(error), _unreachable_remedy(error))
        return
    yield fine("deployment", f"version {versions[-1]} of {project} runs; deployed: {', '.join(versions)}")
    yield from _version_names(versions)
    try:
        yield _spiders(set(scrapyd.spiders(project, versions[-1])), set(spiders))
    except ScrapydError as error:
        yield _broken(str(error), scrapyd.url, project, versions[-1])


def _version_names(versions: list[str]) -> Iterator[Finding]:
    if len(versions) > 1 and not all(version.isdigit() for version in versions):
        yield warning(
            "deployment",
            f"Scrapyd orders the versions {', '.join(versions)} by name and runs the last, which may not be the newest",
            "let scrapyd-deploy number them (no version in scrapy.cfg), or name the version in the schedule",
        )


def _spiders(there: set[str], here: set[str]) -> Finding:
    if there == here:
        return fine("deployment", f"all {len(there)} spiders are there")
    differing = {"only there": there - here, "only here": here - there}
    differences = "; ".join(f"{where}: {', '.join(sorted(names))}" for where, names in differing.items() if names)
    return warning("deployment", f"the spiders differ from this checkout, {differences}", "run scrapyd-deploy")


def _broken(message: str, url: str, project: str, version: str) -> Finding:
    """Explain the traceback of `scrapy list` that Scrapyd returned."""
    missing = _MISSING_MODULE.search(message)
    if missing:
        return problem(
            "dependencies",
            f"the server's Python lacks the module {missing[1]}: an egg contains no dependencies",
            "install requirements-server.txt into the Python that Scrapyd runs on, then restart Scrapyd",
        )
    last = message.strip().splitlines()[-1]
    places = _PLACE.findall(message)
    where = " ({}, line {})".format(*places[-1]) if places else ""
    return problem(
        "deployment",
        f"the server cannot list the spiders of version {version}: {last}{where}",
        f"deploy again, or go back: curl -n {url}delversion.json -d project={project} -d version={version}",
    )


def configuration(conf_file: Path | None, directory: Path) -> Iterator[Finding]:
    """Check ``scrapyd.conf`` and its folders, on the machine that Scrapyd runs on."""
    conf = _read_conf(conf_file, directory)
    if conf is None:
        return
    yield from scrapyd_conf(conf, os.environ)
    for key, default in FOLDERS.items():
        folder = directory / conf.get(key, default)
        if conf.get(key, default) != ":memory:":
            yield writable("scrapyd.conf", folder)


def _read_conf(conf_file: Path | None, directory: Path) -> dict[str, str] | None:
    parser = configparser.ConfigParser()
    places = [conf_file] if conf_file else [path for place in CONF_PLACES for path in _matching(place, directory)]
    if not parser.read(places) or not parser.has_section("scrapyd"):
        return None
    return dict(parser.items("scrapyd"))


def _matching(place: str, directory: Path) -> list[Path]:
    path = directory / Path(place).expanduser()
    return sorted(path.parent.glob(path.name)) if path.parent.is_dir() else []


def folders(named: dict[str, str]) -> Iterator[Finding]:
    """Check that the folders of the settings ``named`` (name: path) are writable and have free space."""
    devices: set[int] = set()
    for name, path in named.items():
        finding = writable("folders", Path(path))
        yield Finding(finding.severity, finding.subject, f"{name}: {finding.message}", finding.remedy)
        if finding.severity is Severity.OK and (device := nearest(Path(path)).stat().st_dev) not in devices:
            devices.add(device)
            existing = nearest(Path(path))
            yield disk(existing, shutil.disk_usage(existing).free, os.statvfs(existing).f_favail)
