"""Fixtures and the Hypothesis profiles that all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent

# The same examples in every run, and no check that depends on how busy the machine is.
hypothesis.settings.register_profile(
    "ci",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
# New examples in each run: pytest --hypothesis-profile=explore
hypothesis.settings.register_profile("explore", hypothesis.settings.get_profile("ci"), derandomize=False)
hypothesis.settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _settings_module() -> Iterator[None]:
    """Undo what Scrapy's ``get_project_settings`` sets: the projects that other tests start would get our settings."""
    name = "SCRAPY_SETTINGS_MODULE"
    before = os.environ.get(name)
    yield
    if before is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = before


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder ../shared of real third-party material, or skip the test where it is absent.

    Tests read the material there; none of it is copied into the project.
    """
    folder = ROOT.parent / "shared"
    if not (folder / "README.md").is_file():
        pytest.skip("no real material: the folder ../shared is not beside this checkout")
    return folder
