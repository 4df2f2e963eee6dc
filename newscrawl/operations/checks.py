"""Judgements of `scrapy doctor` on what was measured or read: no I/O here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from newscrawl.operations.findings import Finding, fine, problem, warning

DISK_PROBLEM = 2 * 10**9
"""Bytes free: less, and a crawl may not find room for the WARC file that it is filling (1 GB) and its articles."""
DISK_WARNING = 20 * 10**9
"""Bytes free: what the family's sites write in some days (their pages are 100 kB each, a fifth of it in a WARC)."""
INODES = 10_000

CLOCK_WARNING = timedelta(seconds=5)
"""Apart from the answer's own time: HTTP dates count whole seconds, and NTP keeps clocks within milliseconds."""
CLOCK_PROBLEM = timedelta(seconds=60)
"""The slots of a schedule are minutes, and a WARC-Date that is minutes off is false testimony."""

EXAMPLE_PASSWORD = "change-me"  # noqa: S105 - whoever keeps it is told
"""What docs/examples/scrapyd/environment has until someone puts a password there."""


def disk(folder: Path, free_bytes: int, free_inodes: int) -> Finding:
    """Whether there is room."""
    room = f"{folder} has {free_bytes / 10**9:.1f} GB free"
    remedy = "make room: move closed WARC files to the archive's store, or give data a larger disk"
    if free_bytes < DISK_PROBLEM:
        return problem("disk", room, remedy)
    if free_inodes < INODES:
        return problem(
            "disk", f"{room}, but only {free_inodes} inodes", "remove small files, or make a new file system"
        )
    if free_bytes < DISK_WARNING:
        return warning("disk", room, remedy)
    return fine("disk", room)


def clock(who: str, theirs: datetime | None, asked: datetime, answered: datetime) -> Finding:
    """Whether our clock and that of ``who`` agree; a Date header is cut to whole seconds."""
    if theirs is None:
        return warning("clock", f"{who} sends no Date, so its clock is unknown", "compare the clocks by hand")
    apart = max(asked - (theirs + timedelta(seconds=1)), theirs - answered, timedelta())
    text = f"the clock of {who} and this one are {apart.total_seconds():.0f} s apart"
    remedy = "run a time service (systemd-timesyncd, chrony) on both machines: timedatectl set-ntp true"
    if apart > CLOCK_PROBLEM:
        return problem("clock", text, remedy)
    if apart > CLOCK_WARNING:
        return warning("clock", text, remedy)
    return fine("clock", f"agrees with {who}")


def scrapyd_conf(conf: Mapping[str, str], environment: Mapping[str, str]) -> Iterator[Finding]:
    """What in the section [scrapyd] of Scrapyd's configuration would surprise newscrawl.

    ``environment``: Scrapyd's; what it names comes before the file (scrapyd.readthedocs.io, Environment variables).
    """
    yield items_dir(bool(conf.get("items_dir", "").strip()))
    if conf.get("jobs_dir", "").strip():
        yield warning(
            "scrapyd.conf",
            "jobs_dir is set: a JOBDIR does not survive a kill, and newscrawl keeps its own state",
            "leave jobs_dir empty",
        )
    address = environment.get("SCRAPYD_BIND_ADDRESS") or conf.get("bind_address", "127.0.0.1")
    closed = all(environment.get(f"SCRAPYD_{name.upper()}") or conf.get(name) for name in ("username", "password"))
    if not is_loopback(address) and not closed:
        yield problem(
            "scrapyd.conf",
            f"bind_address is {address} without username and password: whoever reaches it can run code",
            "set username and password in scrapyd.conf, and let a firewall or a TLS proxy stand before it",
        )
    if (environment.get("SCRAPYD_PASSWORD") or conf.get("password")) == EXAMPLE_PASSWORD:
        yield problem(
            "scrapyd.conf",
            f"the password is {EXAMPLE_PASSWORD!r}, as in the example: whoever reads that can run code here",
            "set SCRAPYD_PASSWORD to one of your own, then restart Scrapyd",
        )
    kept = conf.get("jobs_to_keep", "5")
    if kept.isdigit() and int(kept) < 100:
        yield warning(
            "scrapyd.conf",
            f"jobs_to_keep is {kept}: of a site crawled every 15 minutes that is {int(kept) * 15} minutes of logs",
            "set jobs_to_keep = 1000 and let logrotate do the rest",
        )


def items_dir(is_set: bool) -> Finding:
    """Whether Scrapyd writes items of its own: it would replace the project's FEEDS and delete old files."""
    if is_set:
        return problem(
            "scrapyd.conf",
            "items_dir is set: Scrapyd replaces the project's FEEDS, and deletes all but the last files there",
            "leave items_dir empty; articles are in ARTICLES_DIRECTORY",
        )
    return fine("scrapyd.conf", "items_dir is not set")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches ``host``."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def open_to_all(url: str, asked_for_password: bool) -> Iterator[Finding]:
    """A server that the network reaches and that asks for no password."""
    if not asked_for_password and not is_loopback(urlsplit(url).hostname or ""):
        yield problem(
            "scrapyd",
            f"{url} asks for no password: whoever reaches it can deploy code and run it",
            "set username and password in scrapyd.conf",
        )


def listening(telnet: bool, remote_control: bool) -> Iterator[Finding]:
    """Ports that a crawl would open."""
    for name, enabled in (("TELNETCONSOLE_ENABLED", telnet), ("REMOTE_CONTROL_ENABLED", remote_control)):
        if enabled:
            yield problem("settings", f"{name} is on: it runs code for whoever reaches its port", f"set {name} = False")
