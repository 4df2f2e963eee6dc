"""`newscrawl replay` as a user runs it."""

from __future__ import annotations

import gzip
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.dataset as ds
import pytest
import zstandard

from newscrawl.replay.output.parquet import TIMESTAMPS
from tests.replay.commandline import ENVIRONMENT, lines_of, scrapy


@pytest.fixture(scope="module")
def replayed(editions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one process."""
    output = tmp_path_factory.mktemp("replayed") / "out"
    run = scrapy(output.parent, "replay", editions, "--output", output, "--processes", "1")
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return output


def test_there_is_one_file_per_source_and_nothing_unfinished(replayed: Path, editions: Path) -> None:
    names = sorted(path.name for path in replayed.iterdir() if path.is_file())
    assert names == sorted(
        path.name.replace(".warc.gz", ".jsonl").replace("~", "_") for path in editions.glob("*.warc.gz")
    )
    left = {path.suffix: path.name for path in (replayed / ".replay").iterdir()}
    assert set(left) == {"", ".sqlite", ".rows"}, "only the manifest and the rows of the account stay"


def test_a_pool_writes_the_same_files(replayed: Path, editions: Path, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "replay", editions, "--output", "out", "--processes", "2")
    assert run.returncode == 0, run.stderr
    assert _files(tmp_path / "out") == _files(replayed)


def test_every_form_holds_the_same_articles(replayed: Path, editions: Path, tmp_path: Path) -> None:
    expected = lines_of(replayed)
    for form in ("jsonl.gz", "jsonl.zst", "parquet"):
        run = scrapy(tmp_path, "replay", editions, "-o", f"out.{form}", "--partition", "site,date")
        assert run.returncode == 0, run.stderr
    packed = [
        gzip.decompress(path.read_bytes())
        for path in (tmp_path / "out.jsonl.gz").glob("site=sample/date=20*/*.jsonl.gz")
    ]
    assert sorted(line for data in packed for line in data.splitlines()) == expected
    paths = (tmp_path / "out.jsonl.zst").glob("site=sample/date=20*/*.jsonl.zst")
    streams = [zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read() for path in paths]
    assert sorted(line for data in streams for line in data.splitlines()) == expected
    table = ds.dataset(tmp_path / "out.parquet", format="parquet", exclude_invalid_files=True, ignore_prefixes=["."])
    columns = [name for name in table.schema.names if name not in TIMESTAMPS]
    rows = [json.dumps(row, sort_keys=True) for row in table.to_table(columns).to_pylist()]
    assert sorted(rows) == sorted(json.dumps(json.loads(line), sort_keys=True) for line in expected)


def test_a_rerun_reads_nothing_again(replayed: Path, editions: Path) -> None:
    before = _files(replayed)
    run = scrapy(replayed.parent, "replay", editions, "--output", replayed)
    assert run.returncode == 0
    assert "3 files (3 done before), 0 pages" in run.stdout
    assert _files(replayed) == before


def test_a_bar_is_shown_on_a_terminal_only(editions: Path, tmp_path: Path) -> None:
    """Elsewhere nothing is: see the fixture."""
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "scrapy", "replay", str(editions), "-o", "out", "--processes", "1"]
    environment = ENVIRONMENT | {"TERM": "xterm", "COLUMNS": "120"}
    run = subprocess.run(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=end, check=False)
    os.close(end)
    shown = os.read(terminal, 100_000).decode()
    os.close(terminal)
    assert run.returncode == 0
    assert re.search(r"\d+ pages, \d+\.\d/s, \d+ articles", shown)
    assert "to go" in shown
    assert b"to go" not in run.stdout


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.jsonl")}
