"""The documentation: its links, its commands, its make targets and its generated pages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from newscrawl.command_line.main import command_names
from newscrawl.items import Article
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_MAKE = re.compile(r"`make ([a-z-]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    links = [
        link for link in _LINK.findall(page.read_text("utf-8")) if "://" not in link and not link.startswith("mailto:")
    ]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_in_the_navigation_of_the_site() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert [str(page) for page in PAGES[1:] if str(page.relative_to(ROOT / "docs")) not in navigation] == []


def test_every_command_is_documented() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES if "reference" not in page.parts)
    assert [name for name in command_names() if not re.search(rf"(scrapy|newscrawl) {name}\b", text)] == []


def test_make_targets_in_the_documentation_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {target for page in PAGES for target in _MAKE.findall(page.read_text("utf-8"))}
    assert named - targets == set()


def test_line_in_the_readme_has_the_fields_of_the_schema_in_order() -> None:
    lines = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith('{"url"')]
    assert len(lines) == 1
    names = [field.name for field in fields(Article)]
    shown = list(json.loads(lines[0]))
    assert shown == [name for name in names if name in shown], "in the order of the schema"


def test_reference_pages_are_fresh() -> None:
    command = [sys.executable, "scripts/reference-pages", "--check"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_documentation_site_has_no_broken_link(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert (tmp_path / "reference" / "commands.html").is_file()


SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
PROGRAM_LINE = re.compile(r"^(?:newscrawl|scrapy) ([a-z][a-z-]*)(.*)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_options_in_examples_exist(page: Path) -> None:
    from scrapy.settings import Settings

    from newscrawl.command_line.main import command_named, parser_of

    for block in SHELL.findall(page.read_text("utf-8")):
        for name, rest in PROGRAM_LINE.findall(block):
            if name not in command_names():
                assert name == "completion", name
                continue
            parser = parser_of(name, command_named(name), Settings())
            known = {option for action in parser._actions for option in action.option_strings}
            words = re.findall(r"(?<=\s)(--?[a-z][a-z-]*)", rest.partition(" # ")[0].partition("|")[0])
            assert set(words) <= known, f"{name}{rest}"
