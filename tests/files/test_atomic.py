"""Packages and indexes are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newscrawl.files.atomic import whole_file


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_who_may_read_it_is_what_the_umask_says(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        with whole_file(tmp_path / "index.cdxj") as file:
            file.write(b"a line\n")
    finally:
        os.umask(before)

    assert (tmp_path / "index.cdxj").read_bytes() == b"a line\n"
    assert (tmp_path / "index.cdxj").stat().st_mode & 0o777 == mode


def test_nothing_is_seen_before_the_end(tmp_path: Path) -> None:
    with whole_file(tmp_path / "index.cdxj") as file:
        file.write(b"a line\n")
        assert not (tmp_path / "index.cdxj").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["index.cdxj"]


def test_what_ends_badly_leaves_nothing(tmp_path: Path) -> None:
    def half() -> None:
        with whole_file(tmp_path / "index.cdxj") as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_came_into_being_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    def late() -> None:
        with whole_file(tmp_path / "index.cdxj") as file:
            file.write(b"later")
            (tmp_path / "index.cdxj").write_bytes(b"earlier")

    with pytest.raises(FileExistsError):
        late()
    assert (tmp_path / "index.cdxj").read_bytes() == b"earlier"
    assert len(list(tmp_path.iterdir())) == 1
