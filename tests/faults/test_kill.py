"""Kill -9 and power cuts at any step, then the same command again: as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from newscrawl.archive.verify import verify
from newscrawl.samplesite.running import RunningSite
from tests.faults.conftest import Crawler, lines_of, revisions
from tests.faults.replaying import replayed_lines

KILLS = int(os.environ.get("NEWSCRAWL_KILLS", "50"))
IN_A_ROW = 5
SEED = 20261124


@pytest.fixture(scope="module")
def undisturbed(
    crawler: Crawler, site: RunningSite, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, list[tuple[str, str]]]:
    """The steps of a whole crawl, and its lines."""
    folder = tmp_path_factory.mktemp("undisturbed")
    end = crawler.run(folder, site.url)
    assert end["status"] == 0, (folder / "crawl.log").read_text()[-3000:]
    assert len(revisions(folder)) >= 12
    return end["steps"], revisions(folder)


def test_killed_at_random_points_and_run_again(
    crawler: Crawler, site: RunningSite, undisturbed: tuple[int, list[tuple[str, str]]], tmp_path: Path
) -> None:
    steps, expected = undisturbed
    chance = random.Random(SEED)
    kills = rounds = 0
    while kills < KILLS:
        folder = tmp_path / str(rounds)
        rounds += 1
        killed_at = []
        for _ in range(IN_A_ROW):
            task = {"die_at": chance.randint(1, steps), "seed": chance.random(), "power": chance.random() < 0.5}
            end = crawler.run(folder, site.url, **task)
            if end["status"] == 0:
                break
            assert end["status"] == -signal.SIGKILL, (folder / "crawl.log").read_text()[-3000:]
            killed_at.append(task)
        kills += len(killed_at)
        end = crawler.run(folder, site.url)
        what = f"killed at {killed_at}; {folder}"
        assert end["status"] == 0, what
        assert revisions(folder) == expected, what
        assert lines_of(folder) == replayed_lines(folder), what
        assert verify([folder / "data" / "warc"]).sound, what
        assert not list((folder / "data" / "warc").glob("*.open")), what
