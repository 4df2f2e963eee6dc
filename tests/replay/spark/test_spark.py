"""Replay on a real Spark: the same lines as in one process, whatever breaks on the way."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from newscrawl.archive.indexing import entries_of
from newscrawl.errors import UsageError
from newscrawl.files.sources import Source
from newscrawl.replay.output.parquet import TIMESTAMPS
from newscrawl.replay.selection.filters import Filters
from tests.conftest import ROOT
from tests.replay.conftest import Crawls
from tests.replay.crawls import PIPELINES, folded, recipe, write_crawls
from tests.replay.faults import DEATHS

pytest.importorskip("pyspark", reason="PySpark is not installed: newscrawl[spark]")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("no Java for Spark", allow_module_level=True)

from newscrawl.replay.spark.main import FAULTS, STAGING, replay
from newscrawl.replay.spark.submission import Report, Submission, Table

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="module")
def deaths(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deaths")


@pytest.fixture(scope="module")
def session(deaths: Path) -> Iterator[SparkSession]:
    """Two cores; four attempts at each task, as on a cluster."""
    from pyspark.sql import SparkSession

    variables = {"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(ROOT), DEATHS: str(deaths)}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        builder = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        session = builder.config("spark.sql.shuffle.partitions", "3").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_crawls(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def lines(archive: list[Path]) -> list[bytes]:
    return folded(archive)


def written(output: Path) -> list[bytes]:
    """The lines in the output folder, sorted."""
    parts = [path for path in output.rglob("part-*") if STAGING not in path.parts and FAULTS not in path.parts]
    data = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in parts]
    return sorted(line for each in data for line in each.splitlines(keepends=True))


def submission(output: Path, *sources: Path | str, **more: Any) -> Submission:
    return Submission(str(output), more.pop("recipe", recipe()), tuple(map(str, sources)), **more)


def test_lines_are_those_of_one_process(
    session: SparkSession, archive: list[Path], lines: list[bytes], tmp_path: Path
) -> None:
    """Revisits find their originals in other files, and each revision has one line."""
    report = replay(session, submission(tmp_path / "out", archive[0].parent))

    assert written(tmp_path / "out") == lines
    assert report.clean
    assert report.counts["files"] == 3
    assert report.counts["lines"] == len(lines)
    assert not (tmp_path / "out" / STAGING).exists()
    assert not (tmp_path / "out" / FAULTS).exists()


def test_lines_are_those_of_the_crawls(session: SparkSession, crawls: Crawls, tmp_path: Path) -> None:
    """Real crawls of a changing site: with their index beside them, and without."""
    replay(session, submission(tmp_path / "indexed", crawls.warc))
    bare = tmp_path / "bare"
    bare.mkdir()
    for path in crawls.warc.glob("*.warc.gz"):
        shutil.copy(path, bare)
    replay(session, submission(tmp_path / "out", bare))

    assert [line.rstrip(b"\n") for line in written(tmp_path / "indexed")] == crawls.lines
    assert [line.rstrip(b"\n") for line in written(tmp_path / "out")] == crawls.lines


def test_the_order_and_the_spelling_of_sources_make_no_difference(
    session: SparkSession, archive: list[Path], lines: list[bytes], tmp_path: Path
) -> None:
    (tmp_path / "list.gz").write_bytes(gzip.compress("\n".join(path.name for path in archive).encode()))
    sources = (archive[2], f"{archive[0].parent}/crawl0*", f"@{tmp_path / 'list.gz'}")

    report = replay(session, submission(tmp_path / "out", *sources, base=str(archive[0].parent)))

    assert report.counts["files"] == 3
    assert written(tmp_path / "out") == lines


def test_a_revisit_alone_stands_for_a_revision_whose_original_is_not_wanted(
    session: SparkSession, archive: list[Path], tmp_path: Path
) -> None:
    """The payloads come from the first file, the lines do not."""
    filters = Filters.from_strings(since="2026-02-02")

    report = replay(session, submission(tmp_path / "out", *archive, recipe=recipe(filters=filters)))

    assert written(tmp_path / "out") == folded(archive, filters)
    assert report.clean
    assert report.counts["articles"] > report.counts["lines"] > 12


def test_a_revisit_whose_original_is_nowhere_is_a_fault(
    session: SparkSession, archive: list[Path], tmp_path: Path
) -> None:
    report = replay(session, submission(tmp_path / "out", archive[1]))

    assert written(tmp_path / "out") == folded(archive[1:2])
    assert len(report.faults) == report.fault_count == 11
    assert all("original of this revisit" in fault["reason"] for fault in report.faults)


def test_a_worker_that_dies_does_no_harm(
    session: SparkSession, archive: list[Path], lines: list[bytes], tmp_path: Path, deaths: Path
) -> None:
    """Each file's task dies in the middle and is done again: same lines, same counts, no line twice."""
    pipelines = (*PIPELINES, "tests.replay.faults.DiesOnce")
    plain = replay(session, submission(tmp_path / "plain", *archive))

    report = replay(session, submission(tmp_path / "out", *archive, recipe=recipe(pipelines)))

    assert len(list(deaths.iterdir())) >= 3
    assert written(tmp_path / "out") == lines
    assert (report.counts, report.outcomes) == (plain.counts, plain.outcomes)


def test_a_file_that_kills_its_worker_each_time_is_named_and_the_others_go_on(
    session: SparkSession, archive: list[Path], tmp_path: Path
) -> None:
    pipelines = (*PIPELINES, "tests.replay.faults.DiesAlways")

    report = replay(session, submission(tmp_path / "out", archive[0], archive[1], recipe=recipe(pipelines)))

    assert written(tmp_path / "out") == folded([archive[0]])
    assert not report.clean
    assert [(fault["path"], "died three times" in fault["reason"]) for fault in report.faults] == [
        (str(archive[1]), True)
    ]


def test_broken_files_are_counted_and_named_with_offset_and_reason(
    session: SparkSession, archive: list[Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    torn, garbage = broken / archive[0].name, broken / "garbage.warc.gz"
    torn.write_bytes(archive[0].read_bytes()[: archive[0].stat().st_size // 2])
    garbage.write_bytes(b"this is no archive" * 100)

    report = replay(session, submission(tmp_path / "out", torn, garbage))

    assert set(written(tmp_path / "out")) < set(folded([archive[0]]))
    assert len(written(tmp_path / "out")) >= 4
    assert report.counts["bad_files"] == 2
    assert {fault["path"] for fault in report.faults} == {str(torn), str(garbage)}
    assert all(fault["reason"] for fault in report.faults)
    assert next(fault["offset"] for fault in report.faults if fault["path"] == str(torn)) > 0
    in_output = [json.loads(line) for path in (tmp_path / "out" / FAULTS).glob("part-*") for line in path.open()]
    assert in_output == report.faults


def test_a_file_that_is_not_at_its_address_is_a_fault(
    session: SparkSession, archive: list[Path], tmp_path: Path
) -> None:
    """What a list names at an address is not looked for before the start."""
    (tmp_path / "list").write_text(f"http://127.0.0.1:9/gone.warc.gz\n{archive[0]}\n")

    report = replay(session, submission(tmp_path / "out", f"@{tmp_path / 'list'}", archive[1]))

    assert written(tmp_path / "out") == folded(archive[:2])
    assert [(fault["path"], fault["offset"]) for fault in report.faults] == [("http://127.0.0.1:9/gone.warc.gz", 0)]
    assert report.counts["files"] == 3


def test_records_of_a_table_like_common_crawls(
    session: SparkSession, archive: list[Path], tmp_path: Path, lines: list[bytes]
) -> None:
    rows = [
        (entry.url, entry.date, entry.status, entry.mime, entry.digest.split(":")[1] if entry.digest else None,
         entry.filename, entry.offset, entry.length)
        for path in archive[:1] for entry in entries_of(Source(str(path)), pytest.fail)
    ]  # fmt: skip
    names = (
        "url: string, fetch_time: timestamp, fetch_status: short, content_mime_type: string, content_digest: string, "
        "warc_filename: string, warc_record_offset: int, warc_record_length: int"
    )
    session.createDataFrame([*rows, (None,) * 8], names).write.parquet(str(tmp_path / "table"))
    table = Table(str(tmp_path / "table"), str(archive[0].parent), "fetch_status = 200 OR fetch_status IS NULL")

    report = replay(session, submission(tmp_path / "out", tables=(table,)))

    assert written(tmp_path / "out") == folded(archive[:1])
    assert report.counts["captures"] == len([row for row in rows if row[2] == 200])
    assert [fault["reason"] for fault in report.faults] == ["1 rows without URL, file name or offset"]


def test_file_names_of_a_table_do_not_lead_out_of_its_folder(
    session: SparkSession, archive: list[Path], tmp_path: Path
) -> None:
    names = "url: string, warc_filename: string, warc_record_offset: long, warc_record_length: long"
    rows = [("http://127.0.0.1/a/x/31000001.html", f"../{archive[0].parent.name}/{archive[0].name}", 0, 100)]
    session.createDataFrame(rows, names).write.parquet(str(tmp_path / "table"))

    report = replay(session, submission(tmp_path / "out", tables=(Table(str(tmp_path / "table"), str(tmp_path)),)))

    assert not written(tmp_path / "out")
    assert "not a file beside this index" in report.faults[0]["reason"]
    assert report.faults[0]["path"] == str(tmp_path / "table")


@pytest.mark.parametrize("form", ["jsonl.gz", "parquet"])
def test_forms_and_partitions(
    session: SparkSession, archive: list[Path], lines: list[bytes], tmp_path: Path, form: str
) -> None:
    wanted = recipe(form=form, partition=("site", "date"))

    replay(session, submission(tmp_path / "out", *archive, recipe=wanted))

    articles = [json.loads(line) for line in lines]
    folders = {str(path.parent.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("part-*")}
    assert folders == {
        f"site=sample/date={(article['datePublished'] or '')[:10] or '__HIVE_DEFAULT_PARTITION__'}"
        for article in articles
    }
    if form == "jsonl.gz":
        assert written(tmp_path / "out") == lines
    else:
        assert sorted(map(json.dumps, parquet_rows(tmp_path / "out"))) == sorted(map(json.dumps, articles))


def parquet_rows(output: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    rows = [row for path in output.rglob("*.parquet") for row in pq.ParquetFile(path).read().to_pylist()]
    return [{name: value for name, value in row.items() if name not in TIMESTAMPS} for row in rows]


def test_an_output_that_is_there_is_left_alone(session: SparkSession, archive: list[Path], tmp_path: Path) -> None:
    output = tmp_path / "out"
    (output / "kept").mkdir(parents=True)
    with pytest.raises(UsageError, match="is there already"):
        replay(session, submission(output, archive[0]))
    with pytest.raises(UsageError, match="no output of a replay"):
        replay(session, submission(output, archive[0], overwrite=True))
    assert (output / "kept").is_dir()


def test_an_output_that_spark_cannot_open_is_told(session: SparkSession, archive: list[Path]) -> None:
    with pytest.raises(UsageError, match=r"cannot open the output nosuch://bucket/out: .*nosuch"):
        replay(session, Submission("nosuch://bucket/out", recipe(), (str(archive[0]),)))


def test_a_killed_run_can_be_replaced(session: SparkSession, archive: list[Path], tmp_path: Path) -> None:
    (tmp_path / "out" / STAGING).mkdir(parents=True)
    report: Report = replay(session, submission(tmp_path / "out", archive[0], overwrite=True))
    assert written(tmp_path / "out") == folded([archive[0]])
    assert report.clean


def test_the_archive_is_not_written(session: SparkSession, tmp_path: Path) -> None:
    paths = write_crawls(tmp_path / "archive", editions=1, stories=3)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "archive").iterdir()}
    replay(session, submission(tmp_path / "out", *paths))
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "archive").iterdir()} == before
