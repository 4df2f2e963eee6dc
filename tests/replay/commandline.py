"""`scrapy …` as from a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SECONDS = 240
ENVIRONMENT = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}


def scrapy(folder: Path, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """What `scrapy ARGUMENTS` does in ``folder``; ``more`` are environment variables."""
    command = [sys.executable, "-m", "scrapy", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT | more,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def lines_of(folder: Path) -> list[bytes]:
    """The articles in the JSON Lines files of ``folder``, sorted."""
    return sorted(line for path in sorted(folder.rglob("*.jsonl")) for line in path.read_bytes().splitlines())
