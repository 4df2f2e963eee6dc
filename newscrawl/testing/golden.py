"""Golden pages: a folder that holds a page, how it was fetched, and the article it must give.

``page.html`` is the payload, byte for byte; ``meta.json`` says how it was fetched and what its markup rests on;
``expected.json`` is the article without what only an archive or a release decides. The same folder is a test case
(tests/extract/test_golden.py) and what ``newscrawl savefixture`` writes.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any

import orjson

from newscrawl.capture import Capture, instant
from newscrawl.chain.chain import ChainResult, Failed, NotArticle, RejectedArticle
from newscrawl.errors import OutputError, UsageError

PAGE, META, EXPECTED = "page.html", "meta.json", "expected.json"
_KEPT_METADATA = ("site", "layout", "validationMessages")
"""The keys of ``metadata`` that a page decides; an archive or a release decides the others."""


@dataclass(frozen=True, slots=True)
class Golden:
    """One golden page."""

    capture: Capture
    rests_on: str
    """Where its markup was seen: in saved pages, in what public scrapers select, in stored texts."""

    @classmethod
    def of(cls, capture: Capture, rests_on: str) -> Golden:
        """Return ``capture`` with only what a case keeps, so that the case gives what is expected.

        Raises:
            UsageError: the capture is incomplete.
        """
        if capture.truncated is not None:
            raise UsageError(f"{capture.url}: the capture of {instant(capture.date)} is truncated: {capture.truncated}")
        return cls(_kept(capture, capture.header("content-type")), rests_on)

    @classmethod
    def read(cls, folder: Path) -> Golden:
        """Return the page in ``folder``.

        Raises:
            UsageError: the folder holds no golden page.
        """
        try:
            meta = json.loads((folder / META).read_text("utf-8"))
            date = datetime.fromisoformat(meta["date"]).astimezone(UTC)
            capture = Capture(meta["url"], date, meta["status"], (), (folder / PAGE).read_bytes())
            return cls(_kept(capture, meta["content_type"]), meta["rests_on"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{folder} holds no golden page: {error}") from error

    def write(self, folder: Path, outcome: ChainResult, *, force: bool = False) -> None:
        """Write page, meta and expectation into ``folder``: all three files or none.

        Raises:
            UsageError: the folder exists, and ``force`` is not given.
            OutputError: it cannot be written.
        """
        if folder.exists() and not (force and folder.is_dir()):
            raise UsageError(f"{folder} exists; --force replaces the case in it, --name CASE makes another one")
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as made:
                new = Path(made) / folder.name
                new.mkdir()
                self._write_files(new, outcome)
                if folder.exists():
                    for name in (PAGE, META, EXPECTED):
                        (new / name).replace(folder / name)
                else:
                    new.rename(folder)
        except OSError as error:
            raise OutputError(f"cannot write {folder}: {error.strerror}") from error

    def _write_files(self, folder: Path, outcome: ChainResult) -> None:
        capture = self.capture
        meta = {
            "url": capture.url,
            "date": instant(capture.date),
            "status": capture.status,
            "content_type": capture.header("content-type"),
            "rests_on": self.rests_on,
        }
        (folder / PAGE).write_bytes(capture.payload)
        (folder / META).write_text(_json(meta), "utf-8")
        (folder / EXPECTED).write_text(_json(expectation(outcome)), "utf-8")


def expectation(outcome: ChainResult) -> dict[str, Any]:
    """Return what a golden page must give: the article, or why there is none."""
    match outcome:
        case NotArticle():
            return {"notAnArticle": outcome.reason}
        case RejectedArticle():
            return {"rejected": list(outcome.messages)}
        case Failed():
            return {"failed": outcome.reason}
    document: dict[str, Any] = orjson.loads(orjson.dumps(outcome))
    metadata = document["metadata"] or {}
    return {**document, "metadata": {name: metadata.get(name) for name in _KEPT_METADATA}}


def difference(expected: dict[str, Any], found: dict[str, Any]) -> str:
    """Return how ``found`` differs from ``expected``, line by line; empty if they are the same."""
    if expected == found:
        return ""
    lines = unified_diff(_json(expected).splitlines(), _json(found).splitlines(), EXPECTED, "found", n=2, lineterm="")
    return "\n".join(lines)


def _kept(capture: Capture, content_type: str | None) -> Capture:
    headers = (("Content-Type", content_type),) if content_type else ()
    return Capture(capture.url, capture.date, capture.status, headers, capture.payload)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
