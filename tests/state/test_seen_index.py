"""What a crawl knows from memory is what the state would have said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.archive.records.digests import sha1_field
from newscrawl.archive.records.exchange import Reference
from newscrawl.state import seen_index as known_module
from newscrawl.state.batch import Batch
from newscrawl.state.lines import Line, LineFile
from newscrawl.state.reading import StateReader
from newscrawl.state.recheck_schedule import RecheckRule
from newscrawl.state.schema import connection_to
from newscrawl.state.seen_index import BloomFilter, SeenIndex
from newscrawl.state.writing import StateWriter

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class State:
    """A state file with a reader and a writer, and the file of lines beside it."""

    def __init__(self, folder: Path) -> None:
        self.connections = [connection_to(folder / "site.sqlite") for _ in range(2)]
        self.reader = StateReader(self.connections[0])
        self.writer = StateWriter(self.connections[1], RecheckRule())
        self.lines, self.rejected = LineFile(folder / "a.jsonl"), LineFile(folder / "r.jsonl")

    def commit(self, batch: Batch) -> None:
        batch.commit(self.writer, self.lines, self.rejected)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State(tmp_path)
    yield state
    state.lines.close()
    for connection in state.connections:
        connection.close()


def digest(number: int) -> bytes:
    return hashlib.blake2b(str(number).encode(), digest_size=16).digest()


def payload(number: int) -> str:
    return sha1_field(hashlib.sha1(str(number).encode(), usedforsecurity=False).digest())


def batch_of(numbers: range) -> Batch:
    batch = Batch()
    for number in numbers:
        batch.lines.append(Line(number, digest(number), b"{}\n"))
        batch.originals[payload(number)] = Reference(f"https://a.test/{number}", NOON, f"<urn:uuid:{number}>")
        batch.captures[f"https://a.test/{number}"] = payload(number)
    return batch


@pytest.mark.parametrize("small", [True, False])
def test_what_is_written_is_known_whenever_it_was(state: State, monkeypatch: pytest.MonkeyPatch, small: bool) -> None:
    """Written before the crawl, committed by it, or claimed and not committed."""
    if not small:
        monkeypatch.setattr(known_module, "SMALL_STATE", 0)
    state.commit(batch_of(range(1, 300)))
    known = SeenIndex(state.reader)
    known.load()
    batch = batch_of(range(300, 600))
    assert all(known.claim(line.key, line.digest) for line in batch.lines)
    assert not any(known.claim(line.key, line.digest) for line in batch.lines)
    state.commit(batch)
    known.committed(batch)
    for number in range(1, 600):
        assert not known.claim(number, digest(number))
        assert known.original(payload(number)) == Reference(f"https://a.test/{number}", NOON, f"<urn:uuid:{number}>")
    assert known.claim(1, digest(2)), "another article may say the same"
    assert known.original(payload(600)) is None
    assert known.original("md5:of another archive") is None


def test_what_is_new_is_not_looked_for(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    known = SeenIndex(state.reader)
    known.load()
    asked: list[object] = []
    monkeypatch.setattr(state.reader, "is_written", lambda *what: asked.append(what))
    monkeypatch.setattr(state.reader, "original", asked.append)
    assert all(known.claim(number, digest(number)) for number in range(500))
    assert not any(known.original(payload(number)) for number in range(500))
    assert not asked


def test_a_bloom_filter_lets_pass_what_was_put_in_and_little_else() -> None:
    bloom_filter = BloomFilter()
    bloom_filter.add(digest(number) for number in range(20_000))
    assert all(bloom_filter.may_contain(digest(number)) for number in range(20_000))
    assert sum(bloom_filter.may_contain(digest(number)) for number in range(20_000, 40_000)) < 100
    assert bloom_filter.may_contain("sha256:of another kind")
