"""Fixtures and the Hypothesis profiles that all tests share."""

from __future__ import annotations

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


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder ../shared of real third-party material, or skip the test where it is absent.

    Tests read the material there; none of it is copied into the project.
    """
    folder = ROOT.parent / "shared"
    if not (folder / "README.md").is_file():
        pytest.skip("no real material: the folder ../shared is not beside this checkout")
    return folder
