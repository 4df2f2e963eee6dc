"""JSON lines back into articles: the inverse of :func:`newscrawl.pipelines.jsonlines.json_line`."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import orjson

from newscrawl.items import Article

Maker = Callable[[Any], Any]


def article_of(line: bytes) -> Article:
    """The article that ``line`` holds.

    Raises:
        ValueError: it is no JSON, or has other keys than an article.
    """
    try:
        article: Article = _maker(Article)(orjson.loads(line))
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"no article: {error}") from error
    return article


@cache
def _maker(hint: Any) -> Maker:
    """What makes a value of the type ``hint`` of plain JSON."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        make = _maker(next(each for each in arguments if each is not type(None)))
        return lambda value: None if value is None else make(value)
    if origin is tuple:
        make = _maker(arguments[0])
        return lambda values: tuple(map(make, values))
    if is_dataclass(hint):
        return _item_maker(typing.cast("type", hint))
    return lambda value: value


def _item_maker(item: type) -> Maker:
    hints = typing.get_type_hints(item)
    makers = {field.name: _maker(hints[field.name]) for field in fields(item)}
    plain = {name for name, hint in hints.items() if hint in (str, int, str | None, int | None)}

    def made(values: dict[str, Any]) -> Any:
        return item(**{name: value if name in plain else makers[name](value) for name, value in values.items()})

    return made
