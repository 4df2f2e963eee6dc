"""Serialise requests as JSON, so that nobody who can write to Redis can run code in a crawler, as pickle allows.

JSON lacks bytes, tuples and keys that are no text; each is an object with one key, its tag.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from scrapy.utils.request import request_from_dict

from newscrawl.discovery import Found
from newscrawl.fetch_record import FetchRecord

if TYPE_CHECKING:
    from scrapy import Request, Spider

# What one download left in the meta and another has no use for. What it left in the fetch record is not written at all.
_LEFT_BEHIND = frozenset({"download_slot", "download_latency"})
_OF_FETCH = ("found", "capture_only", "allow_offsite", "postponements")
"""Fields of a fetch record that hold for another worker too."""
_DEEPEST = 20
"""Levels; what discovery gives a request has three."""


class NotSerializable(TypeError):  # noqa: N818 - the name says what the request is
    """The request holds something that is not plain data, so it stays in this process."""


def serialized(request: Request, spider: Spider) -> bytes:
    """Return the request as JSON; its callbacks are methods of ``spider``.

    Raises:
        NotSerializable: something in it is not plain data.
    """
    try:
        parts = request.to_dict(spider=spider)
    except ValueError as error:
        raise NotSerializable(str(error)) from error
    parts["meta"] = {key: value for key, value in parts["meta"].items() if key not in _LEFT_BEHIND}
    return json.dumps(_plain(parts, 0), ensure_ascii=False, separators=(",", ":")).encode()


def deserialized(data: bytes, spider: Spider) -> Request:
    """Return the request that :func:`serialized` wrote.

    Raises:
        ValueError: ``data`` is no such request.
    """
    try:
        parts = _restored(json.loads(data))
        # Scrapy would import any class named here.
        parts.pop("_class", None)
        return request_from_dict(parts, spider=spider)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"no request: {data[:200]!r}: {error}") from error


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise NotSerializable(f"nested more than {_DEEPEST} levels deep")
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, list):
        return [_plain(each, depth + 1) for each in value]
    if isinstance(value, tuple):
        return {"tuple": [_plain(each, depth + 1) for each in value]}
    if isinstance(value, dict):
        return {"dict": [[_plain(key, depth + 1), _plain(each, depth + 1)] for key, each in value.items()]}
    if isinstance(value, Found):
        return {"found": [_plain(getattr(value, field.name), depth + 1) for field in fields(Found)]}
    if isinstance(value, FetchRecord):
        return {"fetch": [_plain(getattr(value, name), depth + 1) for name in _OF_FETCH]}
    raise NotSerializable(f"{type(value).__name__} is no plain data")


def _restored(value: Any) -> Any:
    if isinstance(value, list):
        return [_restored(each) for each in value]
    if not isinstance(value, dict):
        return value
    ((tag, content),) = value.items()
    return _RESTORERS[tag](content)


_RESTORERS: dict[str, Callable[[Any], Any]] = {
    "bytes": lambda content: base64.b64decode(content, validate=True),
    "tuple": lambda content: tuple(_restored(each) for each in content),
    "dict": lambda content: {_restored(key): _restored(each) for key, each in content},
    "found": lambda content: Found(*(_restored(each) for each in content)),
    "fetch": lambda content: FetchRecord(**dict(zip(_OF_FETCH, map(_restored, content), strict=True))),
}
