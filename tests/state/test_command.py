"""`newscrawl state`: what an operator sees."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.state.recheck_schedule import RecheckRule
from newscrawl.state.records import Announcement, Fetch, Outcome
from newscrawl.state.schema import connection_to
from newscrawl.state.writing import StateWriter
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = "https://www.rferl.org/a/slug/{}.html"


def fetched(key: int, outcome: Outcome, **values: object) -> Fetch:
    return Fetch(key, PAGE.format(key), NOON + timedelta(hours=int(outcome)), outcome, http_status=200, **values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("state")
    (folder / "data" / "state").mkdir(parents=True)
    connection = connection_to(folder / "data" / "state" / "rferl.sqlite")
    writer = StateWriter(connection, RecheckRule())
    with writer.transaction():
        writer.announce(Announcement(key, PAGE.format(key), "sitemap", NOON) for key in range(30000001, 30000005))
        writer.add_fetches([fetched(30000001, Outcome.NEW, warc_filename="a.warc.gz", warc_offset=7)])
        writer.add_fetches([fetched(30000001, Outcome.NOT_MODIFIED)])
        writer.add_fetches([fetched(30000002, Outcome.FAILED, reason="time\x1b[2J out")])
        writer.add_fetches([fetched(30000003, Outcome.GONE)])
        writer.add_revision(30000001, b"digest")
    connection.close()
    return folder


def state(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy", "state", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


def test_counts_lists_and_a_history(folder: Path) -> None:
    counts = {
        each["what"]: each["number"] for each in map(json.loads, state(folder, "rferl", "--json").stdout.splitlines())
    }
    assert [counts[what] for what in ("found", "written", "no-article", "rejected", "gone", "failed")] == [
        1,
        1,
        0,
        0,
        1,
        1,
    ]
    assert [counts[what] for what in ("articles", "lines", "due")] == [4, 1, 3]
    (failed,) = map(json.loads, state(folder, "rferl", "--status", "failed", "--json").stdout.splitlines())
    assert (failed["id"], failed["failures"], failed["url"]) == (30000002, 1, PAGE.format(30000002))

    shown = state(folder, "rferl", "--status", "failed").stdout
    assert "time?[2J out" in shown, "what a server says cannot steer the terminal"
    assert PAGE.format(30000002) in shown

    url = "https://www.rferl.org/a/30000001.html"
    history = [json.loads(line) for line in state(folder, "rferl", "--url", url, "--json").stdout.splitlines()]
    assert [each["outcome"] for each in history] == ["found", "new", "not-modified", "due"]
    assert history[1]["from"] == "a.warc.gz:7"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nosuchsite"], "no site is called 'nosuchsite'"),
        (["svoboda"], "svoboda was never crawled here"),
        (["rferl", "--url", "https://www.rferl.org/a/1.html"], "is unknown"),
        (["rferl", "--status", "fine"], "invalid choice"),
        ([], "name one site"),
    ],
)
def test_what_cannot_be_shown(folder: Path, arguments: list[str], message: str) -> None:
    run = state(folder, *arguments)
    assert run.returncode == 2
    assert message in run.stderr + run.stdout
    assert "Traceback" not in run.stderr
