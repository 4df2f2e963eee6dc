"""Clean a field of each line of a JSON Lines file, as a stream."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import IO

from newscrawl.corpora.clean_field import Fields, Figures, LineCleaner
from newscrawl.corpora.parallel import in_order

LINES = 256
"""Lines of one batch at most."""

BYTES = 1024 * 1024
"""Bytes of one batch, from which it is complete."""

MAX_LINE = 64 * 1024 * 1024
"""Bytes of a line that is cleaned; a longer one is copied as it is and counted as broken."""

_Batch = tuple[int, list[bytes]]


async def clean_json_lines(
    source: IO[bytes], write: Callable[[bytes], object], fields: Fields, processes: int
) -> AsyncIterator[Figures]:
    """Clean ``source``; yield the figures at the start and after each batch that was written.

    Lines stay in their order, also those that are broken or lack the field: the output has as many lines as the input.

    Args:
        source: JSON Lines.
        write: takes the lines.
        fields: what is read and written of each line.
        processes: how many worker processes clean.
    """
    figures = Figures()
    yield figures
    async for (first, lines), answer in in_order(_batches(source), LineCleaner(fields), processes):
        if isinstance(answer, Exception):  # the process died on this batch: its lines stay as they are
            figures.broken += range(first, first + len(lines))
            written = lines
        else:
            written, found = answer
            figures.add(found)
        write(b"".join(written))
        yield figures


def _batches(source: IO[bytes]) -> Iterator[_Batch]:
    """Yield lines in batches, each with the number of its first line, from 1 on; pieces of longer lines alone."""
    number, size = 1, 0
    lines: list[bytes] = []
    while line := source.readline(MAX_LINE):
        is_piece = len(line) == MAX_LINE and not line.endswith(b"\n")
        if lines and (is_piece or len(lines) >= LINES or size >= BYTES):
            yield number, lines
            number, lines, size = number + len(lines), [], 0
        if is_piece:
            yield number, [line]
            while (line := source.readline(MAX_LINE)) and not line.endswith(b"\n"):
                yield number, [line]
        lines.append(line)
        size += len(line)
    if lines:
        yield number, lines
