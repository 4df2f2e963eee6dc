"""``newscrawl doctor``: check a deployment and say what to repair."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.conf import get_config

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import ScrapydError, UsageError
from newscrawl.exit_statuses import ExitStatus
from newscrawl.operations.checks import listening
from newscrawl.operations.findings import Finding, fine, problem, problems, report, warning
from newscrawl.operations.interpreter import extras_for, judged, own_requirements, surroundings
from newscrawl.operations.requirements import contact, requirements
from newscrawl.operations.robots_checks import robots
from newscrawl.operations.scrapyd import Scrapyd
from newscrawl.operations.server_checks import configuration, folders, server
from newscrawl.reports.site_status import NEVER, Places, statuses
from newscrawl.sites import site_named


class Command(BaseCommand):
    """Check everything that a deployment needs."""

    requires_project = True

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options] [SITE ...]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Check a deployment and say what to repair"

    def long_desc(self) -> str:
        """Return the text of ``--help``."""
        return (
            "Check contact, folders, disk, Scrapyd, its configuration, the packages of its Python, the clocks, and "
            "the robots.txt of each SITE. SCRAPY_PROJECT=production checks the settings that a server runs with. "
            "Exit status 0; 1 if there is a problem."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        where = parser.add_mutually_exclusive_group()
        where.add_argument(
            "--target", metavar="NAME", default="", help="the deploy target of scrapy.cfg (default: [deploy])"
        )
        where.add_argument("--url", help="the URL of a Scrapyd server that is not a target of scrapy.cfg")
        where.add_argument("--no-scrapyd", action="store_true", help="do not ask a Scrapyd server")
        parser.add_argument(
            "--python", metavar="PATH", help="the Python that Scrapyd runs on, if it is on this machine"
        )
        parser.add_argument("--directory", metavar="PATH", default=".", help="Scrapyd's working directory (default: .)")
        parser.add_argument("--conf", metavar="PATH", help="Scrapyd's configuration (default: where Scrapyd looks)")
        parser.add_argument("--base-url", metavar="URL", help="where SITE runs, if not at its host")
        parser.add_argument("--json", action="store_true", help="write one JSON object per finding")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run all checks and print the findings.

        Raises:
            UsageError: There is no such site or deploy target.
        """
        assert self.settings is not None
        found = list(_findings(self.settings, args, opts))
        if opts.json:
            print("\n".join(json.dumps(asdict(finding), ensure_ascii=False) for finding in found))
        else:
            print(report(found))
        self.exitcode = ExitStatus.FAULTS if problems(found) else ExitStatus.FINE


def _findings(settings: Settings, sites: list[str], opts: argparse.Namespace) -> Iterator[Finding]:
    chosen = [site_named(name) for name in sites]
    yield from _own_settings(settings)
    yield from folders({name: str(settings[name]) for name in sorted(settings) if _is_folder(settings, name)})
    if not opts.no_scrapyd:
        yield from _scrapyd(settings, opts)
    yield from _server_python(settings, opts.python, Path(opts.directory).absolute())
    yield from configuration(Path(opts.conf) if opts.conf else None, Path(opts.directory).absolute())
    yield from _history(settings, sites)
    for site in chosen:
        yield from robots(site, settings["USER_AGENT"], settings["ROBOTSTXT_USER_AGENT"], opts.base_url)


def _history(settings: Settings, sites: list[str]) -> Iterator[Finding]:
    """Yield how the sites are doing that were crawled here, as ``newscrawl status`` judges them."""
    places = Places.from_settings(settings)
    for row in statuses(
        places, None, datetime.now(UTC), quiet_days=settings.getfloat("MONITORS_QUIET_DAYS"), sites=sites
    ):
        if row.condition == NEVER:
            continue
        if row.is_well:
            yield fine("history", f"{row.site}: the last crawl ended well, {row.last_crawl:%Y-%m-%d %H:%M} UTC")
        else:
            yield warning("history", f"{row.site} is {row.condition}: {row.why}", f"newscrawl report {row.site}")


def _own_settings(settings: Settings) -> Iterator[Finding]:
    yield fine("settings", os.environ.get("SCRAPY_SETTINGS_MODULE", "none"))
    required = settings.getdict("REQUIRED_SETTINGS")
    yield from requirements(required, settings)
    if "CONTACT" not in required:
        yield contact(settings.get("CONTACT"), "CONTACT")
    yield from listening(settings.getbool("TELNETCONSOLE_ENABLED"), settings.getbool("REMOTE_CONTROL_ENABLED"))


def _is_folder(settings: Settings, name: str) -> bool:
    return name.endswith("_DIRECTORY") and name != "DATA_DIRECTORY" and bool(settings[name])


def _scrapyd(settings: Settings, opts: argparse.Namespace) -> Iterator[Finding]:
    target = {"url": opts.url} if opts.url else _target(opts.target)
    user = target.get("username", "")
    try:
        scrapyd = Scrapyd(target["url"], credentials=(user, target.get("password", "")) if user else None)
    except ScrapydError as error:
        yield problem(
            "scrapyd", str(error), "chmod 600 ~/.netrc; its lines are: machine HOST login NAME password PASSWORD"
        )
        return
    spiders = get_spider_loader(settings).list()
    yield from server(scrapyd, target.get("project", settings["BOT_NAME"]), spiders)


def _target(name: str) -> dict[str, str]:
    """Return the section ``[deploy:name]`` of scrapy.cfg over ``[deploy]``, with environment variables expanded."""
    config = get_config()
    target = dict(config.items("deploy")) if config.has_section("deploy") else {}
    if name:
        if not config.has_section(f"deploy:{name}"):
            raise UsageError(f"--target={name}: scrapy.cfg has no section [deploy:{name}]")
        target |= dict(config.items(f"deploy:{name}"))
    target = {key: os.path.expandvars(value) for key, value in target.items()}
    if not target.get("url", "").startswith(("http://", "https://")):
        raise UsageError(
            f"the deploy target {name or 'default'} of scrapy.cfg has no http(s) url: {target.get('url')!r}"
        )
    return target


def _server_python(settings: Settings, python: str | None, directory: Path) -> Iterator[Finding]:
    if python is None:
        yield warning(
            "dependencies",
            "the packages of Scrapyd's Python were not checked",
            "there run  newscrawl doctor --python /srv/newscrawl/venv/bin/python --directory /srv/newscrawl/scrapyd",
        )
        return
    try:
        found = surroundings(python, directory, own_requirements(extras_for(settings)))
    except ValueError as error:
        yield problem("dependencies", str(error), f"name the Python that Scrapyd runs on; this is {sys.executable}")
        return
    yield from judged(found, python, directory)
