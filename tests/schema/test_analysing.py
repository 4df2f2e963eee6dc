"""The examples of docs/analysing.md run on the output of a crawl; the features load lines with empty lists."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from newscrawl.items import Article, json_line
from newscrawl.samplesite.running import running_site
from newscrawl.schema.features import features_of
from tests.conftest import ROOT
from tests.replay.commandline import scrapy
from tests.spiders.requisites import crawl
from tests.waiting import PATIENCE_SECONDS

TEXT = (ROOT / "docs" / "analysing.md").read_text()
EXAMPLES = dict(re.findall(r"^## ([^\n]+)\n.*?```python\n(.*?)```", TEXT, re.MULTILINE | re.DOTALL))
MODULES = {
    "pandas": "pandas",
    "pyarrow": "pyarrow",
    "DuckDB": "duckdb",
    "Polars": "polars",
    "Hugging Face datasets": "datasets",
    "Spark": "pyspark",
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a crawl of the sample site, with its articles as JSON Lines and as Parquet, and the features."""
    folder = tmp_path_factory.mktemp("analysing")
    with running_site(size=20) as site:
        crawl(folder, "-a", f"base_url={site.url}")
    for arguments in (
        ("replay", "data/warc", "-o", "data/articles.parquet"),
        ("schema", "--features", "--output", "features.json"),
    ):
        done = scrapy(folder, *arguments)
        assert done.returncode == 0, done.stderr
    return folder


def test_every_consumer_has_an_example_of_a_few_lines() -> None:
    assert set(EXAMPLES) == set(MODULES)
    assert all(len([line for line in example.splitlines() if line]) <= 5 for example in EXAMPLES.values())


@pytest.mark.parametrize("name", MODULES)
def test_example_runs_on_the_output_of_a_crawl(output: Path, name: str) -> None:
    if find_spec(MODULES[name]) is None:
        pytest.skip(f"{MODULES[name]} is not installed")
    if name == "Spark" and shutil.which("java") is None:
        pytest.skip("no Java on this machine")
    done = subprocess.run(
        [sys.executable, "-c", EXAMPLES[name]],
        cwd=output,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert len(done.stdout) > 20


def test_features_load_lines_whose_lists_are_all_empty(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    article = Article(url="https://www.example.org/a/1.html")
    (tmp_path / "a.jsonl").write_bytes(json_line(article).rstrip() + b"\n")
    features = datasets.Features.from_dict(features_of())
    loaded = datasets.load_dataset(
        "json",
        data_files=str(tmp_path / "a.jsonl"),
        features=features,
        split="train",
        cache_dir=str(tmp_path / "cache"),
    )
    assert loaded.features == features
    assert loaded[0]["url"] == article.url
    assert list(features) == list(json.loads(json_line(article)))
