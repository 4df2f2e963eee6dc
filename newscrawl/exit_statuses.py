"""The exit statuses of all commands, each with one meaning (docs/reference/exit-statuses.md is made from this)."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit status of a command; the docstring of each command says which of them it uses."""

    FINE = 0
    FAULTS = 1
    USAGE = 2
    NOTHING_FOUND = 3
    TOO_MANY_FAILURES = 4
    LAYOUT_DRIFT = 5
    HOST_FAILING = 6
    BLOCKED = 7
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """Return what the status means, in one sentence."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitStatus.FINE: "The command did what it was asked to do and found nothing wrong.",
    ExitStatus.FAULTS: "The command found faults or differences, or it stopped before the end; its output says which.",
    ExitStatus.USAGE: "The command line, a setting or an input file is wrong; nothing was done.",
    ExitStatus.NOTHING_FOUND: "A crawl found no article.",
    ExitStatus.TOO_MANY_FAILURES: "Too many pages of a crawl failed.",
    ExitStatus.LAYOUT_DRIFT: "Far fewer articles have a field than in earlier crawls: the site has probably changed.",
    ExitStatus.HOST_FAILING: "The site did not answer.",
    ExitStatus.BLOCKED: "The site blocked the crawler: several answers in a row were refusals or walls.",
    ExitStatus.INTERRUPTED: "The command was interrupted; run the same command again to continue.",
}
