"""Print as JSON what this interpreter would import in a directory.

:mod:`.interpreter` runs this with ``python -P -c <this source> DIRECTORY REQUIREMENT...``. It must not import
newscrawl: on the Python that Scrapyd runs on, newscrawl is only in an egg.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
from importlib.machinery import PathFinder
from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def answer(directory: str, requirements: list[str]) -> dict[str, object]:
    """Return what the interpreter that runs this has.

    Returns:
        ``python`` and ``scrapyd``: their versions. ``pkg_resources``: whether it is installed. ``newscrawl``: where it
        is installed. ``unmet``: the ``requirements`` that are not met. ``present``: what is importable in
        ``directory``. ``shadowed``: what of it hides another module.
    """
    present = importable_names(directory)
    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "scrapyd": installed("scrapyd"),
        "pkg_resources": origin("pkg_resources") is not None,
        "newscrawl": origin("newscrawl"),
        "unmet": [requirement for requirement in requirements if not met(requirement)],
        "shadowed": [name for name in present if name in sys.stdlib_module_names or origin(name)],
        "present": present,
    }


def importable_names(directory: str) -> list[str]:
    """Return what ``import`` finds in ``directory``, which is first on the path of a Scrapyd job."""
    names = set()
    for entry in Path(directory).iterdir():
        name, dot, suffix = entry.name.partition(".")
        module = entry.is_file() and dot and suffix in ("py", "pyc", "so")
        package = (entry / "__init__.py").exists()
        if name.isidentifier() and (module or package):
            names.add(name)
    return sorted(names)


def origin(name: str) -> str | None:
    """Return where ``name`` is imported from, or None if it cannot be imported."""
    spec = PathFinder.find_spec(name, sys.path)
    return (spec.origin or "namespace package") if spec else None


def installed(name: str) -> str | None:
    """Return the version of the distribution ``name``, or None if it is not installed."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def met(requirement: str) -> bool:
    """Return whether a requirement such as ``lxml>=5.3`` is met; without packaging only the name is checked."""
    match = _NAME.match(requirement)
    version = installed(match[0]) if match else None
    if version is None:
        return False
    try:
        from packaging.requirements import Requirement
    except ImportError:
        return True
    return Requirement(requirement).specifier.contains(version, prereleases=True)


if __name__ == "__main__":
    print(json.dumps(answer(sys.argv[1], sys.argv[2:])))
