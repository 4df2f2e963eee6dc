"""Create a folder to crawl from: settings, environment, schedule, systemd units and a crontab."""

from __future__ import annotations

import getpass
import shlex
from importlib.resources import files
from pathlib import Path

from newscrawl.errors import OutputError, UsageError
from newscrawl.operations.findings import Severity
from newscrawl.operations.requirements import contact as check_contact

UNITS = ("newscrawl-schedule.service", "newscrawl-schedule.timer", "newscrawl.cron")


def create_instance(folder: Path, contact: str, program: Path) -> list[Path]:
    """Write the files of a new folder to crawl from, and return their paths.

    Args:
        folder: The folder; it is created if it does not exist.
        contact: Where the operators of the sites reach the crawler's operator; it may be empty, to be filled in later.
        program: The path of the program ``newscrawl``, for the units.

    Raises:
        UsageError: The contact is malformed, the path cannot be written in the files, or one of the files exists.
        OutputError: A file cannot be written.
    """
    if contact and (finding := check_contact(contact, "--contact")).severity is Severity.PROBLEM:
        raise UsageError(f"--contact={contact!r} is neither a mail address nor an http(s) URL: {finding.remedy}")
    folder = folder.absolute()
    if shlex.quote(str(folder)) != str(folder) or "%" in str(folder):
        raise UsageError(f"{str(folder)!r}: choose a path without spaces and special characters")
    templates = sorted(files("newscrawl.operations").joinpath("templates").iterdir(), key=lambda each: each.name)
    written = [folder / template.name for template in templates]
    if existing := [path for path in written if path.exists()]:
        raise UsageError(f"{existing[0]} exists: name an empty folder")
    values = {"folder": str(folder), "contact": contact, "program": str(program), "user": getpass.getuser()}
    try:
        (folder / "data").mkdir(parents=True, exist_ok=True)
        for template, path in zip(templates, written, strict=True):
            text = template.read_text("utf-8")
            for name, value in values.items():
                text = text.replace(f"{{{name}}}", value)
            path.write_text(text, "utf-8")
    except OSError as error:
        raise OutputError(f"cannot write {folder}: {error.strerror or error}") from error
    return written
