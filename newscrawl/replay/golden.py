"""Golden pages: a folder that holds a page, how it was fetched, and the article it must give.

``page.html`` is the payload, byte for byte; ``meta.json`` says how it was fetched and what its markup rests on;
``expected.json`` is the article without what only an archive or a release decides. The same folder is a test case
(tests/extract/test_golden.py) and what ``scrapy savefixture`` writes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from newscrawl.capture import Capture, instant
from newscrawl.errors import OutputError, UsageError
from newscrawl.pipelines.chain import Failed, NotArticle, Outcome, RejectedArticle

PAGE, META, EXPECTED = "page.html", "meta.json", "expected.json"
_KEPT_METADATA = ("site", "layout", "validationMessages")
"""What of ``metadata`` a page decides; the rest is the archive's or the release's."""


@dataclass(frozen=True, slots=True)
class Golden:
    """One golden page."""

    capture: Capture
    rests_on: str
    """Where its markup was seen: in saved pages, in what public scrapers select, in stored texts."""

    @classmethod
    def read(cls, folder: Path) -> Golden:
        """The page in ``folder``.

        Raises:
            UsageError: the folder does not hold one.
        """
        try:
            meta = json.loads((folder / META).read_text("utf-8"))
            content_type = meta["content_type"]
            capture = Capture(
                url=meta["url"],
                date=datetime.fromisoformat(meta["date"]).astimezone(UTC),
                status=meta["status"],
                headers=(("Content-Type", content_type),) if content_type else (),
                payload=(folder / PAGE).read_bytes(),
            )
            return cls(capture, meta["rests_on"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{folder} holds no golden page: {error}") from error

    def write(self, folder: Path, outcome: Outcome, *, force: bool = False) -> None:
        """Write page, meta and expectation into ``folder``.

        Raises:
            UsageError: the folder exists, and ``force`` is not given.
            OutputError: it cannot be written.
        """
        capture = self.capture
        meta = {
            "url": capture.url,
            "date": instant(capture.date),
            "status": capture.status,
            "content_type": capture.header("content-type"),
            "rests_on": self.rests_on,
        }
        try:
            folder.mkdir(parents=True, exist_ok=force)
            (folder / PAGE).write_bytes(capture.payload)
            (folder / META).write_text(_json(meta), "utf-8")
            (folder / EXPECTED).write_text(_json(expectation(outcome)), "utf-8")
        except FileExistsError as error:
            raise UsageError(f"{folder} exists; --force replaces what is in it") from error
        except OSError as error:
            raise OutputError(f"cannot write {folder}: {error.strerror}") from error


def expectation(outcome: Outcome) -> dict[str, Any]:
    """What a golden page must give: the article, or why there is none."""
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


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
