"""`scrapy …` as from a shell."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from scrapy.cmdline import execute
from scrapy.utils.project import get_project_settings

from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

ENVIRONMENT = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}


def scrapy(folder: Path, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """What `scrapy ARGUMENTS` does in ``folder``; ``more`` are environment variables.

    LIMIT_KILOBYTES among these is the largest size that a file may grow to.
    """
    command = [sys.executable, "-m", "scrapy", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT | more,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        preexec_fn=partial(_limit_files, int(limit) * 1024) if (limit := more.get("LIMIT_KILOBYTES")) else None,
    )


def scrapy_here(monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str | Path) -> int:
    """The exit status of `scrapy ARGUMENTS` within this process: for commands that start no crawl."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", ENVIRONMENT["SCRAPY_SETTINGS_MODULE"])
    with pytest.raises(SystemExit) as end:
        execute(["scrapy", *map(str, arguments)], settings=get_project_settings())
    return int(end.value.code or 0)


def _limit_files(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def lines_of(folder: Path) -> list[bytes]:
    """The articles in the JSON Lines files of ``folder``, sorted."""
    return sorted(line for path in sorted(folder.rglob("*.jsonl")) for line in path.read_bytes().splitlines())
