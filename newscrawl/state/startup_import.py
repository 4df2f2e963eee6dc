"""At the start of a crawl: the state learns what a killed crawl had written and could not tell it any more."""

from __future__ import annotations

import logging
from pathlib import Path

from newscrawl.state.batch import ARTICLES, REJECTED
from newscrawl.state.lines import line_files, whole_lines
from newscrawl.state.reading import StateReader
from newscrawl.state.writing import StateWriter

logger = logging.getLogger(__name__)


def lines_learnt(reader: StateReader, writer: StateWriter, site: str, folders: dict[str, Path | None]) -> int:
    """How many lines of ``site`` the state had not known; it knows them now.

    Without a state file it learns all lines there are, so a state that was lost is made up for by the lines.

    Args:
        reader: of the state.
        writer: of the state.
        site: name of the site.
        folders: where the files of lines are, by their kind.

    Raises:
        OutputError: a file cannot be read.
        StateError: the state cannot be written.
    """
    learnt = 0
    for kind in (ARTICLES, REJECTED):
        folder = folders.get(kind)
        if folder is None:
            continue
        known = reader.files(kind)
        for path, size in line_files(folder, site):
            if size != known.get(path.name):
                learnt += _learn(path, min(known.get(path.name, 0), size), kind, site, writer)
    return learnt


def _learn(path: Path, start: int, kind: str, site: str, writer: StateWriter) -> int:
    found = whole_lines(path, start, site)
    if found is None:
        return 0
    lines, end = found
    with writer.transaction():
        new = sum(writer.add_revision(line.key, line.digest) for line in lines)
        writer.set_file(kind, path.name, end)
    logger.info("%s: %d lines that the state did not know", path, new)
    return new
