"""Installs in fresh environments, without downloads: wheel, sdist and egg; editable and plain over each other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.deployment.conftest import DEPLOYED
from tests.waiting import PATIENCE_SECONDS

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY", "NEWSCRAWL", "PYTHON"))
}


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "scripts/distributions", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
    return folder


def script(name: str) -> Any:
    """Return a script of scripts/ as a module."""
    loader = SourceFileLoader(name.replace("-", "_"), str(ROOT / "scripts" / name))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("kind", ["whl", "tar.gz", "egg"])
def test_distribution_works_in_a_fresh_environment(kind: str, distributions: Path, tmp_path: Path) -> None:
    (distribution,) = distributions.glob(f"*.{kind}")
    command = [sys.executable, "scripts/check-distribution", str(distribution), str(tmp_path), "--offline"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    assert run.returncode == 0, run.stderr


def test_editable_and_plain_installs_work_in_any_order(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for name in DEPLOYED:
        source = ROOT / name
        shutil.copytree(source, checkout / name) if source.is_dir() else shutil.copy(source, checkout)
    python = script("check-distribution").fresh_environment(tmp_path / "venv", offline=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    for words in (["-e", "."], ["."], [".[parquet]"], ["-e", "."]):
        subprocess.run([*pip, *words], cwd=checkout, env=ENVIRONMENT, check=True, timeout=PATIENCE_SECONDS)
        for folder in (checkout, tmp_path):
            command = [str(python.with_name("newscrawl")), "list"]
            run = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
            assert (run.returncode, "rferl" in run.stdout.split()) == (0, True), (words, run.stderr)
