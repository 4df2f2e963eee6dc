"""Ask the Python that Scrapyd runs on what it has installed and what its working directory shadows."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from newscrawl.operations.findings import Finding, fine, problem, warning

SECONDS = 60
"""Time limit for a Python to start and list its packages; it takes under a second on an idle machine."""
HARMLESS = "settings"
"""A settings.py there shadows nothing of newscrawl, whose settings are newscrawl.settings."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Hold the answer of :mod:`.probe`."""

    python: str
    scrapyd: str | None
    pkg_resources: bool
    newscrawl: str | None
    unmet: tuple[str, ...]
    shadowed: tuple[str, ...]
    present: tuple[str, ...]


def surroundings(python: str, directory: Path, requirements: list[str]) -> Surroundings:
    """Return what the interpreter ``python`` can import when it runs in ``directory``.

    Raises:
        ValueError: The interpreter does not start, is too old, or gives an unexpected answer.
    """
    source = files("newscrawl.operations").joinpath("probe.py").read_text(encoding="utf-8")
    command = [python, "-P", "-c", source, str(directory), *requirements]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ValueError(f"{python} does not run: {error}") from error
    if run.returncode:
        raise ValueError(f"{python}: {(run.stderr.strip() or 'failed').splitlines()[-1]}")
    answer: dict[str, Any] = json.loads(run.stdout)
    return Surroundings(
        python=answer["python"],
        scrapyd=answer["scrapyd"],
        pkg_resources=answer["pkg_resources"],
        newscrawl=answer["newscrawl"],
        unmet=tuple(answer["unmet"]),
        shadowed=tuple(answer["shadowed"]),
        present=tuple(answer["present"]),
    )


def own_requirements(extras: Collection[str] = ()) -> list[str]:
    """Return the requirements of newscrawl and of its ``extras``, from its metadata."""
    needed = [Requirement(text) for text in importlib.metadata.requires("newscrawl") or []]
    wanted = [each for each in needed if _applies(each, ("", *extras))]
    return [f"{each.name}{each.specifier}" for each in wanted]


def _applies(requirement: Requirement, extras: Collection[str]) -> bool:
    return requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras)


def extras_for(settings: Mapping[str, Any]) -> list[str]:
    """Return the extras that these settings need."""
    store, channels = str(settings.get("WARC_STORE") or ""), ("WEBHOOK", "SLACK_WEBHOOK", "MAIL_TO")
    wanted = {
        "s3": store.startswith("s3://"),
        "cluster": bool(settings.get("REDIS_URL")),
        "monitors": any(settings.get(f"MONITORS_{channel}") for channel in channels),
    }
    return [extra for extra, is_wanted in wanted.items() if is_wanted]


def judged(found: Surroundings, python: str, directory: Path) -> Iterator[Finding]:
    """Judge what was ``found``."""
    yield _dependencies(found, python)
    yield _installed_newscrawl(found, python)
    yield from _shadowing(found, directory)


def _dependencies(found: Surroundings, python: str) -> Finding:
    if found.unmet:
        return problem(
            "dependencies",
            f"{python} lacks {', '.join(found.unmet)}: an egg contains no dependencies",
            _remedy(python),
        )
    if not found.scrapyd:
        return problem("dependencies", f"{python} has no Scrapyd", _remedy(python))
    if not found.pkg_resources:
        return problem(
            "dependencies",
            f"{python} has no pkg_resources, with which Scrapyd {found.scrapyd} opens eggs (setuptools 82 removed it)",
            _remedy(python),
        )
    return fine(
        "dependencies", f"Python {found.python} has everything that newscrawl needs, and Scrapyd {found.scrapyd}"
    )


def _remedy(python: str) -> str:
    return f"{python} -m pip install --require-hashes -r requirements-server.txt"


def _installed_newscrawl(found: Surroundings, python: str) -> Finding:
    if found.newscrawl:
        return problem(
            "shadowing",
            f"newscrawl is installed in {found.newscrawl} and imported instead of the egg: deploying has no effect",
            f"{python} -m pip uninstall newscrawl (Scrapyd's Python has the dependencies, the egg has newscrawl)",
        )
    return fine("shadowing", "newscrawl is imported from the egg")


def _shadowing(found: Surroundings, directory: Path) -> Iterator[Finding]:
    remedy = f"move it out of {directory}, or set another working directory for Scrapyd (WorkingDirectory=)"
    for name in found.present:
        if name == "newscrawl" or name in found.shadowed:
            yield problem(
                "shadowing", f"{name} in {directory} is imported instead of the {name} that newscrawl needs", remedy
            )
        elif name == HARMLESS:
            yield warning(
                "shadowing", f"{name} in {directory} is harmless for newscrawl, but not for other projects", remedy
            )
