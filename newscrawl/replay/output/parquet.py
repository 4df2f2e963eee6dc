"""Items as rows of Parquet: the columns are the fields of a dataclass, plus timestamps of an article. Needs pyarrow."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from newscrawl.items import Article

ROWS = 10_000
"""Rows of a row group."""
BYTES = 32 * 1024 * 1024
"""Bytes of JSON after which a row group ends although it has fewer rows: what is held in memory."""

_SCALARS: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
_TIMESTAMP = pa.timestamp("us", tz="UTC")
TIMESTAMPS = {
    "publishedAt": ("datePublished",),
    "modifiedAt": ("dateModified",),
    "downloadedAt": ("metadata", "dateDownloaded"),
}
"""Columns that hold an instant of the article as a timestamp in UTC, which SQL compares; with the path of its text."""


def schema_of(item: type) -> pa.Schema:
    """Return the Arrow schema of a dataclass, with the same names in the same order; timestamps follow."""
    columns = list(_fields_of(item))
    if item is Article:
        columns += [pa.field(name, _TIMESTAMP) for name in TIMESTAMPS]
    return pa.schema(columns)


def _fields_of(item: type) -> Iterator[pa.Field]:
    hints = typing.get_type_hints(item)
    for field in fields(item):
        yield pa.field(field.name, _type_of(hints[field.name]))


def _type_of(hint: Any) -> pa.DataType:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _type_of(next(each for each in arguments if each is not type(None)))
    if origin is tuple:
        return pa.list_(_type_of(arguments[0]))
    if is_dataclass(hint):
        return pa.struct(list(_fields_of(typing.cast("type", hint))))
    return _SCALARS[hint]


def timestamp_of(text: str | None) -> datetime | None:
    """Return the instant of an ISO 8601 text in UTC, without a zone taken as UTC; None if it is none."""
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class ParquetLines:
    """Takes lines of JSON, writes row groups."""

    def __init__(self, file: BinaryIO, item: type = Article) -> None:
        self._schema = schema_of(item)
        self._has_timestamps = item is Article
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._size = 0

    def write(self, line: bytes) -> None:
        """Add the row of one line."""
        row = orjson.loads(line)
        if self._has_timestamps:
            row |= {name: timestamp_of(_at(row, path)) for name, path in TIMESTAMPS.items()}
        self._rows.append(row)
        self._size += len(line)
        if len(self._rows) >= ROWS or self._size >= BYTES:
            self._flush()

    def close(self) -> None:
        """Write the last row group and the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._size = [], 0


def _at(row: dict[str, Any], path: tuple[str, ...]) -> str | None:
    value: Any = row
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None
