"""Asks the Python that Scrapyd runs on what it has installed, and what its working directory would shadow."""

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
"""For a Python to start and look at its packages: under a second where nothing else runs."""
HARMLESS = "settings"
"""A stray settings.py shadows nothing of newscrawl, whose settings are newscrawl.settings."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What :mod:`.probe` answered."""

    python: str
    scrapyd: str | None
    pkg_resources: bool
    newscrawl: str | None
    unmet: tuple[str, ...]
    shadowed: tuple[str, ...]
    present: tuple[str, ...]


def surroundings(python: str, directory: Path, requirements: list[str]) -> Surroundings:
    """What the interpreter ``python`` has, seen from ``directory``.

    Raises:
        ValueError: it does not start, is too old, or answers nonsense.
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
    """What newscrawl needs, as its metadata says; of its extras, what ``extras`` name."""
    needed = [Requirement(text) for text in importlib.metadata.requires("newscrawl") or []]
    wanted = [each for each in needed if _applies(each, ("", *extras))]
    return [f"{each.name}{each.specifier}" for each in wanted]


def _applies(requirement: Requirement, extras: Collection[str]) -> bool:
    return requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras)


def extras_for(settings: Mapping[str, Any]) -> list[str]:
    """The extras without which these settings do not work."""
    store, channels = str(settings.get("WARC_STORE") or ""), ("WEBHOOK", "SLACK_WEBHOOK", "MAIL_TO")
    wanted = {
        "s3": store.startswith("s3://"),
        "cluster": bool(settings.get("REDIS_URL")),
        "monitors": any(settings.get(f"MONITORS_{channel}") for channel in channels),
    }
    return [extra for extra, is_wanted in wanted.items() if is_wanted]


def judged(found: Surroundings, python: str, directory: Path) -> Iterator[Finding]:
    """What is to be said of ``found``."""
    yield _dependencies(found, python)
    yield _installed_newscrawl(found, python)
    yield from _shadowing(found, directory)


def _dependencies(found: Surroundings, python: str) -> Finding:
    if found.unmet:
        return problem(
            "dependencies",
            f"{python} lacks {', '.join(found.unmet)}: an egg brings none along",
            _remedy(python),
        )
    if not found.scrapyd:
        return problem("dependencies", f"{python} has no Scrapyd", _remedy(python))
    if not found.pkg_resources:
        return problem(
            "dependencies",
            f"{python} has no pkg_resources, with which Scrapyd {found.scrapyd} opens eggs: setuptools 82 dropped it",
            _remedy(python),
        )
    return fine("dependencies", f"Python {found.python} has all that newscrawl needs, and Scrapyd {found.scrapyd}")


def _remedy(python: str) -> str:
    return f"{python} -m pip install --require-hashes -r requirements-server.txt"


def _installed_newscrawl(found: Surroundings, python: str) -> Finding:
    if found.newscrawl:
        return problem(
            "shadowing",
            f"newscrawl is installed in {found.newscrawl}: it comes before the egg, so deploying changes nothing",
            f"{python} -m pip uninstall newscrawl: Scrapyd's Python has the dependencies, the egg has newscrawl",
        )
    return fine("shadowing", "newscrawl comes from the egg")


def _shadowing(found: Surroundings, directory: Path) -> Iterator[Finding]:
    remedy = f"move it away from {directory}, or give Scrapyd a working directory of its own (WorkingDirectory=)"
    for name in found.present:
        if name == "newscrawl" or name in found.shadowed:
            yield problem("shadowing", f"{name} in {directory} comes before the {name} that newscrawl means", remedy)
        elif name == HARMLESS:
            yield warning("shadowing", f"{name} in {directory} does newscrawl no harm, but may another project", remedy)
