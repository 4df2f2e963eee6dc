"""Starts crawls quickly: everything is imported once, each crawl is a fork. Reads one JSON object a line:

``folder``, ``arguments`` of ``scrapy``, ``settings``, and perhaps ``die_at``, ``seed``, ``power``, ``full_at``,
``unreadable``, ``commit_seconds``; answers with the exit status (negative: the signal) and the number of steps that it
took.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import scrapy.cmdline
from scrapy.settings import Settings
from scrapy.utils.misc import walk_modules_iter

from newscrawl.errors import OutputError
from tests.faults.faultpoints import Disk, install

PRELOADED = (
    "newscrawl.archive",
    "newscrawl.commands",
    "newscrawl.recording",
    "newscrawl.extract",
    "newscrawl.operations",
    "newscrawl.pipelines",
    "newscrawl.reporting",
    "newscrawl.spiders",
    "newscrawl.state",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.commands",
    "scrapy.downloadermiddlewares",
    "scrapy.extensions",
    "scrapy.spidermiddlewares",
)
COMMIT_SECONDS = 0.05


def crawl(task: dict[str, Any]) -> None:
    """One crawl in this process, which it ends."""
    folder = Path(task["folder"])
    os.chdir(folder)
    log = os.open("crawl.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    disk = Disk(task.get("die_at"), task.get("seed", 0), power=task.get("power", False), full_at=task.get("full_at"))
    install(disk)
    import_module("newscrawl.state.crawl").COMMIT_SECONDS = task.get("commit_seconds", COMMIT_SECONDS)  # type: ignore[attr-defined]
    if reason := task.get("unreadable"):
        import_module("newscrawl.state.crawl").import_lines = Mock(side_effect=OutputError(reason))  # type: ignore[attr-defined]
    settings = Settings()
    settings.setmodule(import_module("newscrawl.settings.development"), priority="project")
    settings.update(task["settings"], priority="cmdline")
    status = 0
    try:
        scrapy.cmdline.execute(["scrapy", *task["arguments"]], settings)
    except SystemExit as end:
        status = int(end.code or 0)
    (folder / "steps").write_text(str(disk.steps))
    sys.stdout.flush()
    os._exit(status)


def main() -> None:
    """Fork a crawl for each task."""
    for name in PRELOADED:
        list(walk_modules_iter(name))
    assert "twisted.internet.reactor" not in sys.modules, "each fork needs a reactor of its own"
    for line in sys.stdin:
        task = json.loads(line)
        steps = Path(task["folder"]) / "steps"
        steps.unlink(missing_ok=True)
        child = os.fork()
        if child == 0:
            crawl(task)
        print(json.dumps({"pid": child}), flush=True)
        _, ended = os.waitpid(child, 0)
        status = os.waitstatus_to_exitcode(ended)
        print(json.dumps({"status": status, "steps": int(steps.read_text()) if steps.exists() else 0}), flush=True)


if __name__ == "__main__":
    main()
