"""Progress on a real terminal, and none of it anywhere else."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

LINE = re.compile(
    r"sample: \d+ pages?(?: · \d+ articles?)?(?: · \d+ failed)?(?: · \d+ errors?)?(?: · (?:over|about) [\d:]+ to go)?"
    r"(?: · [\d.]+ pages/s)?(?: · \d+ documents? left to read)?(?: · \d+ queued)?(?: · [\d.]+ (?:bytes|[kMG]B))?"
)
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Run:
    status: int
    terminal: str
    log: str


def crawled(folder: Path, *, log_on_terminal: bool, terminal: bool = True, arguments: tuple[str, ...] = ()) -> Run:
    """A crawl whose standard output is a terminal, or else a pipe; its log goes there too, or else to a file."""
    ours, theirs = pty.openpty() if terminal else os.pipe()
    received: list[bytes] = []

    def read() -> None:
        while True:
            try:
                data = os.read(ours, 65_536)
            except OSError:  # how a terminal ends on Linux
                return
            if not data:
                return
            received.append(data)

    reader = threading.Thread(target=read)
    reader.start()
    command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-a", "size=40", "-s", "WARC_ENABLED=0", *arguments]
    environment = {
        **os.environ,
        "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development",
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
        "COLUMNS": "200",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=theirs, stderr=theirs if log_on_terminal else log
        )
        os.close(theirs)
        status = process.wait(PATIENCE_SECONDS)
    reader.join(PATIENCE_SECONDS)
    os.close(ours)
    return Run(status, b"".join(received).decode(), (folder / "log").read_text())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("progress")


def test_terminal_shows_a_live_line_that_is_not_in_the_log(folder: Path) -> None:
    run = crawled(folder, log_on_terminal=False)
    assert run.status == 0, run.log[-2000:]
    assert len(LINE.findall(CONTROL.sub("", run.terminal))) >= 3
    assert "\x1b[2K" in run.terminal, "the line is written over"
    assert "left to read" in run.terminal or "to go" in run.terminal, "what is left: one or the other, as it goes"
    assert "pages/s" not in run.log
    assert "\x1b" not in run.log
    assert "Spider opened" in run.log


def test_log_lines_on_the_same_terminal_are_not_cut(tmp_path: Path) -> None:
    run = crawled(tmp_path, log_on_terminal=True, arguments=("-v",))
    assert run.status == 0
    lines = CONTROL.sub("", run.terminal).replace("\r", "\n").splitlines()
    logged = [line for line in lines if "[newscrawl" in line or "[sample]" in line or "[scrapy" in line]
    assert any("Discovery: " in line for line in logged)
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4} \[", line) for line in logged), (
        "nothing stands before them"
    )
    assert not [line for line in logged if "pages/s" in line]


def test_a_crawl_by_hand_logs_to_a_file_that_its_summary_names(tmp_path: Path) -> None:
    run = crawled(tmp_path, log_on_terminal=True)
    (log,) = (tmp_path / "data" / "logs").glob("sample-*.log")

    assert run.status == 0
    assert "[scrapy" not in run.terminal
    assert f"data/logs/{log.name}" in run.terminal
    assert "Spider closed" in log.read_text()


def test_the_live_line_fits_80_columns(folder: Path) -> None:
    run = crawled(folder, log_on_terminal=False)
    lines = [line.strip() for line in re.split(r"[\r\n]", CONTROL.sub("", run.terminal)) if line.startswith("sample: ")]

    assert lines
    assert max(map(len, lines)) < 80


def test_nothing_is_shown_without_a_terminal(tmp_path: Path) -> None:
    run = crawled(tmp_path, log_on_terminal=False, terminal=False)
    assert run.status == 0
    assert run.terminal == ""
    assert "pages/s" not in run.log


def test_plain_lines_are_shown_on_request(tmp_path: Path) -> None:
    run = crawled(tmp_path, log_on_terminal=False, terminal=False, arguments=("-s", "PROGRESS_ENABLED=1"))
    assert run.status == 0
    assert LINE.search(run.terminal)
    assert "\x1b" not in run.terminal
    assert "pages/s" not in run.log
