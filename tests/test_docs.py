"""The documentation is true where a program can tell: links, commands, make targets, the line that README shows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from scrapy.cmdline import _get_commands_from_module

from newscrawl.items import Article
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_MAKE = re.compile(r"`make ([a-z-]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    links = [
        link for link in _LINK.findall(page.read_text("utf-8")) if "://" not in link and not link.startswith("mailto:")
    ]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_reached_from_the_readme() -> None:
    linked = set(_LINK.findall((ROOT / "README.md").read_text("utf-8")))
    assert {f"docs/{page.name}" for page in PAGES[1:]} <= linked


def test_every_command_is_told_of() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES)
    commands = _get_commands_from_module("newscrawl.commands", inproject=True)
    assert [name for name in commands if f"scrapy {name.replace('_', '-')}" not in text] == []


def test_make_targets_that_are_told_of_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = {target for page in PAGES for target in _MAKE.findall(page.read_text("utf-8"))}
    assert told - targets == set()


def test_the_line_that_the_readme_shows_is_one_of_ours() -> None:
    lines = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith('{"url"')]
    assert len(lines) == 1
    names = [field.name for field in fields(Article)]
    shown = list(json.loads(lines[0]))
    assert shown == [name for name in names if name in shown], "in the order of the schema"


def test_the_page_of_settings_is_fresh() -> None:
    run = subprocess.run([sys.executable, "scripts/settings-page", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
