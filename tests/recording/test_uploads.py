"""A crawl whose finished files go to a store: S3, as it was, as it is away, as another crawl left something behind."""

from __future__ import annotations

from pathlib import Path

import fsspec
import pytest

from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.verify.verify import verify
from tests.archive.s3 import s3_bucket
from tests.archive.samples import gzipped, response
from tests.recording.crawl import crawl
from tests.recording.rawserver import RawServer, serving

NUMBERS = range(6)


def crawled(folder: Path, **settings: object) -> list[str]:
    """Six pages into small files; their URLs."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2004\r\n\r\n%04d" + b"x" * 2000
    server = RawServer({f"/{n}": ((answer % n,),) for n in NUMBERS})
    with serving(server):
        requests = [{"name": str(n), "url": f"http://127.0.0.1:{server.port}/{n}"} for n in NUMBERS]
        crawl(folder, requests, WARC_MAX_BYTES=1500, **settings)
    return sorted(request["url"] for request in requests)


def test_files_go_to_s3_and_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "warc"
    folder.mkdir()
    (folder / "killed-1.warc.gz.open").write_bytes(gzipped(response(1)) + b"torn")
    with s3_bucket(monkeypatch) as (bucket, _):
        urls = crawled(folder, WARC_STORE=f"{bucket}/2026", WARC_STORE_DELETE_LOCAL=True)
        assert list(folder.iterdir()) == []
        captures = list(read_captures(f"{bucket}/2026"))
        assert sorted(c.url for c in captures if "127.0.0.1" in c.url) == urls
        assert "killed-1.warc.gz" in {c.warc_filename for c in captures}, "what a kill left goes there too"
        assert len({c.warc_filename for c in captures}) > 3
        verification = verify([f"{bucket}/2026"])
        assert verification.sound, [str(fault) for verdict in verification.verdicts for fault in verdict.faults]
        names = [path.rpartition("/")[2] for path in fsspec.filesystem("s3").find(f"{bucket}/2026")]
        assert {name for name in names if name.endswith(".cdxj")} >= {
            name.replace(".warc.gz", ".cdxj") for name in names if name.startswith("wire") and name.endswith(".gz")
        }


def test_what_could_not_be_stored_is_stored_by_the_next_crawl(tmp_path: Path) -> None:
    folder, store = tmp_path / "warc", tmp_path / "store"
    store.write_bytes(b"no folder")
    settings = {"WARC_STORE": f"file://{store}", "WARC_STORE_DELETE_LOCAL": True, "WARC_STORE_ATTEMPTS": 1}
    crawled(folder, **settings)
    kept = {path.name for path in folder.glob("*.warc.gz")}
    assert kept
    assert {path.name for path in folder.glob("*.unstored")} >= {f"{name}.unstored" for name in kept}
    store.unlink()
    crawled(folder, **settings)
    assert {path.name for path in store.glob("*.warc.gz")} > kept
    assert list(folder.iterdir()) == []
