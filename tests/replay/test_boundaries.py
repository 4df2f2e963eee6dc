"""What a replay must not do: write into the archive, use the network, hold a large record in memory."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archive.samples import message, record
from tests.replay.commandline import ENVIRONMENT, lines_of, scrapy
from tests.replay.conftest import Crawls
from tests.waiting import PATIENCE_SECONDS

NO_SOCKETS = """
import socket

def refuse(*_):
    raise AssertionError("a replay used the network")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.gethostbyname = refuse
"""
MEGABYTE = 1024 * 1024
LARGE = 300 * MEGABYTE
MEMORY = 450 * MEGABYTE
"""Most of it is what a record of 64 MB, the part that is read of one, costs while it is decoded and parsed."""


def state_of(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    paths = [folder, *sorted(folder.rglob("*"))]
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_size, path.read_bytes() if path.is_file() else b"")
        for path in paths
    }


@pytest.mark.parametrize("runner", ["command", "pool", "spider"])
def test_the_archive_is_only_read_and_nothing_is_asked_of_the_network(
    runner: str, crawls: Crawls, tmp_path: Path
) -> None:
    before = state_of(crawls.warc)
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "sitecustomize.py").write_text(NO_SOCKETS)
    path = os.pathsep.join([str(tmp_path / "path"), ENVIRONMENT["PYTHONPATH"]])
    arguments = {
        "command": ["replay", crawls.warc, "-o", "out", "--processes", "1"],
        "pool": ["replay", crawls.warc, "-o", "out", "--processes", "2"],
        "spider": ["crawl", "replay", "-a", f"source={crawls.warc}", "-s", "ARTICLES_DIRECTORY=out"],
    }[runner]
    run = scrapy(tmp_path, *arguments, PYTHONPATH=path)
    assert run.returncode == 0, run.stderr
    assert "used the network" not in run.stderr
    assert lines_of(tmp_path / "out") == crawls.lines
    assert state_of(crawls.warc) == before


def test_it_runs_where_there_is_no_network_at_all(crawls: Crawls, tmp_path: Path) -> None:
    unshare = ["unshare", "--net", "--map-root-user"]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode:
        pytest.skip("a namespace without network cannot be made here")
    command = [*unshare, sys.executable, "-m", "scrapy", "replay", str(crawls.warc), "-o", "out", "--processes", "2"]
    run = subprocess.run(
        command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert run.returncode == 0, run.stderr
    assert lines_of(tmp_path / "out") == crawls.lines


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["page", "body that unpacks to more"])
def test_memory_is_bounded_whatever_the_size_of_a_record(kind: str, tmp_path: Path) -> None:
    """Large pages among small ones: the small ones come out, the process stays small."""
    small = [
        record(
            "response",
            message(b"<html><head><title>Small %d</title></head><body><article><p>%b</p></article></body></html>")
            .replace(b"%d", b"%d" % number)
            .replace(b"%b", b"Words of a small page that stands beside a large one. " * 20),
            number,
            url=f"https://www.example.org/{number}.html",
        )
        for number in (1, 2)
    ]
    path = tmp_path / "large.warc.gz"
    with path.open("wb") as file:
        file.write(gzip.compress(small[0]))
        _write_large(file, kind)
        file.write(gzip.compress(small[1]))
    run, peak = _measured(tmp_path, "replay", path, "-o", "out", "--processes", "1")
    assert run.returncode in (0, 1), run.stderr
    assert [line.count(b"Small") for line in lines_of(tmp_path / "out") if b"/large" not in line[:60]] == [1, 1]
    assert peak < MEMORY, f"{peak / MEGABYTE:.0f} MB"


def _write_large(file, kind: str) -> None:
    if kind == "page":
        piece = b"<p>" + b"many words of a page without end " * 31 + b"</p>\n"
        count = LARGE // len(piece)
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (count * len(piece))
        length = len(head) + count * len(piece)
        whole = record("response", b"", 3, url="https://www.example.org/large.html", length=length, end=b"")
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1) as member:
            member.write(whole + head)
            for _ in range(count):
                member.write(piece)
            member.write(b"\r\n\r\n")
        return
    bomb = gzip.compress(b"\0" * LARGE, 9)
    body = message(bomb, head="Content-Encoding: gzip\r\n")
    file.write(gzip.compress(record("response", body, 3, url="https://www.example.org/large.html")))


def _measured(folder: Path, *arguments: str | Path) -> tuple[subprocess.CompletedProcess[str], int]:
    """A run, and the most memory that it had, in bytes."""
    code = (
        "import resource, subprocess, sys; run = subprocess.run([sys.executable, '-m', 'scrapy', *sys.argv[1:]]); "
        "print('PEAK', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(run.returncode)"
    )
    command = [sys.executable, "-c", code, *map(str, arguments)]
    run = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    return run, int(run.stdout.split("PEAK")[1]) * 1024
