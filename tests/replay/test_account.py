"""Every capture ends in one outcome; the counts add up to the records that are read."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from newscrawl.account import Outcome, in_words
from newscrawl.archive.reading.captures import CAPTURED
from newscrawl.archive.reading.record_blocks import blocks_of
from newscrawl.errors import ArchiveError
from newscrawl.files.sources import sources_of
from newscrawl.replay.output.account_file import AccountFile
from newscrawl.replay.selection.filters import Filters
from tests.replay.conftest import Crawls
from tests.replay.crawls import write_crawls
from tests.replay.running import articles_of, replay

REASONLESS = {Outcome.ARTICLE}


def listed(output: Path, *sources: str | Path, **options: Any) -> tuple[list[dict[str, Any]], Any]:
    """Return the account of a replay, and its report."""
    output.mkdir(parents=True, exist_ok=True)
    path = output / "outcomes.jsonl"
    report = replay(output / "out", *sources, account=AccountFile(str(path)), **options)
    return [json.loads(line) for line in path.read_bytes().splitlines()], report


def records_in(source: Path) -> tuple[int, int]:
    """Return how many records of captures a file holds, and how many faults are met while it is read."""
    faults: list[Any] = []
    found = 0
    for each in sources_of(source):
        try:
            holds_texts: bool | None = None
            for record, _ in blocks_of(each, CAPTURED | {"conversion"}, faults.append):
                is_text = record.type == "conversion"
                holds_texts = is_text if holds_texts is None else holds_texts
                found += not is_text or holds_texts
        except ArchiveError as error:
            faults.append(error)
    return found, len(faults)


def check_sums(entries: list[dict[str, Any]], report: Any, lines: int) -> None:
    counts = Counter(entry["outcome"] for entry in entries)
    assert counts == Counter({str(outcome): count for outcome, count in report.outcomes.items()})
    assert counts[Outcome.ARTICLE] == lines == report.lines
    assert set(counts) <= set(Outcome)
    assert all(bool(entry["reason"]) != (entry["outcome"] in REASONLESS) for entry in entries)


def test_every_capture_of_our_crawls_is_accounted_for(crawls: Crawls, tmp_path: Path) -> None:
    entries, report = listed(tmp_path, crawls.warc)
    files = sorted(crawls.warc.glob("*.warc.gz"))
    assert len(entries) == sum(records_in(file)[0] for file in files)
    check_sums(entries, report, len(articles_of(tmp_path / "out")))
    assert len({(entry["file"], entry["offset"]) for entry in entries}) == len(entries)
    kept = {entry["record"] for entry in entries if entry["outcome"] == Outcome.ARTICLE}
    assert {entry["reason"] for entry in entries if entry["outcome"] == Outcome.REPEAT} <= kept


def archives() -> list[str]:
    shared = Path(__file__).resolve().parents[2].parent / "shared" / "warcs"
    found = sorted(str(path.relative_to(shared)) for path in shared.rglob("*") if path.is_file())
    return [name for name in found if not name.endswith((".json", ".cdxj", ".txt", ".md", ".cdx"))] or ["(absent)"]


@pytest.mark.parametrize("name", archives())
def test_every_capture_of_every_archive_is_accounted_for(name: str, shared: Path, tmp_path: Path) -> None:
    source = shared / "warcs" / name
    try:
        list(sources_of(source))
    except ArchiveError:
        pytest.skip("not an archive that can be named")
    entries, report = listed(tmp_path, source)
    check_sums(entries, report, len(articles_of(tmp_path / "out")))
    records, faults = records_in(source)
    assert records <= len(entries) <= records + faults, Counter(entry["outcome"] for entry in entries)


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        ({"host": "example.org"}, "host"),
        ({"since": "2030-01-01"}, "since"),
        ({"min_words": "100000"}, "min-words: "),
        ({"require": "dateline"}, "require: dateline is empty"),
        ({"published_until": "1999-01-01"}, "published-until"),
        ({"language": "en"}, "language: "),
    ],
)
def test_filtered_captures_name_their_filter(
    filters: dict[str, str], reason: str, editions: Path, tmp_path: Path
) -> None:
    entries, report = listed(tmp_path, editions, filters=Filters.from_strings(**filters))
    check_sums(entries, report, len(articles_of(tmp_path / "out")))
    filtered = [entry["reason"] for entry in entries if entry["outcome"] == Outcome.FILTERED]
    assert filtered
    assert all(each.startswith(reason) for each in filtered)


def test_limit_and_deferred_revisits_are_accounted_for(tmp_path: Path) -> None:
    files = write_crawls(tmp_path / "archive", editions=2, stories=6)
    whole, report = listed(tmp_path / "whole", *files)
    check_sums(whole, report, len(articles_of(tmp_path / "whole" / "out")))
    assert len(whole) == sum(records_in(file)[0] for file in files)
    entries, report = listed(tmp_path / "limited", *files, limit=2)
    check_sums(entries, report, 2)


def test_account_is_the_same_after_a_rerun_and_as_parquet(editions: Path, tmp_path: Path) -> None:
    first, _ = listed(tmp_path, editions)
    again, report = listed(tmp_path, editions)
    assert again == first
    assert report.skipped == report.files
    path = tmp_path / "outcomes.parquet"
    replay(tmp_path / "out", editions, account=AccountFile(str(path)))
    assert pq.ParquetFile(path).read().to_pylist() == first


def test_counts_in_words_have_the_right_number() -> None:
    assert in_words({"article": 1, "repeat": 2, "fault": 1}) == "1 article, 2 repeats, 1 fault"
