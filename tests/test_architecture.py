"""docs/architecture.md names every room there is and none that is not."""

from __future__ import annotations

import re

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PACKAGE = ROOT / "newscrawl"


def rooms() -> set[str]:
    """Return the names of the packages and modules directly below the package."""
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return folders | {path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__"}


def test_the_table_names_every_room() -> None:
    table = PAGE.split("## Rooms")[1].split("\n## ")[0]
    named = set(
        re.findall(
            r"`([a-z_]+)/?`", "\n".join(line.split("|")[1] for line in table.splitlines() if line.count("|") > 2)
        )
    )

    assert rooms() - named == set(), "rooms that docs/architecture.md does not name"
    assert named - rooms() == set(), "rooms of docs/architecture.md that do not exist"


def test_each_way_has_ten_steps_at_most() -> None:
    for way in ("## Live", "## Replay"):
        steps = re.findall(r"^\d+\. ", PAGE.split(way)[1].split("\n## ")[0], re.MULTILINE)
        assert 0 < len(steps) <= 10
