"""Revisits whose originals lie in other files, resolved in two passes: for readers that share an archive among them.

One pass collects the names of all originals, file by file; what brings revisits and originals together is the caller's.
The other reads each revisit with its original.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple

from newscrawl.archive.reading.by_offset import AHEAD
from newscrawl.archive.reading.captures import revisited
from newscrawl.archive.reading.reader import OnSkip, UnresolvedRevisit
from newscrawl.archive.reading.record_blocks import block_at, blocks_of
from newscrawl.archive.reading.revisits import Place, is_original, own_names, referred_names
from newscrawl.capture import Capture
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.files.sources import Source

logger = logging.getLogger(__name__)


class Revisit(NamedTuple):
    """A revisit and where its original may be."""

    place: Place
    originals: tuple[Place, ...] = ()
    """The most likely first."""


def names_in(source: Source) -> Iterator[tuple[str, int]]:
    """Return the names under which revisits may refer to the records of ``source``, with the offset of each record.

    Records that cannot be read are passed over: whoever reads them for captures is told.

    Raises:
        ArchiveError: the source cannot be opened.
    """
    if source.reopens:
        for record, _ in blocks_of(source, ("response", "resource"), lambda _: None):
            if record.addressable:
                yield from ((name, record.offset) for name in own_names(record))


def names_wanted(place: Place) -> list[str]:
    """Return the names under which the original of the revisit at ``place`` may be known, the surest first.

    Raises:
        ArchiveError: no revisit can be read there.
    """
    return referred_names(block_at(*place)[0])


def read_revisits(revisits: Iterable[Revisit], *, on_skip: OnSkip) -> Iterator[Capture]:
    """Return the captures of ``revisits``, in their order; ``on_skip`` gets those that cannot be read."""
    rest = iter(revisits)
    with ThreadPoolExecutor(AHEAD) as threads:
        while some := list(islice(rest, AHEAD)):
            # Of a remote store, several are on their way at once; of a disk, one after the other is faster.
            remote = any("://" in revisit.place.source.path for revisit in some)
            for capture in threads.map(_capture, some) if remote else map(_capture, some):
                if isinstance(capture, RecordError):
                    on_skip(capture)
                else:
                    yield capture


def _capture(revisit: Revisit) -> Capture | RecordError:
    place = revisit.place
    try:
        record, block = block_at(*place)
        for original in revisit.originals:
            try:
                found = block_at(*original)
            except ArchiveError:  # another copy may be whole
                continue
            if is_original(found[0], record):
                return revisited(record, block, *found)
    except RecordError as error:
        return error
    except Exception as error:
        # Readers of remote stores raise exceptions of their own (aiohttp's, botocore's). The other revisits go on.
        logger.debug("%s, offset %d", *place, exc_info=True)
        return RecordError(place.source.name, place.offset, f"{type(error).__name__}: {error}")
    return UnresolvedRevisit(record.path, record.offset, "the original of this revisit is in none of the files")
