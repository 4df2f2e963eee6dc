"""State files that are put back, taken away or damaged: a crawl says so, and no line is lost or doubled."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.samplesite.running import RunningSite, running_site
from tests.faults.conftest import Crawler, lines_of, revisions
from tests.faults.replaying import replayed_lines
from tests.faults.test_stop import articles_asked_for, wait_for

SIZE = 24


def state_files(folder: Path) -> list[Path]:
    return sorted((folder / "data" / "state").glob("sample.sqlite*"))


def put_back(state: Path, backup: Path) -> None:
    backup.replace(state)


def take_away(state: Path, _: Path) -> None:
    state.unlink()


@pytest.mark.parametrize("replaced", [put_back, take_away])
def test_a_state_that_is_replaced_ends_the_crawl_and_costs_nothing(
    crawler: Crawler, tmp_path: Path, replaced: Callable[[Path, Path], None]
) -> None:
    with running_site(size=SIZE) as site:
        assert crawler.run(tmp_path, site.url, "-a", "max_articles=6")["status"] == 0
        (state,) = state_files(tmp_path)
        backup = Path(shutil.copy(state, tmp_path / "backup"))
        site.forget_visits()
        crawler.start(tmp_path, site.url, settings={"DOWNLOAD_DELAY": 0.5, "DOWNLOAD_DELAY_JITTER": 0})
        wait_for(lambda: articles_asked_for(site) >= 3)
        replaced(state, backup)
        assert crawler.end()["status"] == 1
        log = (tmp_path / "crawl.log").read_text()
        assert f"{state.relative_to(tmp_path)} was replaced or removed" in log
        assert "Traceback" not in log
        # The log of the file that is gone would be taken for that of the new one.
        assert [path for path in state_files(tmp_path) if path != state] == []

        assert crawler.run(tmp_path, site.url)["status"] == 0
    assert len(revisions(tmp_path)) == len(set(revisions(tmp_path))) >= SIZE
    assert lines_of(tmp_path) == replayed_lines(tmp_path)


def test_a_damaged_state_is_named_with_what_helps(crawler: Crawler, site: RunningSite, tmp_path: Path) -> None:
    assert crawler.run(tmp_path, site.url)["status"] == 0
    before = lines_of(tmp_path)
    (state,) = state_files(tmp_path)
    content = state.read_bytes()
    state.write_bytes(content[:4096] + b"\x55" * (len(content) - 4096))
    site.forget_visits()
    assert crawler.run(tmp_path, site.url)["status"] == 2
    assert not site.visits
    log = (tmp_path / "crawl.log").read_text()
    told = next(line for line in log.splitlines() if "does not start" in line)
    assert str(state.relative_to(tmp_path)) in told
    assert "restore it from a backup, or move it away" in told
    assert "Traceback" not in log

    for path in state_files(tmp_path):
        path.unlink()
    assert crawler.run(tmp_path, site.url)["status"] == 0
    assert lines_of(tmp_path) == before
