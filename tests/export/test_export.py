"""Corpora from outputs, and the tools that read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.comparison.reading import lines_of
from newscrawl.errors import UsageError
from newscrawl.export.rows import ROW_KINDS, sentences_of
from newscrawl.export.shards import export
from newscrawl.replay.output.forms import FORMS
from tests.replay.commandline import scrapy_here
from tests.replay.running import articles_of, replay


@pytest.fixture(scope="module")
def articles(editions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("replayed") / "out"
    replay(output, editions)
    return output


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted((folder / "data").iterdir()) for line in lines_of(str(path))]


@given(st.text(max_size=200))
def test_sentences_keep_all_words_in_their_order(text: str) -> None:
    assert " ".join(sentences_of(text)).split() == text.split()


@pytest.mark.parametrize(
    ("text", "count"),
    [("One. Two! Three?", 3), ("Перше речення. Друге.", 2), ("پہلا جملہ۔ دوسرا جملہ۔", 2), ("No end", 1), ("", 0)],
)
def test_sentences_end_at_the_marks_of_every_script(text: str, count: int) -> None:
    assert len(sentences_of(text)) == count


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ROW_KINDS)
def test_every_form_holds_the_same_rows(kind: str, form: str, articles: Path, tmp_path: Path) -> None:
    exported = export([str(articles)], tmp_path / "corpus", rows=kind, form=form, shard_bytes=50_000)
    expected = [row for article in articles_of(articles) for row in ([article] if kind == "article" else [])]
    found = rows_of(tmp_path / "corpus")
    assert len(found) == exported["rows"]
    assert exported["files"] == len(list((tmp_path / "corpus" / "data").iterdir())) > 1
    if kind == "article":
        assert sorted(map(str, found)) == sorted(map(str, expected))
    else:
        words = sorted(
            word for article in articles_of(articles) for text in article["paragraphs"] for word in text.split()
        )
        assert sorted(word for row in found for word in row["text"].split()) == words
        assert len({row["id"] for row in found}) == len(found)


def test_card_can_be_read_and_names_the_files(articles: Path, tmp_path: Path) -> None:
    export([str(articles)], tmp_path / "corpus", rows="paragraph", form="parquet", shard_bytes=10**9)
    card = (tmp_path / "corpus" / "README.md").read_text()
    head = yaml.safe_load(card.split("---")[1])
    assert head["configs"][0]["data_files"] == [{"split": "train", "path": "data/*.parquet"}]
    assert {"en", "uk"} <= set(head["language"])


def test_folder_that_exists_is_left_alone(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="exists"):
        export([str(articles)], tmp_path, rows="article", form="jsonl", shard_bytes=1)


def test_tools_read_the_corpus(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what docs/corpora.md shows."""
    duckdb, pandas = pytest.importorskip("duckdb"), pytest.importorskip("pandas")
    datasets = pytest.importorskip("datasets")
    readers = pytest.importorskip("datatrove.pipeline.readers")
    assert scrapy_here(monkeypatch, tmp_path, "export", articles, "-o", "flat", "--format", "parquet") == 0
    query = (
        "SELECT inLanguage, count(*) AS articles, max(publishedAt) AS latest FROM 'flat/data/*.parquet' GROUP BY ALL"
    )
    counts = {row[0]: row[1] for row in duckdb.sql(query).fetchall()}
    assert counts["uk"] == sum(article["inLanguage"] == "uk" for article in articles_of(articles))
    frame = pandas.read_parquet(tmp_path / "flat" / "data")
    assert len(frame) == sum(counts.values())
    export([str(articles)], "rows", rows="paragraph", form="parquet", shard_bytes=10**9)
    export([str(articles)], "lines", rows="paragraph", form="jsonl", shard_bytes=10**9)
    files = str(tmp_path / "rows" / "data" / "*.parquet")
    corpus = datasets.load_dataset("parquet", data_files=files, split="train", cache_dir=str(tmp_path / "cache"))
    documents = list(readers.JsonlReader(str(tmp_path / "lines" / "data"), text_key="text", id_key="id")())
    assert len(corpus) == len(documents) == len(rows_of(tmp_path / "rows"))
    assert corpus[0]["text"] == documents[0].text
