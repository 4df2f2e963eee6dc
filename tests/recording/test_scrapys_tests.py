"""Scrapy's own tests of its HTTP/1.1 handler, run on ours.

They are in the source distribution of the installed release, which is fetched from the package registry when this test
runs; nothing of it is kept.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

import pytest
import scrapy

from tests.conftest import ROOT

CASES = Path(__file__).with_name("for_scrapys_tests.py")
TOOLS = ("pytest-twisted", "testfixtures", "pytest-rerunfailures")
"""What Scrapy's tests need beside our own environment."""
# Our components leave a temporary folder to the end of the process; Scrapy's tests make an error of each warning.
OPTIONS = (
    "--reactor=asyncio",
    "-W",
    "ignore::ResourceWarning",
    "-W",
    "ignore::pytest.PytestUnraisableExceptionWarning",
    "-W",
    "ignore::DeprecationWarning",
)
LEAST = 200


def ran(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_scrapys_own_tests_pass(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip"]
    version = f"scrapy=={scrapy.__version__}"
    fetched = ran(*pip, "download", "--no-deps", "--no-binary", ":all:", "--dest", tmp_path, version)
    archives = list(tmp_path.glob("*.tar.gz"))
    if not archives:
        pytest.skip(f"the source distribution of {version} cannot be fetched: {fetched.stderr[-300:]}")
    with tarfile.open(archives[0]) as archive:
        archive.extractall(tmp_path, filter="data")
    source = next(path for path in tmp_path.iterdir() if (path / "tests").is_dir())
    (source / "tests" / "test_recording_handler.py").write_text(CASES.read_text())
    python = environment(tmp_path / "environment")
    tests = ran(
        *(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *OPTIONS, "tests/test_recording_handler.py"),
        cwd=source,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(source), str(ROOT)])},
    )
    assert tests.returncode == 0, tests.stdout[-5000:]
    passed = re.search(r"(\d+) passed", tests.stdout)
    assert passed is not None
    assert int(passed[1]) > LEAST


def environment(folder: Path) -> Path:
    """Return the interpreter of an environment that has all packages of this one, and :data:`TOOLS`."""
    made = ran(sys.executable, "-m", "venv", folder)
    assert made.returncode == 0, made.stderr
    python = folder / "bin" / "python"
    (own,) = (folder / "lib").glob("python*/site-packages")
    (own / "this_environment.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    installed = ran(python, "-m", "pip", "install", "--quiet", *TOOLS)
    if installed.returncode:
        pytest.skip(f"what Scrapy's tests need cannot be installed: {installed.stderr[-300:]}")
    return python
