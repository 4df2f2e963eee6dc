"""Articles as rows of Parquet: the columns are the fields of :class:`newscrawl.items.Article`. Needs pyarrow."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from typing import Any, BinaryIO

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from newscrawl.items import Article

ROWS = 1_000
"""Rows of a row group: some 10 MB of articles, which is what is held in memory."""
BYTES = 32 * 1024 * 1024
"""Bytes of JSON after which a row group ends though it has fewer rows."""

_SCALARS: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def schema_of(item: type) -> pa.Schema:
    """The Arrow schema of a dataclass of :mod:`newscrawl.items`, with the same names in the same order."""
    return pa.schema(list(_fields_of(item)))


def _fields_of(item: type) -> typing.Iterator[pa.Field]:
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


SCHEMA = schema_of(Article)


class ParquetLines:
    """Takes lines of JSON, writes row groups."""

    def __init__(self, file: BinaryIO) -> None:
        self._writer = pq.ParquetWriter(file, SCHEMA, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._size = 0

    def write(self, line: bytes) -> None:
        """One article."""
        self._rows.append(orjson.loads(line))
        self._size += len(line)
        if len(self._rows) >= ROWS or self._size >= BYTES:
            self._flush()

    def close(self) -> None:
        """The rest of the rows, and the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=SCHEMA))
        self._rows, self._size = [], 0
