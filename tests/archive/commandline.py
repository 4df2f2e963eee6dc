"""Commands of scrapy as a user types them, run in this process: a process of their own costs a second each."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass

from scrapy.cmdline import execute
from scrapy.settings import Settings


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


def scrapy(*arguments: object) -> Done:
    """What ``scrapy ARGUMENTS`` prints, and its exit status; anything that it raises goes through."""
    out, err = io.StringIO(), io.StringIO()
    settings = Settings({"COMMANDS_MODULE": "newscrawl.commands", "WARC_DIRECTORY": "data/warc"}, priority="project")
    status = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            execute(["scrapy", *map(str, arguments)], settings)
        except SystemExit as exit_:
            status = int(exit_.code or 0)
    return Done(status, out.getvalue(), err.getvalue())
