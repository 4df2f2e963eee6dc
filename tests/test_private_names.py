"""No private name of another package is used, but for those that are listed here with their reason."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import newscrawl
from tests.conftest import ROOT

PACKAGE = ROOT / "newscrawl"

ALLOWED = {
    # Python's
    "newscrawl.chain.processes: os._exit": "documented, for children of a fork",
    "newscrawl.command_line.command: _actions": "argparse lists the options of a parser nowhere else",
    "newscrawl.command_line.main: _actions": "the same",
    # Scrapy's; Scrapyd's
    "newscrawl.politeness.crawldelay: _delay": "AutoThrottle puts its start delay there; a public default delay",
    "newscrawl.scrapy_overrides.downloader: ExactDownloader._wait_for_download overrides Downloader": "Scrapy counts a"
    " request as under way one turn of the loop too late; Scrapy's own fix",
    "newscrawl.scrapy_overrides.prompt_stop: _slot": "nothing public says that a spider is closing; a signal",
    "newscrawl.frontier.scheduler: _slot": "the same",
    "newscrawl.recording.writer_options: _job": "the argument by which Scrapyd passes the id of a job",
    # PySpark's
    "newscrawl.replay.spark.main: _jvm": "the Hadoop file system of the cluster has no interface in Python; one",
    "newscrawl.replay.spark.main: _jsc": "the same",
}
"""Each place with its reason and what would replace it."""

_NAMED_TUPLES = {"_asdict", "_replace", "_fields", "_make", "_field_defaults"}
"""Public in spite of their underscore: they cannot clash with the fields of a named tuple."""


def is_private(name: str) -> bool:
    """Return whether the underscore means private; names of the form ``_x_`` are the documented ones of enums."""
    return name.startswith("_") and not name.startswith("__") and name[-1] != "_" and name not in _NAMED_TUPLES


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield module, ast.parse(path.read_text(encoding="utf-8"))


def own_names(tree: ast.Module) -> set[str]:
    """Return the names that a module defines: functions, classes, attributes, variables."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.id if isinstance(node, ast.Name) else node.attr)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
    return names


def foreign_uses(module: str, tree: ast.Module) -> Iterator[str]:
    own = own_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in own:
            is_os = isinstance(node.value, ast.Name) and node.value.id == "os"
            yield f"{module}: {'os.' if is_os else ''}{node.attr}"
        elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("newscrawl") and not node.level:
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from (f"{module}: {name}" for name in names if is_private(name))
        elif isinstance(node, ast.Import):
            yield from (
                f"{module}: {alias.name}" for alias in node.names if any(map(is_private, alias.name.split(".")))
            )
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("getattr", "setattr", "hasattr"):
            name = node.args[1]
            if isinstance(name, ast.Constant) and is_private(str(name.value)) and len(node.args) > 1:
                yield f"{module}: {name.value}"


def overrides() -> Iterator[str]:
    """Yield the private names of classes of other packages that classes of ours define anew."""
    written = {module: own_names(tree) for module, tree in sources()}
    written |= {module.removesuffix(".__init__"): names for module, names in written.items()}
    for found in pkgutil.walk_packages([str(PACKAGE)], "newscrawl."):
        if found.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(found.name)
        except ImportError:  # an extra that is not installed
            continue
        for kind in vars(module).values():
            if not inspect.isclass(kind) or kind.__module__ != found.name:
                continue
            for name in filter(is_private, vars(kind)):
                owners = [base for base in kind.__mro__[1:] if name in vars(base) and base.__module__ != "builtins"]
                foreign = [base for base in owners if not base.__module__.startswith("newscrawl")]
                if foreign and name in written[found.name]:  # and not by a metaclass or a decorator
                    yield f"{found.name}: {kind.__name__}.{name} overrides {foreign[0].__name__}"


def uses() -> set[str]:
    return {use for module, tree in sources() for use in foreign_uses(module, tree)}


def test_private_names_of_others_are_listed() -> None:
    assert uses() - set(ALLOWED) == set()


def test_private_names_that_are_overridden_are_listed() -> None:
    assert set(overrides()) - set(ALLOWED) == set()


def test_list_names_only_what_is_used() -> None:
    assert set(ALLOWED) - uses() - set(overrides()) == set()


def test_recorder_uses_none() -> None:
    assert [place for place in ALLOWED if place.startswith("newscrawl.recording")] == [
        "newscrawl.recording.writer_options: _job"
    ]
    assert Path(newscrawl.__file__).parent == PACKAGE
