"""Judge what `newscrawl doctor` measured or read; this module does no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from newscrawl.operations.findings import Finding, fine, problem, warning

DISK_PROBLEM = 2 * 10**9
"""Free bytes below which a crawl may not finish its current WARC file (1 GB) and its articles."""
DISK_WARNING = 20 * 10**9
"""Free bytes that the sites of the family use in a few days (100 kB a page, a fifth of it in a WARC)."""
INODES = 10_000

CLOCK_WARNING = timedelta(seconds=5)
"""Largest difference without a warning: HTTP dates have whole seconds, and NTP keeps clocks within milliseconds."""
CLOCK_PROBLEM = timedelta(seconds=60)
"""Largest difference without a problem: slots are minutes, and a WARC-Date must be right to the minute."""

EXAMPLE_PASSWORD = "change-me"  # noqa: S105 - the placeholder of the example, which is reported
"""The placeholder in docs/examples/scrapyd/environment."""


def disk(folder: Path, free_bytes: int, free_inodes: int) -> Finding:
    """Judge the free space and the free inodes of the disk of ``folder``."""
    room = f"{folder} has {free_bytes / 10**9:.1f} GB free"
    remedy = "make room: move finished WARC files to a store (WARC_STORE), or use a larger disk"
    if free_bytes < DISK_PROBLEM:
        return problem("disk", room, remedy)
    if free_inodes < INODES:
        return problem(
            "disk", f"{room}, but only {free_inodes} inodes", "remove small files, or create a new file system"
        )
    if free_bytes < DISK_WARNING:
        return warning("disk", room, remedy)
    return fine("disk", room)


def clock(who: str, theirs: datetime | None, asked: datetime, answered: datetime) -> Finding:
    """Compare our clock with that of ``who``; a Date header is truncated to whole seconds."""
    if theirs is None:
        return warning("clock", f"{who} sends no Date, so its clock is unknown", "compare the clocks by hand")
    apart = max(asked - (theirs + timedelta(seconds=1)), theirs - answered, timedelta())
    text = f"the clocks of {who} and of this machine differ by {apart.total_seconds():.0f} s"
    remedy = "run a time service on both machines (systemd-timesyncd or chrony): timedatectl set-ntp true"
    if apart > CLOCK_PROBLEM:
        return problem("clock", text, remedy)
    if apart > CLOCK_WARNING:
        return warning("clock", text, remedy)
    return fine("clock", f"agrees with {who}")


def scrapyd_conf(conf: Mapping[str, str], environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is wrong in the section [scrapyd] of Scrapyd's configuration.

    Args:
        conf: The options of the section.
        environment: Scrapyd's environment, which overrides the file (scrapyd.readthedocs.io, Environment variables).
    """
    yield items_dir(bool(conf.get("items_dir", "").strip()))
    if conf.get("jobs_dir", "").strip():
        yield warning(
            "scrapyd.conf",
            "jobs_dir is set: a JOBDIR is unusable after a kill, and newscrawl keeps its own state",
            "leave jobs_dir empty",
        )
    address = environment.get("SCRAPYD_BIND_ADDRESS") or conf.get("bind_address", "127.0.0.1")
    closed = all(environment.get(f"SCRAPYD_{name.upper()}") or conf.get(name) for name in ("username", "password"))
    if not is_loopback(address) and not closed:
        yield problem(
            "scrapyd.conf",
            f"bind_address is {address} without username and password: anyone who reaches it can run code",
            "set username and password in scrapyd.conf, and put a firewall or a TLS proxy in front of it",
        )
    if (environment.get("SCRAPYD_PASSWORD") or conf.get("password")) == EXAMPLE_PASSWORD:
        yield problem(
            "scrapyd.conf",
            f"the password is {EXAMPLE_PASSWORD!r}, as in the example: anyone can look it up and run code here",
            "set SCRAPYD_PASSWORD to another password, then restart Scrapyd",
        )
    kept = conf.get("jobs_to_keep", "5")
    if kept.isdigit() and int(kept) < 100:
        yield warning(
            "scrapyd.conf",
            f"jobs_to_keep is {kept}: the logs of {int(kept) * 15} minutes for a site that is crawled every 15 minutes",
            "set jobs_to_keep = 1000 and let systemd-tmpfiles remove old logs",
        )


def items_dir(is_set: bool) -> Finding:
    """Judge whether Scrapyd writes items itself: it would replace the project's FEEDS and delete old files."""
    if is_set:
        return problem(
            "scrapyd.conf",
            "items_dir is set: Scrapyd replaces the project's FEEDS and deletes all but the last files there",
            "leave items_dir empty; articles are in ARTICLES_DIRECTORY",
        )
    return fine("scrapyd.conf", "items_dir is not set")


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches ``host``."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def open_to_all(url: str, asked_for_password: bool) -> Iterator[Finding]:
    """Yield a problem if the network reaches a server that asks for no password."""
    if not asked_for_password and not is_loopback(urlsplit(url).hostname or ""):
        yield problem(
            "scrapyd",
            f"{url} asks for no password: anyone who reaches it can deploy and run code",
            "set username and password in scrapyd.conf",
        )


def listening(telnet: bool, remote_control: bool) -> Iterator[Finding]:
    """Yield a problem for each port that a crawl would open."""
    for name, enabled in (("TELNETCONSOLE_ENABLED", telnet), ("REMOTE_CONTROL_ENABLED", remote_control)):
        if enabled:
            yield problem("settings", f"{name} is on: anyone who reaches its port can run code", f"set {name} = False")
