"""What is deployed: the egg that the real scrapyd-deploy makes."""

from __future__ import annotations

import configparser
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from newscrawl.sites import all_sites
from tests.deployment.conftest import ScrapydServer


@pytest.fixture(scope="module")
def egg(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("egg") / "newscrawl.egg"
    command = [str(Path(sys.executable).with_name("scrapyd-deploy")), "--build-egg", str(path)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True, timeout=180)
    return path


def test_the_egg_holds_newscrawl_and_its_production_settings_only(egg: Path) -> None:
    names = set(zipfile.ZipFile(egg).namelist())
    assert {name.split("/")[0] for name in names} == {"EGG-INFO", "newscrawl"}
    assert {"newscrawl/settings/base.py", "newscrawl/settings/production.py"} <= names
    assert "newscrawl/settings/development.py" not in names
    assert not [name for name in names if "test" in Path(name).parts]
    assert "EGG-INFO/zip-safe" in names


def test_the_egg_holds_every_module_and_every_data_file(egg: Path, checkout: Path) -> None:
    names = set(zipfile.ZipFile(egg).namelist())
    missing = {
        str(path.relative_to(checkout))
        for path in (checkout / "newscrawl").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    } - names
    assert not missing


def test_its_entry_point_names_settings_that_nothing_shadows(egg: Path) -> None:
    parser = configparser.ConfigParser()
    parser.read_string(zipfile.ZipFile(egg).read("EGG-INFO/entry_points.txt").decode())
    assert dict(parser["scrapy"]) == {"settings": "newscrawl.settings.production"}


def test_scrapyd_lists_every_site_and_replay(deployed: ScrapydServer) -> None:
    """With a settings.py in its working directory that ends whoever imports it."""
    wanted = {site.name for site in all_sites()} | {"sample", "replay"}
    assert set(deployed.client.spiders("newscrawl")) == wanted
    assert deployed.client.versions("newscrawl") == ["1"]


def test_data_files_are_read_from_the_zipped_egg(egg: Path, tmp_path: Path) -> None:
    """With the egg as the only newscrawl there is: every file of every package can be read through its package."""
    program = """
import sys
from importlib.resources import files
sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in repr(finder)]
sys.path.append(sys.argv[1])
import newscrawl
assert newscrawl.__file__.startswith(sys.argv[1]), newscrawl.__file__
def walk(folder):
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from walk(entry)
        else:
            yield entry
count = sum(1 for entry in walk(files("newscrawl")) if entry.read_bytes() is not None)
print(count)
"""
    run = subprocess.run(
        [sys.executable, "-c", program, str(egg)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 100
