"""Article pipelines that misbehave when an environment variable says so."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

GATE = "TEST_REPLAY_GATE"
"""A folder: at the page whose URL holds its ``url`` file's text, a file named by the process appears; nothing more."""
DEATH = "TEST_REPLAY_DEATH"
FAILURE = "TEST_REPLAY_FAILURE"
"""Part of a URL: what happens when a page of it comes."""


class Misbehaving:
    """Passes its item on, but for the pages named."""

    def process_item(self, item: Any) -> Any:
        if os.environ.get(DEATH, "\0") in item.url:
            os.kill(os.getpid(), signal.SIGKILL)
        if os.environ.get(FAILURE, "\0") in item.url:
            raise LookupError("a bug")
        if folder := os.environ.get(GATE):
            self._stop_at_the_gate(Path(folder), item)
        return item

    def _stop_at_the_gate(self, folder: Path, item: Any) -> None:
        if (folder / "url").read_text() in item.url:
            (folder / f"{os.getpid()}.waiting").touch()
            while not (folder / "open").exists():
                time.sleep(0.01)
