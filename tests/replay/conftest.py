"""Archives that the tests of replay share."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.samplesite.publication import Publication
from tests.replay.archives import write_archive


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one WARC file of each of three editions of the sample site: the same pages, some changed."""
    folder = tmp_path_factory.mktemp("editions")
    for edition in range(3):
        write_archive(folder, Publication(size=24, edition=edition), number=edition + 1)
    return folder
