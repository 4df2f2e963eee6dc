"""Originals that lie in other files: found by name, read where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.archive.reading.cross_file_revisits import Revisit, names_in, names_wanted, read_revisits
from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.reading.revisits import Place
from newscrawl.errors import ArchiveError, RecordError
from newscrawl.files.sources import Source
from tests.archive.samples import CODINGS, response, revisit, warcinfo, written


@pytest.mark.parametrize("suffix", sorted(CODINGS))
def test_a_revisit_is_read_with_the_original_that_its_names_lead_to(suffix: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    written(first, [warcinfo(), response(1), response(2)])
    offsets = written(second, [revisit(3, 2), revisit(4, 1)])
    places = [Place(Source(str(second)), offset) for offset in offsets]

    there = dict(names_in(Source(str(first))))
    found = [
        [Place(Source(str(first)), there[name]) for name in names_wanted(place) if name in there] for place in places
    ]

    assert all(found)
    revisits = [Revisit(place, tuple(originals)) for place, originals in zip(places, found, strict=True)]
    captures = list(read_revisits(revisits, on_skip=pytest.fail))
    assert captures == list(read_captures([first, second]))[2:]


def test_what_is_no_original_of_it_is_not_taken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    offsets = written(path, [response(1), response(2), revisit(3, 2)])
    place = Place(Source(str(path)), offsets[2])
    skipped: list[RecordError] = []

    wrong = Revisit(place, (Place(Source(str(tmp_path / "gone.warc.gz")), 0), Place(Source(str(path)), offsets[0])))
    gone = Revisit(Place(Source(str(tmp_path / "gone.warc.gz")), 7))
    torn = Revisit(Place(Source(str(path)), offsets[1] + 1))

    assert list(read_revisits([wrong, gone, torn], on_skip=skipped.append)) == []
    assert [(Path(error.path).name, error.offset) for error in skipped] == [
        ("a.warc.gz", offsets[2]),
        ("gone.warc.gz", 7),
        ("a.warc.gz", offsets[1] + 1),
    ]


def test_a_file_that_is_not_there_has_no_names(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        list(names_in(Source(str(tmp_path / "gone.warc.gz"))))
