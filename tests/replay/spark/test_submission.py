"""The main program for `spark-submit`: its arguments, its exit status, and a real run with the deployed egg."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.deployment.conftest import copied_checkout
from tests.replay.crawls import folded, write_crawls

pytest.importorskip("pyspark", reason="PySpark is not installed: newscrawl[spark]")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("no Java for Spark", allow_module_level=True)

from newscrawl.errors import UsageError
from newscrawl.replay.spark.main import main
from newscrawl.replay.spark.submission import submission_of, units_of_sources
from tests.waiting import PATIENCE_SECONDS

SUBMIT = Path(sys.executable).with_name("spark-submit")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output", "out"], "name at least one source"),
        (["a.warc.gz"], "--output"),
        (["a.warc.gz", "-o", "out", "--format", "csv"], "csv"),
        (["a.warc.gz", "-o", "out", "--partition", "author"], "partition='author'"),
        (["a.warc.gz", "-o", "out", "--since", "yesterday"], "since='yesterday'"),
    ],
)
def test_wrong_arguments_end_before_the_start(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert message in capsys.readouterr().err


def test_table_and_base() -> None:
    arguments = ["--table", "s3a://index/table/", "--where", "fetch_status = 200", "-o", "out/"]
    (table,) = submission_of(arguments, ["a.B"]).tables
    assert (table.path, table.base, table.where) == ("s3a://index/table/", "s3a://index", "fetch_status = 200")
    (table,) = submission_of([*arguments, "--base", "s3://archive"], ["a.B"]).tables
    assert table.base == "s3://archive"


def test_workers_find_what_the_driver_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.cdxj").touch()
    (tmp_path / "paths").write_text("crawl/a.warc.gz\n")
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl" / "a.warc.gz").touch()
    monkeypatch.chdir(tmp_path)
    asked = submission_of(["crawl", "@paths", "s3://b/c", "-o", "out", "--index", "a.cdxj"], ["a.B"])
    assert asked.sources == (f"{tmp_path}/crawl", f"@{tmp_path}/paths", "s3://b/c")
    assert asked.recipe.index == (f"{tmp_path}/a.cdxj",)
    based = submission_of(["@paths", "--table", "t", "-o", "out", "--base", "x/.."], ["a.B"])
    assert based.base == based.tables[0].base == str(tmp_path)
    assert [unit.name for unit in units_of_sources(["@paths"])] == [f"{tmp_path}/crawl/a.warc.gz"]


def test_files_that_a_list_names_at_an_address_are_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "paths").write_text("crawl/a.warc.gz\n\ncrawl/b.warc.gz\ncrawl/a.warc.gz\n")
    units = units_of_sources([f"@{tmp_path / 'paths'}"], "https://127.0.0.1:9/")
    assert [unit.name for unit in units] == [f"https://127.0.0.1:9/crawl/{name}.warc.gz" for name in "ab"]


def test_standard_input_is_refused() -> None:
    with pytest.raises(UsageError, match="standard input"):
        units_of_sources(["-"])


@pytest.mark.slow
def test_spark_submit_with_the_egg(tmp_path: Path) -> None:
    """The egg as scrapyd-deploy builds it is what runs, on the driver and on a standalone cluster of two workers, each
    a process in a folder of its own; a broken file gives 1."""
    checkout = copied_checkout(tmp_path / "checkout")
    package = checkout / "newscrawl" / "__init__.py"
    package.write_text(package.read_text() + '\n__version__ = "0.0.egg"\n')
    egg = tmp_path / "newscrawl.egg"
    build = [str(Path(sys.executable).with_name("scrapyd-deploy")), "--build-egg", str(egg)]
    subprocess.run(build, cwd=checkout, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
    archive = write_crawls(tmp_path / "archive", editions=2, stories=6)
    (tmp_path / "archive" / "broken.warc.gz").write_bytes(b"no archive")
    script = shutil.copy(ROOT / "newscrawl" / "replay" / "spark" / "main.py", tmp_path / "main.py")

    command = [
        str(SUBMIT),
        "--master",
        "local-cluster[2,1,1024]",
        "--conf",
        "spark.ui.enabled=false",
        "--py-files",
        str(egg),
    ]
    command += [str(script), str(tmp_path / "archive"), "--output", str(tmp_path / "out"), "--report", "report.json"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )

    assert run.returncode == 1, run.stderr[-3000:]
    lines = [line for path in (tmp_path / "out").glob("part-*") for line in path.read_bytes().splitlines(True)]
    expected = [line.replace(b'"extractor":"newscrawl/0.1.0"', b'"extractor":"newscrawl/0.0.egg"')
                for line in folded(archive)]  # fmt: skip
    assert sorted(lines) == sorted(expected)
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["counts"]["files"], report["counts"]["bad_files"]) == (3, 1)
    assert "broken.warc.gz" in run.stdout
