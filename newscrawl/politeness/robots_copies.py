"""Keep the last good robots.txt of each host, for the time when the host does not serve it."""

from __future__ import annotations

import base64
import json
import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from newscrawl.dates import instant_of

logger = logging.getLogger(__name__)

MAX_COPY = 1024 * 1024
"""Bytes of a file that are read."""


@dataclass(frozen=True, slots=True)
class RobotsCopy:
    """What is known of the robots.txt of one host."""

    document: bytes | None = None
    """The last good one; None where there was none yet."""
    unreachable_since: datetime | None = None
    """When it could not be fetched for the first time since; None while it can be."""


class RobotsCopies:
    """The copies of all hosts, one file each in ``folder``; in memory only where that is None."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._copies: dict[str, RobotsCopy] = {}

    def get(self, netloc: str) -> RobotsCopy:
        """Return what is known of the host; an empty copy where nothing is, or its file cannot be read."""
        if netloc not in self._copies:
            self._copies[netloc] = self._read(netloc)
        return self._copies[netloc]

    def keep(self, netloc: str, document: bytes) -> None:
        """Keep a good robots.txt."""
        self._put(netloc, RobotsCopy(document[:MAX_COPY]))

    def unreachable(self, netloc: str, now: datetime) -> RobotsCopy:
        """Note that it cannot be fetched at ``now``, and return what is known of it."""
        known = self.get(netloc)
        copy = RobotsCopy(known.document, known.unreachable_since or now)
        self._put(netloc, copy)
        return copy

    def _put(self, netloc: str, copy: RobotsCopy) -> None:
        if self.get(netloc) == copy:
            return
        self._copies[netloc] = copy
        if self._folder is None:
            return
        path = self._path(netloc)
        part = path.with_name(f".{path.name}.{token_hex(4)}")
        since = copy.unreachable_since.isoformat() if copy.unreachable_since else None
        document = base64.b64encode(copy.document).decode("ascii") if copy.document is not None else None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({"document": document, "unreachable_since": since}), encoding="utf-8")
            os.replace(part, path)  # noqa: PTH105 - what is replaced may exist
        except OSError as error:
            part.unlink(missing_ok=True)
            logger.warning("cannot keep a copy of the robots.txt of %s: %s", netloc, error)

    def _read(self, netloc: str) -> RobotsCopy:
        if self._folder is None:
            return RobotsCopy()
        try:
            with self._path(netloc).open(encoding="utf-8") as file:
                values = json.loads(file.read(2 * MAX_COPY))
            document = base64.b64decode(values["document"]) if values["document"] is not None else None
            return RobotsCopy(document, instant_of(values["unreachable_since"]))
        except FileNotFoundError:
            return RobotsCopy()
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            logger.warning("cannot read the copy of the robots.txt of %s, so it is ignored: %s", netloc, error)
            return RobotsCopy()

    def _path(self, netloc: str) -> Path:
        assert self._folder is not None
        name = "".join(character if character.isalnum() or character in ".-" else "_" for character in netloc)
        return self._folder / f"{name[:200]}.json"


def now_utc() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)
