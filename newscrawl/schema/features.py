"""The types of an article for Hugging Face ``datasets``, made from the dataclasses of the items.

Without them ``datasets`` infers the types from the first lines, and fails on a file whose lists are all empty.
"""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from typing import Any

from newscrawl.items import Article

_SCALARS: dict[Any, str] = {str: "string", int: "int64", float: "float64", bool: "bool"}


def features_of(item: type = Article) -> dict[str, Any]:
    """Return what ``datasets.Features.from_dict`` takes: a type for each field of ``item``, in the order of a line."""
    hints = typing.get_type_hints(item)
    return {field.name: _feature(hints[field.name]) for field in fields(item)}


def _feature(hint: Any) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _feature(next(each for each in arguments if each is not type(None)))
    if origin is tuple:
        return [_feature(arguments[0])]
    if is_dataclass(hint):
        return features_of(typing.cast("type", hint))
    return {"dtype": _SCALARS[hint], "_type": "Value"}
