"""Import lines that a killed crawl left uncommitted: at the start of a crawl the state learns of them."""

from __future__ import annotations

import logging
from pathlib import Path

from newscrawl.state.batch import ARTICLES, REJECTED
from newscrawl.state.lines import line_files, whole_lines
from newscrawl.state.reading import StateReader
from newscrawl.state.writing import StateWriter

logger = logging.getLogger(__name__)


def import_lines(reader: StateReader, writer: StateWriter, site: str, folders: dict[str, Path | None]) -> int:
    """Import the lines of ``site`` that the state does not know, and return their number.

    If the state file is lost, it is rebuilt in this way from all lines that there are.

    Args:
        reader: reads the state.
        writer: writes the state.
        site: name of the site.
        folders: the folder of the line files of each kind; None where there is none.

    Raises:
        OutputError: a file cannot be read.
        StateError: the state cannot be written.
    """
    imported = 0
    for kind in (ARTICLES, REJECTED):
        folder = folders.get(kind)
        if folder is None:
            continue
        known = reader.files(kind)
        for path, size in line_files(folder, site):
            if size != known.get(path.name):
                imported += _import(path, min(known.get(path.name, 0), size), kind, site, writer)
    return imported


def _import(path: Path, start: int, kind: str, site: str, writer: StateWriter) -> int:
    found = whole_lines(path, start, site)
    if found is None:
        return 0
    lines, end = found
    with writer.transaction():
        new = sum(writer.add_revision(line.key, line.digest) for line in lines)
        writer.set_file(kind, path.name, end)
    logger.info("%s: imported %d lines that the state did not know", path, new)
    return new
