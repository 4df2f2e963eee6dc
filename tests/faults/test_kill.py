"""Kill -9 and power cuts at any step, then the same command again: as if nothing had happened."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from newscrawl.archive.verify.verify import verify
from newscrawl.samplesite.running import RunningSite
from tests.faults.conftest import Crawler, lines_of, revisions
from tests.faults.replaying import replayed_lines

KILLS = 50
MANY_KILLS = int(os.environ.get("NEWSCRAWL_KILLS", "500"))
"""For the slow test (`make faults`)."""
IN_A_ROW = 5
SEED = int(os.environ.get("NEWSCRAWL_SEED", "20261124"))


class Undisturbed(NamedTuple):
    """A crawl from its beginning to its end."""

    steps: int
    revisions: list[tuple[str, str]]


@pytest.fixture(scope="module")
def undisturbed(crawler: Crawler, site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    end = crawler.run(folder, site.url)
    assert end["status"] == 0, (folder / "crawl.log").read_text()[-3000:]
    assert len(revisions(folder)) >= 12
    return Undisturbed(end["steps"], revisions(folder))


def test_killed_at_random_points_and_run_again(
    crawler: Crawler, site: RunningSite, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    _kill(crawler, site, undisturbed, tmp_path, KILLS, SEED)


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_killed_at_many_more_points(
    crawler: Crawler, site: RunningSite, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    _kill(crawler, site, undisturbed, tmp_path, MANY_KILLS, SEED + 1)


def _kill(
    crawler: Crawler, site: RunningSite, undisturbed: Undisturbed, tmp_path: Path, number: int, seed: int
) -> None:
    chance = random.Random(seed)
    kills = rounds = 0
    while kills < number:
        rounds += 1
        folder = tmp_path / str(rounds)
        killed = list(_kills_in_a_row(crawler, site, folder, chance, undisturbed.steps))
        kills += len(killed)
        end = crawler.run(folder, site.url)
        what = f"killed at {killed}; {folder}"
        assert end["status"] == 0, what
        assert revisions(folder) == undisturbed.revisions, what
        assert lines_of(folder) == replayed_lines(folder), what
        assert verify([folder / "data" / "warc"]).sound, what
        assert not list((folder / "data" / "warc").glob("*.open")), what
        shutil.rmtree(folder)


def _kills_in_a_row(
    crawler: Crawler, site: RunningSite, folder: Path, chance: random.Random, steps: int
) -> Iterator[dict[str, Any]]:
    """Kills one crawl after the other, until one comes to its end before it would have been killed."""
    for _ in range(IN_A_ROW):
        task = {"die_at": chance.randint(1, steps), "seed": chance.random(), "power": chance.random() < 0.5}
        end = crawler.run(folder, site.url, **task)
        if end["status"] == 0:
            return
        assert end["status"] == -signal.SIGKILL, (folder / "crawl.log").read_text()[-3000:]
        yield task
