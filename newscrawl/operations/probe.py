"""What an interpreter would import in a directory; printed as JSON by the interpreter that is asked.

Run by :mod:`.interpreter` with ``python -P -c <this source> DIRECTORY REQUIREMENT...`` and so without anything of
newscrawl: it asks the Python that Scrapyd runs on, where newscrawl is in an egg only.
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
    """What the interpreter that runs this has.

    Versions of ``python`` and ``scrapyd``; whether there is ``pkg_resources``; where ``newscrawl`` is installed; which
    ``requirements`` are unmet; what in ``directory`` is importable (``present``) and shadows others (``shadowed``).
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
    """What ``import`` finds in ``directory``, which comes first on the path of a Scrapyd job."""
    names = set()
    for entry in Path(directory).iterdir():
        name, dot, suffix = entry.name.partition(".")
        module = entry.is_file() and dot and suffix in ("py", "pyc", "so")
        package = (entry / "__init__.py").exists()
        if name.isidentifier() and (module or package):
            names.add(name)
    return sorted(names)


def origin(name: str) -> str | None:
    """Where ``name`` is imported from, None: nowhere."""
    spec = PathFinder.find_spec(name, sys.path)
    return (spec.origin or "namespace package") if spec else None


def installed(name: str) -> str | None:
    """The version of the distribution ``name``."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def met(requirement: str) -> bool:
    """Whether a requirement such as ``lxml>=5.3`` is fulfilled; by name alone where packaging is not installed."""
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
