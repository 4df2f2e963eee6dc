"""A replay that was killed goes on; a rerun does only what is new; several files of one article are settled rightly."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.archive.writing.revisit_memory import SeenInCrawl
from newscrawl.errors import OutputError
from newscrawl.replay.manifest.manifest import Manifest
from newscrawl.replay.selection.filters import Filters
from newscrawl.samplesite.publication import Publication
from tests.replay import pipelines
from tests.replay.archives import write_archive
from tests.replay.commandline import ENVIRONMENT, lines_of, scrapy
from tests.replay.running import articles_of, newest_url, replay, urls_of
from tests.waiting import PATIENCE_SECONDS

PIPELINES = ",".join(
    (
        "newscrawl.pipelines.article.ArticlePipeline",
        "tests.replay.pipelines.Misbehaving",
        "newscrawl.pipelines.captions.CaptionPipeline",
        "newscrawl.pipelines.validation.ValidationPipeline",
    )
)


@pytest.fixture
def gate(tmp_path: Path, editions: Path) -> Path:
    """A folder whose ``url`` file names a page of the last file: at it, a replay stands still."""
    folder = tmp_path / "gate"
    folder.mkdir()
    (folder / "url").write_text(newest_url(sorted(editions.glob("*.warc.gz")), tmp_path))
    return folder


def standing(folder: Path, editions: Path, gate: Path, processes: int) -> tuple[subprocess.Popen[str], int]:
    """A replay that stands at the gate, and the id of the process there."""
    command = [sys.executable, "-m", "scrapy", "replay", str(editions), "-o", "out", "--processes", str(processes)]
    running = subprocess.Popen(
        [*command, "-s", f"ARTICLE_PIPELINES={PIPELINES}"],
        cwd=folder,
        env=ENVIRONMENT | {pipelines.GATE: str(gate)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return running, int(next(found(gate, running)).stem)


def found(gate: Path, running: subprocess.Popen[str]) -> Iterator[Path]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        yield from gate.glob("*.waiting")
        time.sleep(0.02)
    raise AssertionError(f"the replay did not come to the gate: {running.communicate()}")


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize("processes", [1, 2])
def test_a_killed_replay_goes_on_where_it_was(processes: int, editions: Path, gate: Path, tmp_path: Path) -> None:
    running, worker = standing(tmp_path, editions, gate, processes)
    while processes == 2 and len(_extracted(tmp_path / "out")) < 2:
        time.sleep(0.05)  # the other process works on
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert not list((tmp_path / "out").glob("*.jsonl")), "there are outputs before everything was read"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_alive(worker):
        assert time.monotonic() < deadline, "a process of the pool outlives its parent"
        time.sleep(0.05)
    run = scrapy(tmp_path, "replay", editions, "-o", "out", "-s", f"ARTICLE_PIPELINES={PIPELINES}", "--processes", "1")
    assert run.returncode == 0, run.stderr
    assert "3 files (2 done before)" in run.stdout
    assert lines_of(tmp_path / "out") == lines_of(tmp_path / "all")
    left = Counter(path.suffix for path in (tmp_path / "out" / ".replay").iterdir())
    assert left == {"": 1, ".sqlite": 1, ".rows": 3}, "more stays than the manifest and the rows of the account"


def _extracted(output: Path) -> list[str]:
    """Return the units that are extracted, as the manifest says."""
    path = output / ".replay" / "manifest.sqlite"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as database:
        try:
            return [name for (name,) in database.execute("SELECT name FROM units WHERE state = 'extracted'")]
        except sqlite3.OperationalError:  # its tables are being made
            return []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_it_at_the_next_page(
    number: signal.Signals, editions: Path, gate: Path, tmp_path: Path
) -> None:
    running, _ = standing(tmp_path, editions, gate, 1)
    running.send_signal(number)
    (gate / "open").touch()
    output, errors = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 130
    assert "run the same command again to continue" in output
    assert "Traceback" not in errors
    run = scrapy(tmp_path, "replay", editions, "-o", "out", "-s", f"ARTICLE_PIPELINES={PIPELINES}")
    assert run.returncode == 0
    assert lines_of(tmp_path / "out") == lines_of(tmp_path / "all")


def test_two_replays_do_not_write_into_one_folder(editions: Path, tmp_path: Path) -> None:
    with Manifest(tmp_path), pytest.raises(OutputError, match="another replay is writing there"):
        replay(tmp_path, editions)


def test_a_file_that_comes_later_may_hold_the_earlier_capture(editions: Path, tmp_path: Path) -> None:
    files = sorted(editions.glob("*.warc.gz"))
    replay(tmp_path / "once", *files)
    for file in reversed(files):
        replay(tmp_path / "bit by bit", file)
    assert lines_of(tmp_path / "bit by bit") == lines_of(tmp_path / "once")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    (path,) = write_archive(tmp_path / "warc", Publication(size=8))
    replay(tmp_path / "out", path)
    before = urls_of(articles_of(tmp_path / "out"))
    path.unlink()
    (again,) = write_archive(tmp_path / "warc", Publication(size=12))
    again.rename(path)
    outcome = replay(tmp_path / "out", path)
    assert outcome.skipped == 0
    assert len(urls_of(articles_of(tmp_path / "out"))) > len(before)


def test_other_code_makes_everything_anew(editions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replay(tmp_path, editions)
    before = lines_of(tmp_path)
    monkeypatch.setattr("newscrawl.replay.recipe.Recipe.code", lambda _: "newer")
    outcome = replay(tmp_path, editions)
    assert outcome.skipped == 0
    assert outcome.counts["captures"] > 0
    assert lines_of(tmp_path) == before
    assert replay(tmp_path, editions).skipped == 3


@pytest.mark.parametrize("beside", [True, False])
def test_revisits_find_their_originals_in_other_files(*, beside: bool, tmp_path: Path) -> None:
    """The second crawl of an unchanged site is all revisits; replayed alone by date, it gives the same articles."""
    seen = SeenInCrawl()
    for number in (1, 2):
        write_archive(tmp_path / "warc", Publication(size=12), number=number, revisits=seen)
    files = sorted((tmp_path / "warc").glob("*.warc.gz"))
    if not beside:
        (tmp_path / "elsewhere").mkdir()
        files[0] = files[0].rename(tmp_path / "elsewhere" / files[0].name)
    replay(tmp_path / "first", files[0])
    second = Filters.from_strings(since="2026-02-03")
    outcome = replay(tmp_path / "second", *files, filters=second)
    assert outcome.faults == []
    assert outcome.counts["deferred"] == len(articles_of(tmp_path / "second"))
    assert urls_of(articles_of(tmp_path / "second")) == urls_of(articles_of(tmp_path / "first"))
    assert {article["metadata"]["warcFilename"] for article in articles_of(tmp_path / "second")} == {files[1].name}
    assert replay(tmp_path / "second", *files, filters=second).counts["captures"] == 0
    outcome = replay(tmp_path / "alone", files[1])
    assert len(outcome.faults) == len(articles_of(tmp_path / "first"))
    assert "original" in outcome.faults[0].reason
