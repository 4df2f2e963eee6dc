"""The egg that the real scrapyd-deploy builds."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from newscrawl.sites import all_sites
from tests.conftest import ROOT
from tests.deployment.conftest import ScrapydServer
from tests.waiting import PATIENCE_SECONDS


@pytest.fixture(scope="module")
def egg(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("egg") / "newscrawl.egg"
    command = [str(Path(sys.executable).with_name("scrapyd-deploy")), "--build-egg", str(path)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
    return path


def test_egg_contains_only_newscrawl_and_its_settings(egg: Path) -> None:
    names = set(zipfile.ZipFile(egg).namelist())
    assert {name.split("/")[0] for name in names} == {"EGG-INFO", "newscrawl"}
    assert {"newscrawl/settings/base.py", "newscrawl/settings/production.py"} <= names
    assert not [name for name in names if "test" in Path(name).parts]
    assert "EGG-INFO/zip-safe" in names


def test_egg_contains_every_module_and_data_file(egg: Path, checkout: Path) -> None:
    names = set(zipfile.ZipFile(egg).namelist())
    missing = {
        str(path.relative_to(checkout))
        for path in (checkout / "newscrawl").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    } - names
    assert not missing


def test_entry_point_names_settings_that_nothing_shadows(egg: Path) -> None:
    parser = configparser.ConfigParser()
    parser.read_string(zipfile.ZipFile(egg).read("EGG-INFO/entry_points.txt").decode())
    assert dict(parser["scrapy"]) == {"settings": "newscrawl.settings.production"}
    assert dict(parser["scrapy.commands"]) == {"clean-text": "newscrawl.command_line.clean_text:Command"}


def test_scrapyd_lists_every_site_and_replay(deployed: ScrapydServer) -> None:
    """A settings.py in its folder would end the process that imports it."""
    wanted = {site.name for site in all_sites()} | {"sample", "replay"}
    assert set(deployed.client.spiders("newscrawl")) == wanted
    assert "1" in deployed.client.versions("newscrawl")  # another test deploys a second one to the same server


def from_egg(python: Path, egg: Path, folder: Path, *command: str) -> str:
    """Return what ``python …`` prints if newscrawl is only in the zipped egg."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(egg),
        "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.production",
    }
    run = subprocess.run(
        [str(python), *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_every_file_can_be_read_from_the_zipped_egg(egg: Path, python: Path, tmp_path: Path) -> None:
    program = """
import sys
from importlib.resources import files
import newscrawl
assert newscrawl.__file__.startswith(sys.argv[1]), newscrawl.__file__
def walk(folder):
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from walk(entry)
        else:
            yield entry
print(sum(1 for entry in walk(files("newscrawl")) if entry.read_bytes() is not None))
"""
    assert int(from_egg(python, egg, tmp_path, "-c", program, str(egg))) > 100


def test_sample_site_of_the_egg_equals_that_of_the_checkout(egg: Path, python: Path, tmp_path: Path) -> None:
    """Its texts and templates are data files; the phrases of its languages are modules."""
    program = """
import hashlib
from newscrawl.samplesite.publication import Publication
site = Publication(64)
paths = ["/", *(f"/{form}/x/{item}.html" for item in site.item_ids() for form in ("a", "amp", "articleprintview"))]
print(hashlib.sha256(b"".join(site.reply(path, "http://sample").body for path in paths)).hexdigest())
"""
    here = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert from_egg(python, egg, tmp_path, "-c", program) == here.stdout


def test_egg_lists_every_command(egg: Path, python: Path, tmp_path: Path) -> None:
    listed = from_egg(python, egg, tmp_path, "-m", "scrapy", "--help")
    modules = {path.stem for path in (ROOT / "newscrawl" / "commands").glob("[a-z]*.py")}
    for name in {*modules, "clean-text"}:
        assert re.search(rf"^  {name} ", listed, re.MULTILINE), name
    assert "scrapy clean-text" in from_egg(python, egg, tmp_path, "-m", "scrapy", "clean-text", "--help")
