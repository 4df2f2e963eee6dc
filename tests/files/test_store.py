"""Finished files in their store: compared, retried, removed here only when they are there and only if asked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem

from newscrawl.errors import ArchiveError
from newscrawl.files.store import Store
from tests.archive.s3 import s3_bucket

NAME = "crawl-20260131235959-00000-7~host.warc.gz"


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_bytes(os.urandom(300_000))
    return path


def no_pause(_: float) -> None:
    pass


class Faulty(LocalFileSystem):
    """A file system whose uploads go wrong in the ways of :attr:`faults`, one each, before they go well."""

    protocol = "faulty"
    faults: ClassVar[list[str]] = []
    uploads: ClassVar[list[str]] = []

    def put_file(self, lpath: str, rpath: str, callback: Any = None, mode: str = "overwrite", **kwargs: Any) -> None:
        fault = self.faults.pop(0) if self.faults else ""
        self.uploads.append(fault)
        if fault == "away":
            raise ConnectionResetError("the store went away")
        content = Path(lpath).read_bytes()
        if fault == "changed":
            content = content[:-1] + bytes([content[-1] ^ 1])
        Path(self._strip_protocol(rpath)).write_bytes(content[:-1] if fault == "short" else content)
        if fault == "cut off":
            raise TimeoutError("no answer, but it is there")


@pytest.fixture
def faulty() -> type[Faulty]:
    fsspec.register_implementation("faulty", Faulty, clobber=True)
    Faulty.faults, Faulty.uploads = [], []
    return Faulty


def test_s3_with_its_server_away_at_first(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = finished.read_bytes()
    with s3_bucket(monkeypatch, starting=False) as (bucket, server):
        pauses = []

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            if len(pauses) == 2:
                server.start()

        stored = Store(f"{bucket}/2026/", pause=pause).put(finished)

        assert (stored.url, stored.size) == (f"{bucket}/2026/{NAME}", len(content))
        assert pauses == [2.0, 4.0], "each pause twice as long as the one before"
        with fsspec.open(stored.url) as there:
            assert there.read() == content
    assert finished.read_bytes() == content, "it stays here unless asked"


def test_removed_here_only_if_asked_and_compared(finished: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    content = finished.read_bytes()
    stored = Store(f"file://{store}", delete_local=True).put(finished)
    assert (store / NAME).read_bytes() == content
    assert not finished.exists()
    assert stored.sha256


@pytest.mark.parametrize("fault", ["away", "changed", "short", "cut off"])
def test_what_goes_wrong_once_is_tried_again(finished: Path, tmp_path: Path, faulty: type[Faulty], fault: str) -> None:
    faulty.faults = [fault]
    content = finished.read_bytes()
    Store(f"faulty://{tmp_path}/store", delete_local=True, pause=no_pause).put(finished)
    assert (tmp_path / "store" / NAME).read_bytes() == content
    assert not finished.exists()
    # What arrived whole although the answer was lost is not sent again.
    assert faulty.uploads == ([fault] if fault == "cut off" else [fault, ""])


def test_what_goes_wrong_for_good_stays_here(finished: Path, tmp_path: Path, faulty: type[Faulty]) -> None:
    faulty.faults = ["changed", "away", "short"]
    with pytest.raises(ArchiveError, match=r"3 tries.*what arrived differs"):
        Store(f"faulty://{tmp_path}/store", delete_local=True, attempts=3, pause=no_pause).put(finished)
    assert finished.exists()
    assert not (tmp_path / "store" / NAME).exists(), "no broken file is left in the store"


def test_nothing_in_the_store_is_written_over(finished: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / NAME).write_bytes(b"another's")
    with pytest.raises(ArchiveError, match="exists with other content"):
        Store(f"file://{store}", delete_local=True, pause=no_pause).put(finished)
    assert (store / NAME).read_bytes() == b"another's"
    assert finished.exists()


def test_what_cannot_be_a_store_is_said(finished: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nosuch"):
        Store("nosuch://x")
    with pytest.raises(ArchiveError, match=r"gone\.warc\.gz"):
        Store(f"file://{tmp_path}/store").put(tmp_path / "gone.warc.gz")
