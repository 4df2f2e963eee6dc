"""The same lines from wherever an archive is read: folders, patterns, packages, indexes, pipes, servers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from newscrawl.archive.wacz.package import write_wacz
from newscrawl.replay.reading.units import STRETCH, units_of
from tests.archive.s3 import s3_bucket
from tests.replay.commandline import ENVIRONMENT, lines_of, scrapy
from tests.replay.conftest import Crawls
from tests.replay.running import replay


class Files(SimpleHTTPRequestHandler):
    """Python's file server, which gives ranges when it is asked for them, and counts bytes."""

    sent = 0

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        wanted = self.headers.get("Range", "")
        if not wanted.startswith("bytes=") or not path.is_file():
            super().do_GET()
            return
        start, _, end = wanted.removeprefix("bytes=").partition("-")
        data = path.read_bytes()[int(start) : int(end) + 1 if end else None]
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{int(start) + len(data) - 1}/{path.stat().st_size}")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        Files.sent += len(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(crawls: Crawls) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(crawls.warc))) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def warc_files(crawls: Crawls) -> list[Path]:
    return sorted(crawls.warc.glob("*.warc.gz"))


def test_a_pattern(crawls: Crawls, tmp_path: Path) -> None:
    assert replay(tmp_path, f"{crawls.warc}/*.warc.gz").faults == []
    assert lines_of(tmp_path) == crawls.lines


def test_a_source_named_twice_is_read_once(crawls: Crawls, tmp_path: Path) -> None:
    outcome = replay(tmp_path, crawls.warc, f"{crawls.warc}/*.warc.gz", *warc_files(crawls))
    assert outcome.files == len(warc_files(crawls))
    assert lines_of(tmp_path) == crawls.lines


def test_a_package(crawls: Crawls, tmp_path: Path) -> None:
    path = tmp_path / "crawls.wacz"
    write_wacz(warc_files(crawls), path, created=datetime(2026, 1, 1, tzinfo=UTC), on_skip=print)
    assert replay(tmp_path / "out", path).faults == []
    assert lines_of(tmp_path / "out") == crawls.lines


def test_indexes_name_the_records_and_no_more_is_read(crawls: Crawls, tmp_path: Path) -> None:
    indexes = sorted(crawls.warc.glob("*.cdxj"))
    assert len(indexes) == len(warc_files(crawls))
    assert replay(tmp_path / "beside", *indexes).faults == []
    assert lines_of(tmp_path / "beside") == crawls.lines
    assert replay(tmp_path / "pattern", f"{crawls.warc}/*.cdxj").faults == []
    assert lines_of(tmp_path / "pattern") == crawls.lines
    for index in indexes:
        shutil.copy(index, tmp_path)
    moved = [tmp_path / index.name for index in indexes]
    assert replay(tmp_path / "away", *moved).faults != []
    run = scrapy(tmp_path, "replay", *moved, "-o", "based", "--base", crawls.warc)
    assert run.returncode == 0, run.stderr
    assert lines_of(tmp_path / "based") == crawls.lines


def test_an_index_s_file_names_do_not_lead_out_of_its_folder(tmp_path: Path) -> None:
    index = tmp_path / "inner" / "evil.cdxj"
    index.parent.mkdir()
    (tmp_path / "secret.warc.gz").write_bytes(b"secret")
    for name in ("../secret.warc.gz", str(tmp_path / "secret.warc.gz"), "http://127.0.0.1:9/x.warc.gz"):
        index.write_text(
            'org,example)/a 20260101000000 {"url": "https://example.org/a", "mime": "text/html", "status": "200", '
            f'"filename": "{name}", "offset": "0", "length": "6"}}\n'
        )
        (fault,) = replay(tmp_path / "out", index).faults
        assert "not a file beside this index" in fault.reason


def test_slices_of_a_long_index_have_each_line_once(tmp_path: Path) -> None:
    index = tmp_path / "long.cdxj"
    line = 'org,example)/{:07} 20260101000000 {{"url": "https://example.org/{}", "filename": "none", "offset": "0"}}\n'
    count = 2 * STRETCH // 90
    index.write_text("".join(line.format(number, number) for number in range(count)))
    units = units_of([str(index)])
    assert len(units) > 1
    outcome = replay(tmp_path / "out", index)
    assert outcome.files == len(units)
    assert len(outcome.faults) == count


def test_standard_input(crawls: Crawls, tmp_path: Path) -> None:
    file = warc_files(crawls)[0]
    replay(tmp_path / "file", file)
    command = [sys.executable, "-m", "scrapy", "replay", "-", "-o", "out", "--processes", "2"]
    with file.open("rb") as stream:
        run = subprocess.run(command, stdin=stream, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    expected = [line.replace(file.name.encode(), b"-") for line in lines_of(tmp_path / "file")]
    assert lines_of(tmp_path / "out") == sorted(expected)


def test_a_web_server(crawls: Crawls, server: str, tmp_path: Path) -> None:
    assert replay(tmp_path / "out", *(f"{server}/{file.name}" for file in warc_files(crawls))).faults == []
    assert lines_of(tmp_path / "out") == crawls.lines


def test_of_an_index_on_a_web_server_only_the_records_are_fetched(crawls: Crawls, server: str, tmp_path: Path) -> None:
    indexes = sorted(crawls.warc.glob("*.cdxj"))
    Files.sent = 0
    run = scrapy(tmp_path, "replay", *indexes, "-o", "out", "--base", server, "--processes", "1", "--language", "uk")
    assert run.returncode == 0, run.stderr
    assert lines_of(tmp_path / "out") == [line for line in crawls.lines if b'"inLanguage":"uk"' in line]
    assert 0 < Files.sent < sum(file.stat().st_size for file in warc_files(crawls))


def test_a_web_server_that_has_no_such_file_costs_that_file(crawls: Crawls, server: str, tmp_path: Path) -> None:
    outcome = replay(tmp_path, f"{server}/missing.warc.gz", crawls.warc)
    assert ["missing.warc.gz" in fault.path for fault in outcome.faults] == [True]
    assert lines_of(tmp_path) == crawls.lines
    assert replay(tmp_path, f"{server}/missing.warc.gz", crawls.warc).faults


@pytest.mark.parametrize(("place", "reason"), [("http://127.0.0.1:9", "Connect call failed"), (None, "404")])
def test_an_address_that_cannot_be_read_says_why(place: str | None, reason: str, server: str, tmp_path: Path) -> None:
    (fault,) = replay(tmp_path, f"{place or server}/missing.warc.gz").faults
    assert reason in fault.reason


def test_a_bucket(crawls: Crawls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    with s3_bucket(monkeypatch) as (address, _):
        for file in crawls.warc.iterdir():
            boto3.client("s3").upload_file(str(file), address.removeprefix("s3://"), f"2026/{file.name}")
        known = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
        for source, output in (("2026", "out"), ("2026/*.cdxj", "by-index")):
            run = scrapy(tmp_path, "replay", f"{address}/{source}", "-o", output, "--processes", "2", **known)
            assert run.returncode == 0, run.stderr
            assert lines_of(tmp_path / output) == crawls.lines
        run = scrapy(tmp_path, "replay", f"{address}/2026", "-o", "out", "--processes", "2", **known)
        assert "3 done before" in run.stdout
        run = scrapy(tmp_path, "replay", f"{address}/2026", "-o", "new", AWS_ENDPOINT_URL=known["AWS_ENDPOINT_URL"])
        assert run.returncode == 2
        assert "cannot be listed" in run.stdout + run.stderr
        assert "Traceback" not in run.stderr
