"""Files that are there whole or not at all: packages, indexes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import IO


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which appears under ``path`` when the block ends well, and never in another's place.

    Who may read it is for the process's umask to say, as with every other file of an archive.

    Raises:
        FileExistsError: ``path`` exists when the block ends.
        OSError: it cannot be written.
    """
    part = path.with_name(f".{path.name}.{token_hex(4)}")
    with part.open("x+b") as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.link(part, path)
        finally:
            part.unlink()
