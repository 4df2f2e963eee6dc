"""Clean a column of a Parquet file, batch by batch; pyarrow is imported when the first file comes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import IO, Any

from newscrawl.corpora.clean_field import Cleaned, Fields, Figures, TextCleaner
from newscrawl.corpora.parallel import in_order
from newscrawl.display import install_hint
from newscrawl.errors import UsageError

ROWS = 256
"""Rows of one batch."""


async def clean_parquet(source: str, sink: IO[bytes], fields: Fields, processes: int) -> AsyncIterator[Figures]:
    """Clean a column of ``source`` and write the table to ``sink``; yield the figures at first and after each batch.

    Raises:
        UsageError: pyarrow is missing, the file is broken, or it has no such column of strings.
    """
    arrow, parquet = _arrow()
    try:
        file = parquet.ParquetFile(source)
    except (arrow.ArrowException, OSError) as error:
        raise UsageError(f"cannot read {source}: {error}") from error
    _check_column(arrow, file.schema_arrow, fields.text, source)
    figures = Figures()
    yield figures
    writer = None
    row = 1
    rows = (batch for batch in file.iter_batches(batch_size=ROWS))
    tables: list[Any] = []
    try:
        async for _, answer in in_order(_texts(rows, tables, fields), TextCleaner(fields), processes):
            batch = tables.pop(0)
            if isinstance(answer, Exception):
                figures.broken += range(row, row + batch.num_rows)
            else:
                answers, found = answer
                figures.add(found)
                batch = _replaced(arrow, batch, answers, fields)
            writer = writer or parquet.ParquetWriter(sink, batch.schema)
            writer.write_batch(batch.cast(writer.schema) if batch.schema != writer.schema else batch)
            row += batch.num_rows
            yield figures
        writer = writer or parquet.ParquetWriter(sink, file.schema_arrow)
    finally:
        if writer is not None:
            writer.close()


def _texts(rows: Iterator[Any], tables: list[Any], fields: Fields) -> Iterator[list[tuple[str | None, str | None]]]:
    """Yield the texts of each batch with their languages; remember the batch in ``tables``."""
    for batch in rows:
        tables.append(batch)
        texts = batch.column(fields.text).to_pylist()
        languages = batch.column(fields.language_field).to_pylist() if fields.language_field else [None] * len(texts)
        yield list(zip(texts, languages, strict=True))


def _replaced(arrow: Any, batch: Any, answers: list[Cleaned | None], fields: Fields) -> Any:
    place = batch.schema.get_field_index(fields.text)
    kind = batch.schema.field(place).type
    texts = arrow.array([one.text if one else None for one in answers], type=kind)
    batch = batch.set_column(place, batch.schema.field(place), texts)
    if fields.headline:
        headlines = arrow.array([one.headline if one else None for one in answers], type=arrow.string())
        batch = _with_column(batch, fields.headline, headlines)
    if fields.removed:
        kind = arrow.list_(arrow.struct([("text", arrow.string()), ("reason", arrow.string())]))
        removed = arrow.array([one.removed if one else [] for one in answers], type=kind)
        batch = _with_column(batch, fields.removed, removed)
    return batch


def _with_column(batch: Any, name: str, values: Any) -> Any:
    place = batch.schema.get_field_index(name)
    return batch.set_column(place, name, values) if place >= 0 else batch.append_column(name, values)


def _check_column(arrow: Any, schema: Any, name: str, source: str) -> None:
    if name not in schema.names:
        raise UsageError(f"{source} has no column {name!r}; its columns: {', '.join(schema.names)}")
    kind = schema.field(name).type
    if not (arrow.types.is_string(kind) or arrow.types.is_large_string(kind)):
        raise UsageError(f"the column {name!r} of {source} holds {kind}, not strings")


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise UsageError(f"Parquet needs pyarrow: {install_hint('parquet')}") from error
    return arrow, parquet
