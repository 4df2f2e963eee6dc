"""docs/archiving.md and docs/verifying.md name every setting and every option there is."""

from __future__ import annotations

import argparse
import re
from importlib import import_module

import pytest

from newscrawl.archive.salvage import CLOSED, EMPTY, EXISTS, IN_USE, UNCUT
from settings import base
from tests.conftest import ROOT

ARCHIVING = (ROOT / "docs" / "archiving.md").read_text()
VERIFYING = (ROOT / "docs" / "verifying.md").read_text()
READ = re.compile(r'\.get[a-z]*\(\s*"(WARC_[A-Z_]+)"')


def own_options(name: str) -> set[str]:
    """The options that a command adds to those of every command of scrapy."""
    command = import_module(f"newscrawl.commands.{name}").Command()
    both = []
    for add in (type(command).add_options, type(command).__mro__[1].add_options):
        parser = argparse.ArgumentParser()
        command.settings = {"LOG_ENABLED": False, "LOG_LEVEL": "INFO"}
        add(command, parser)
        both.append({option for action in parser._actions for option in action.option_strings})
    return both[0] - both[1]


@pytest.mark.parametrize(
    ("name", "text"), [("verify", VERIFYING), ("salvage", VERIFYING), ("wacz", ARCHIVING), ("cdx", ARCHIVING)]
)
def test_every_option_is_documented(name: str, text: str) -> None:
    rows = set(re.findall(r"`(--?[a-z-]+)", "\n".join(line for line in text.splitlines() if line.startswith("| `-"))))
    own = own_options(name)
    assert own <= rows
    assert f"newscrawl {name} " in text


def test_every_setting_is_declared_and_documented() -> None:
    declared = {name for name in vars(base) if name.startswith("WARC_")}
    source = "\n".join(path.read_text() for path in (ROOT / "newscrawl").rglob("*.py"))
    assert set(READ.findall(source)) == declared
    assert set(re.findall(r"^\| `(WARC_[A-Z_]+)`", ARCHIVING, re.MULTILINE)) == declared


def test_every_outcome_of_a_salvage_is_documented() -> None:
    assert set(re.findall(r"^\| `((?:closed|removed|skipped)[^`]*)`", VERIFYING, re.MULTILINE)) == {
        CLOSED,
        EMPTY,
        EXISTS,
        IN_USE,
        UNCUT,
    }
