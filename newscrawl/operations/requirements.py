"""Check the settings and the folders that a crawl needs; `newscrawl doctor` runs the same checks."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newscrawl.operations.findings import Finding, fine, problem, warning

_MAIL = re.compile(r"[^@\s<>()]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_PLACEHOLDERS = ("example.com", "example.org", "example.net", "localhost")


def contact(value: object, variable: str) -> Finding:
    """Check that the operators of the sites can reach us; ``variable`` is the environment variable of the setting."""
    remedy = f"set {variable} to your mail address or http(s) URL; it is written into the user agent and the WARCs"
    if not value:
        return problem("contact", "CONTACT is not set: the sites would not know who crawls them", remedy)
    text = str(value)
    host = text.rpartition("@")[2] if _MAIL.fullmatch(text) else _host(text)
    # The contact becomes part of a header.
    if not host or not (text.isascii() and text.isprintable()):
        return problem("contact", f"CONTACT is {text!r}, neither a mail address nor an http(s) URL", remedy)
    if any(host == name or host.endswith(f".{name}") for name in _PLACEHOLDERS):
        return warning("contact", f"CONTACT is {text!r}, which is a placeholder", remedy)
    return fine("contact", text)


def _host(text: str) -> str | None:
    if " " in text:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return parts.hostname if parts.scheme in ("http", "https") else None


def data_directory(value: object, variable: str) -> Finding:
    """Check that the folder of all data is set, absolute and writable."""
    remedy = f"set {variable} to an absolute path on a disk with free space, such as /srv/newscrawl/data"
    if not value:
        return problem(
            "data", "DATA_DIRECTORY is not set: data would go to the folder where Scrapyd was started", remedy
        )
    if not Path(str(value)).is_absolute():
        return problem(
            "data", f"DATA_DIRECTORY is {str(value)!r}, relative to the folder where Scrapyd was started", remedy
        )
    return writable("data", Path(str(value)))


def writable(subject: str, folder: Path) -> Finding:
    """Check that ``folder``, or the nearest existing folder above it, is writable; no file is left behind."""
    try:
        with tempfile.TemporaryFile(dir=nearest(folder)):
            pass
    except OSError as error:
        return problem(
            subject,
            f"{folder} cannot be written: {error.strerror or error}",
            f"make it writable for the user that Scrapyd runs as: chown -R newscrawl {folder}",
        )
    return fine(subject, f"{folder} is writable")


def nearest(folder: Path) -> Path:
    """Return ``folder``, or the nearest folder above it that exists."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())


_CHECKS = {"CONTACT": contact, "DATA_DIRECTORY": data_directory}


def requirements(required: Mapping[str, str], settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for each malformed environment variable and for each setting of ``required``.

    Args:
        required: Names of settings, each with the environment variable that sets it.
        settings: All settings.
    """
    for fault in settings.get("ENVIRONMENT_FAULTS") or ():
        yield problem("environment", fault, "correct the variable; docs/reference/environment.md describes it")
    for name, variable in required.items():
        check = _CHECKS.get(name)
        if check is not None:
            yield check(settings.get(name), variable)
        elif settings.get(name):
            yield fine("settings", f"{name} is set")
        else:
            yield problem("settings", f"{name} is not set", f"set {variable}")
