"""Remember which conditions of a site were sent, so that each is sent once, and once when it is over."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from pathlib import Path

from newscrawl.files.atomic import write_whole

logger = logging.getLogger(__name__)


class NoticeMemory:
    """The conditions of one site that were sent and are not over, in the JSON file ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def changes(self, conditions: Collection[str]) -> tuple[list[str], list[str]]:
        """Return the conditions that nobody was notified of yet, and those that were sent and are over now."""
        known = self._known()
        return sorted(set(conditions) - known), sorted(known - set(conditions))

    def remember(self, conditions: Collection[str]) -> None:
        """Keep ``conditions`` as those that were sent.

        Raises:
            OSError: the file cannot be written; then the next crawl sends them again.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._path, json.dumps(sorted(conditions)).encode() + b"\n")

    def _known(self) -> set[str]:
        try:
            known = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return set()
        except (OSError, ValueError) as error:
            logger.warning("%s cannot be read, so conditions that lasted are sent again: %s", self._path, error)
            return set()
        return {str(name) for name in known} if isinstance(known, list) else set()
