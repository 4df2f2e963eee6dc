"""Write the output files of a unit: its kept lines, in the form and the folders that were asked for.

Each file is written under a temporary name and renamed when it is complete and synced. Where all lines of a unit are
kept, in one file, the staged file becomes the output file, so no line is written twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import orjson

from newscrawl.errors import OutputError
from newscrawl.items import Article
from newscrawl.replay.extraction.staged import StagedUnit
from newscrawl.replay.output.forms import FORMS, STAGED_AS
from newscrawl.replay.output.partitions import partition_folder

TEMPORARY = ".tmp"
"""Extension of files that are not finished."""
REJECTED = "_rejected"
"""Folder of rejected articles in the output; readers of Hive folders ignore names that begin with ``_``."""
REJECTED_EXTENSION = ".rejected.json"
"""Not ``.jsonl``, so that ``**/*.jsonl`` matches articles only. The file holds one JSON object a line all the same."""


def kept_lines_of(staged: StagedUnit, kept: Iterable[int], form: str) -> Iterator[bytes]:
    """Yield the staged lines with the numbers ``kept``, which ascend; ``form`` is that of the output."""
    read_lines = FORMS[STAGED_AS[form]].lines
    assert read_lines is not None
    numbers = iter(kept)
    wanted = next(numbers, None)
    with staged.lines.open("rb") as file:
        for number, line in enumerate(read_lines(file)):
            if wanted is None:
                return
            if number == wanted:
                yield line
                wanted = next(numbers, None)


def write_outputs(
    output: Path, stem: str, staged: StagedUnit, kept: list[int], form: str, partition: tuple[str, ...]
) -> list[str]:
    """Put the kept lines of a unit into their files; return the paths of these, relative to ``output``.

    Raises:
        OutputError: they cannot be written.
    """
    paths = []
    if kept and not partition and len(kept) == staged.count and STAGED_AS[form] == form:
        paths.append(f"{stem}.{form}")
        _move(staged.lines, output / paths[0])
    else:
        for folder, numbers in _folders(staged, kept, form, partition):
            paths.append(f"{folder}{stem}.{form}")
            _write_file(output / paths[-1], form, kept_lines_of(staged, numbers, form))
    if staged.rejected.exists():
        paths.append(f"{REJECTED}/{stem}{REJECTED_EXTENSION}")
        _move(staged.rejected, output / paths[-1])
    return paths


def _folders(
    staged: StagedUnit, kept: list[int], form: str, partition: tuple[str, ...]
) -> Iterator[tuple[str, list[int]]]:
    """Yield each folder with the numbers of its lines."""
    if not partition:
        if kept:
            yield "", kept
        return
    found: dict[str, list[int]] = {}
    for number, line in zip(kept, kept_lines_of(staged, kept, form), strict=True):
        found.setdefault(partition_folder(orjson.loads(line), partition), []).append(number)
    yield from sorted(found.items())


def _move(staged: Path, path: Path) -> None:
    """Rename a staged file, which is complete and synced."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error}") from error


def _write_file(path: Path, form: str, lines: Iterable[bytes]) -> None:
    temporary = path.with_name(path.name + TEMPORARY)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            writer = FORMS[form].writer(file, Article)
            for line in lines:
                writer.write(line)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputError(f"cannot write {path}: {error}") from error
