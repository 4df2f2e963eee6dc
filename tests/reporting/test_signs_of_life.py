"""Signs of life of real crawls: pings at start and end, metrics, notices once a condition and once when it is over."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newscrawl.reporting.frequent_errors import ErrorCounter
from newscrawl.reporting.notice_memory import NoticeMemory
from tests.conftest import ROOT


def crawl(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    names = {"WARC": "warc", "ARTICLES": "articles", "REJECTED": "rejected", "STATE": "state", "MONITORS": "monitors"}
    settings = [f"{name}_DIRECTORY={folder / place}" for name, place in {**names, "REPORT": "reports"}.items()]
    command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-a", "max_articles=5", *options]
    for setting in (*settings, f"DATA_DIRECTORY={folder}", "PROGRESS_ENABLED=0"):
        command += ["-s", setting]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def written(folder: Path) -> int:
    """Return how many lines a crawl into ``folder`` wrote."""
    return sum(len(path.read_bytes().splitlines()) for path in (folder / "articles").glob("*.jsonl"))


def test_a_crawl_pings_its_start_and_its_end(tmp_path: Path) -> None:
    pings = []

    class Service(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pings.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    run = crawl(tmp_path, "-s", f"HEARTBEAT_URL=http://127.0.0.1:{server.server_address[1]}/ping/{{site}}")
    server.shutdown()
    server.server_close()

    assert run.returncode == 0, run.stderr
    assert pings == ["/ping/sample/start", "/ping/sample/0"]


def test_a_service_that_is_away_costs_a_message_and_no_crawl(tmp_path: Path) -> None:
    run = crawl(tmp_path, "-s", "HEARTBEAT_URL=http://127.0.0.1:9/secret-of-ours")

    assert run.returncode == 0
    assert "to HEARTBEAT_URL failed" in run.stderr
    assert "secret-of-ours" not in run.stderr.replace("'HEARTBEAT_URL': 'http://127.0.0.1:9/secret-of-ours'", "")


def test_metrics_of_a_crawl_are_a_text_file_for_prometheus(tmp_path: Path) -> None:
    from prometheus_client.parser import text_string_to_metric_families

    run = crawl(tmp_path, "-s", f"METRICS_DIRECTORY={tmp_path / 'metrics'}")
    text = (tmp_path / "metrics" / "newscrawl_sample.prom").read_text()
    values = {family.name: family.samples[0] for family in text_string_to_metric_families(text)}

    assert run.returncode == 0, run.stderr
    assert values["newscrawl_articles_written"].value == written(tmp_path)
    assert values["newscrawl_exit_status"].value == 0
    assert values["newscrawl_pages"].labels == {"site": "sample"}


def test_a_condition_is_sent_once_and_once_when_it_is_over(tmp_path: Path) -> None:
    memory = NoticeMemory(tmp_path / "rferl.sent.json")

    assert memory.changes(["layout", "end"]) == (["end", "layout"], [])
    memory.remember(["layout", "end"])
    assert memory.changes(["layout", "end"]) == ([], [])
    assert memory.changes(["layout"]) == ([], ["end"])
    memory.remember([])
    assert memory.changes(["layout"]) == (["layout"], [])


@pytest.mark.parametrize("content", [b"", b"{", b"[[[[", b"\xff", b'{"a": 1}'])
def test_a_damaged_memory_sends_again(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "rferl.sent.json").write_bytes(content)

    assert NoticeMemory(tmp_path / "rferl.sent.json").changes(["layout"]) == (["layout"], [])


def test_errors_that_differ_in_numbers_are_one() -> None:
    counter = ErrorCounter()
    for number in range(5):
        counter.emit(logging.LogRecord("x", logging.ERROR, "", 0, "page %d failed\x1b[31m\nmore", (number,), None))
    counter.emit(logging.LogRecord("x", logging.ERROR, "", 0, "the disk is full", (), None))

    assert counter.most_frequent() == (("page 0 failed?[31m", 5), ("the disk is full", 1))
