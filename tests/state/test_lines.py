"""Files of lines: appended whole or not at all; what a killed crawl left is read, its broken end cut off."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.chain.drops import Rejected
from newscrawl.errors import OutputError, StateError
from newscrawl.items import Article, Metadata, json_line
from newscrawl.pipelines.jsonlines import rejected_line
from newscrawl.state.batch import ARTICLES, REJECTED, Batch
from newscrawl.state.lines import Line, LineFile, rejection_digest, revision_digest, whole_lines
from newscrawl.state.reading import StateReader
from newscrawl.state.recheck_schedule import RecheckRule
from newscrawl.state.schema import connection_to
from newscrawl.state.startup_import import import_lines
from newscrawl.state.writing import StateWriter

ARTICLE = Article(
    url="https://a.test/1", metadata=Metadata(dateDownloaded="2026-03-01T00:00:00Z", articleDigest="sha256:1")
)


def article(number: int) -> Article:
    assert ARTICLE.metadata is not None
    metadata = replace(ARTICLE.metadata, articleDigest=f"sha256:{number}")
    return replace(ARTICLE, url=f"https://a.test/{number}", headline="é" * number, metadata=metadata)


LINES = [json_line(article(number)) for number in range(1, 6)]


def left(folder: Path, content: bytes, name: str = "site-1.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@given(
    cut=st.integers(0, sum(map(len, LINES))), tail=st.sampled_from([b"", b"\0" * 40, b"\0\n", b"{}\n", b"null\n[]\n"])
)
def test_cut_anywhere_the_whole_lines_are_kept(cut: int, tail: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = left(tmp_path_factory.mktemp("cut"), b"".join(LINES)[:cut] + tail)
    found = whole_lines(path, 0, "site")
    assert found is not None
    lines, end = found
    whole = path.read_bytes()
    assert b"".join(LINES).startswith(whole)
    assert whole == b"".join(LINES[: len(lines)])
    assert end == len(whole)
    assert len(whole) <= cut < len(whole) + max(map(len, LINES)) + 1


def test_it_reads_on_from_where_the_state_had_got_to(tmp_path: Path) -> None:
    path = left(tmp_path, b"".join(LINES) + b"{torn")
    found = whole_lines(path, len(LINES[0]), "site")
    assert found is not None
    assert [line.digest for line in found[0]] == [revision_digest(f"sha256:{number}") for number in range(2, 6)]
    assert path.read_bytes() == b"".join(LINES)


def test_what_stands_between_good_lines_is_left(tmp_path: Path) -> None:
    content = LINES[0] + b"a note of the operator\n" + LINES[1]
    path = left(tmp_path, content)
    found = whole_lines(path, 0, "site")
    assert found is not None
    assert len(found[0]) == 2
    assert path.read_bytes() == content


def test_a_file_whose_writer_lives_is_left_alone(tmp_path: Path) -> None:
    lines = LineFile(tmp_path / "site-1.jsonl")
    lines.write(LINES[0] + b"{half")
    assert whole_lines(lines.path, 0, "site") is None
    lines.close()
    assert whole_lines(lines.path, 0, "site") is not None


def test_a_write_that_fails_leaves_no_half_line(tmp_path: Path) -> None:
    lines = LineFile(tmp_path / "site-1.jsonl")
    lines.write(LINES[0])
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert lines._file is not None
    good = lines._file

    class Full:
        def write(self, data: memoryview) -> int:
            if len(data) < len(LINES[1]):
                raise full
            return good.write(data[:10]) or 0

        truncate, seek = good.truncate, good.seek

    lines._file = Full()  # type: ignore[assignment]
    with pytest.raises(OutputError, match="No space left"):
        lines.write(LINES[1])
    assert lines.path.read_bytes() == LINES[0]
    lines._file = good
    lines.write(LINES[1])
    lines.close()
    assert lines.path.read_bytes() == LINES[0] + LINES[1]


def test_a_state_that_was_lost_is_made_up_for_by_the_lines(tmp_path: Path) -> None:
    folder, rejects = tmp_path / "articles", tmp_path / "rejected"
    folder.mkdir()
    rejects.mkdir()
    left(folder, b"".join(LINES[:3]))
    left(folder, b"".join(LINES[2:]), "site-2.jsonl")
    left(folder, LINES[0], "site_two-1.jsonl")
    rejected = Rejected(article(9), ("no headline",))
    left(rejects, rejected_line(rejected))
    connection = connection_to(tmp_path / "site.sqlite")
    reader, writer = StateReader(connection), StateWriter(connection, RecheckRule())
    folders: dict[str, Path | None] = {ARTICLES: folder, REJECTED: rejects}
    assert import_lines(reader, writer, "site", folders) == len(LINES) + 1
    assert import_lines(reader, writer, "site", folders) == 0
    assert reader.revision_count() == len(LINES) + 1
    left(folder, b"".join(LINES[:3]) + json_line(article(8)))
    assert import_lines(reader, writer, "site", folders) == 1


def test_a_rejection_is_the_same_whenever_it_was_fetched() -> None:
    document = orjson.loads(orjson.dumps(article(1)))
    later = {**document, "metadata": {**document["metadata"], "dateDownloaded": "2027-01-01T00:00:00Z"}}
    assert rejection_digest(["no"], document) == rejection_digest(["no"], later)
    assert rejection_digest(["no"], document) != rejection_digest(["yes"], document)
    assert rejection_digest(["no"], document) != rejection_digest(["no"], {**document, "headline": "x"})


def test_a_batch_is_written_wholly_or_not_at_all(tmp_path: Path) -> None:
    connection = connection_to(tmp_path / "site.sqlite")
    reader, writer = StateReader(connection), StateWriter(connection, RecheckRule())
    articles, rejected = LineFile(tmp_path / "site-1.jsonl"), LineFile(tmp_path / "r" / "site-1.jsonl")
    Batch(lines=[Line(1, b"a", b"one\n")]).commit(writer, articles, rejected)

    broken = Batch(lines=[Line(2, b"b", b"two\n")], rejected=[Line(3, b"c", b"three\n")])
    with patch.object(StateWriter, "set_file", side_effect=StateError("the disk is full")), pytest.raises(StateError):
        broken.commit(writer, articles, rejected)
    assert articles.path.read_bytes() == b"one\n"
    assert not reader.is_written(2, b"b")

    broken.commit(writer, articles, rejected)
    assert articles.path.read_bytes() == b"one\ntwo\n"
    assert rejected.path.read_bytes() == b"three\n"
    assert reader.files(ARTICLES) == {"site-1.jsonl": 8}


def test_a_line_that_another_crawler_wrote_meanwhile_is_not_written_again(tmp_path: Path) -> None:
    connection = connection_to(tmp_path / "site.sqlite")
    writer = StateWriter(connection, RecheckRule())
    files = [LineFile(tmp_path / f"site-{number}.jsonl") for number in range(2)]
    for file in files:
        Batch(lines=[Line(1, b"a", b"one\n")]).commit(writer, file, LineFile(tmp_path / "none"))
    assert files[0].path.read_bytes() == b"one\n"
    assert not files[1].path.exists()
