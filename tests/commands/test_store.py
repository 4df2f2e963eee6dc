"""`newscrawl store` uploads finished archive files, also those from before a store was configured."""

from __future__ import annotations

import json
from pathlib import Path

from tests.command_line.test_main import newscrawl


def archive(folder: Path) -> Path:
    warc = folder / "data" / "warc"
    warc.mkdir(parents=True)
    for name in ("a.warc.gz", "a.cdxj", "b.warc.gz.open", "notes.txt"):
        (warc / name).write_text(name)
    (warc / "a.warc.gz.unstored").touch()
    return warc


def test_finished_files_are_stored_and_others_stay(tmp_path: Path) -> None:
    warc = archive(tmp_path)
    run = newscrawl(tmp_path, "store", "--to", f"file://{tmp_path}/store")
    assert run.returncode == 0, run.stderr
    assert run.stdout == f"2 files in file://{tmp_path}/store, 15 bytes\n"
    assert sorted(path.name for path in (tmp_path / "store").iterdir()) == ["a.cdxj", "a.warc.gz"]
    assert sorted(path.name for path in warc.iterdir()) == ["a.cdxj", "a.warc.gz", "b.warc.gz.open", "notes.txt"]
    again = newscrawl(tmp_path, "store", "--json", "--to", f"file://{tmp_path}/store")
    assert [json.loads(line)["size"] for line in again.stdout.splitlines()] == [6, 9]


def test_files_are_deleted_after_the_comparison_if_asked(tmp_path: Path) -> None:
    warc = archive(tmp_path)
    run = newscrawl(tmp_path, "store", "--to", f"file://{tmp_path}/store", "-s", "WARC_STORE_DELETE_LOCAL=1")
    assert run.returncode == 0, run.stderr
    assert sorted(path.name for path in warc.iterdir()) == ["b.warc.gz.open", "notes.txt"]


def test_file_with_other_content_in_the_store_is_not_overwritten(tmp_path: Path) -> None:
    archive(tmp_path)
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "a.warc.gz").write_text("another file")
    run = newscrawl(tmp_path, "store", "--to", f"file://{tmp_path}/store")
    assert run.returncode == 1
    assert "exists with other content" in run.stderr
    assert (tmp_path / "store" / "a.cdxj").exists()


def test_missing_store_is_named(tmp_path: Path) -> None:
    archive(tmp_path)
    run = newscrawl(tmp_path, "store")
    assert run.returncode == 2
    assert "WARC_STORE" in run.stderr
