"""A column of a Parquet file is cleaned; schema, order and other columns stay."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest

from newscrawl.corpora.clean_field import Fields, Figures
from newscrawl.corpora.parquet import clean_parquet
from newscrawl.errors import UsageError
from tests.corpora.test_json_lines import BODY, TEXT

arrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def run(path: Path, fields: Fields, processes: int = 1) -> tuple[bytes, Figures]:
    out = io.BytesIO()
    out.close = lambda: None  # type: ignore[method-assign]  # the writer of pyarrow may close it

    async def drained() -> Figures:
        return [figures async for figures in clean_parquet(str(path), out, fields, processes)][-1]

    figures = asyncio.run(drained())
    return out.getvalue(), figures


def written(path: Path, texts: list[str | None]) -> Path:
    columns = {"id": list(range(len(texts))), "body": arrow.array(texts, type=arrow.large_string())}
    parquet.write_table(arrow.table(columns), path, row_group_size=100)
    return path


def test_the_column_is_cleaned_and_the_rest_stays(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", [TEXT, None, "Share"] * 200)

    data, figures = run(path, Fields("body", removed="removed"))

    table = parquet.read_table(io.BytesIO(data))
    assert table["id"].to_pylist() == list(range(600))
    assert table["body"].to_pylist() == [BODY, None, ""] * 200
    assert str(table.schema.field("body").type) == "large_string"
    assert {"text": "With reporting by AFP", "reason": "credit"} in table["removed"][0].as_py()
    assert (figures.texts, figures.empty, figures.without_field) == (400, 200, 200)


def test_an_empty_table_stays_a_table(tmp_path: Path) -> None:
    data, figures = run(written(tmp_path / "a.parquet", []), Fields("body"))

    assert parquet.read_table(io.BytesIO(data)).num_rows == 0
    assert figures.texts == 0


@pytest.mark.parametrize("field", ["missing", "id"])
def test_a_column_that_holds_no_text_is_refused(tmp_path: Path, field: str) -> None:
    with pytest.raises(UsageError, match=field):
        run(written(tmp_path / "a.parquet", [TEXT]), Fields(field))


def test_a_broken_file_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"PAR1 is not all")

    with pytest.raises(UsageError, match=r"broken\.parquet"):
        run(path, Fields("body"))
