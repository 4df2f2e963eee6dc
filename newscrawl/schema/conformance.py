"""Whether a document keeps to the JSON Schema of an article: a quick yes for most, a full answer for the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from operator import contains, itemgetter
from types import NoneType
from typing import Any

import fastjsonschema

from newscrawl.schema.json_schema import Schema, structure_of

Document = dict[str, Any]
Check = Callable[[Any], bool]

_TYPES: dict[str, type] = {"string": str, "integer": int, "null": NoneType, "array": tuple, "object": dict}


def schema_faults(document: Document) -> Iterator[str]:
    """Where ``document``, its lists as tuples, breaks the schema and how: the first fault, none for a sound one."""
    if quick_check()(document):
        return
    try:
        schema_check()(document)
    except fastjsonschema.JsonSchemaValueException as error:
        yield error.message.removeprefix("data.")


@cache
def schema_check() -> Callable[[Document], Document]:
    """Return the schema as code, compiled when a process meets the first fault.

    Our own code checks formats, since its rules say more than a pattern can.
    """
    schema = _for_compiler(structure_of())
    compiled: Callable[[Document], Document] = fastjsonschema.compile(schema, use_formats=False, use_default=False)
    return compiled


def _for_compiler(schema: Any) -> Any:
    """Return the schema for the compiler: without formats and ``$schema``, with one definition for nullable values.

    The compiler supports an older draft, which has everything that is used here. With one definition, its messages say
    where in the object the fault is.
    """
    if isinstance(schema, list):
        return [_for_compiler(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "anyOf" in schema:
        null, known = schema["anyOf"]
        schema = {**known, "type": [null["type"], known["type"]]}
    return {key: _for_compiler(value) for key, value in schema.items() if key not in ("format", "$schema")}


@cache
def quick_check() -> Check:
    """Return a quick check that answers yes or "check again": it names no faults and takes a third of the time."""
    return _object_check(_for_compiler(structure_of()))


def _check(schema: Schema) -> Check:
    """Return a check that accepts only what ``schema`` allows, for values of the declared types."""
    if "properties" in schema:
        check = _object_check(schema)
        return lambda value: value is None or check(value)
    if "items" in schema:
        return _array_check(schema["items"])
    pattern = re.compile(schema["pattern"]).search
    return lambda value: value is None or pattern(value) is not None


def _object_check(schema: Schema) -> Check:
    names = tuple(schema["properties"])
    types = tuple(_types(part) for part in schema["properties"].values())
    values = itemgetter(*names)
    others = [(name, _check(part)) for name, part in schema["properties"].items() if not _is_plain(part)]

    def check(value: Any) -> bool:
        return (
            type(value) is dict
            and tuple(value) == names
            and all(map(contains, types, map(type, values(value))))
            and all(part(value[name]) for name, part in others)
        )

    return check


def _array_check(items: Schema) -> Check:
    types = _types(items)
    if _is_plain(items):
        return lambda value: types.issuperset(map(type, value))
    check = _check(items)
    return lambda value: types.issuperset(map(type, value)) and all(map(check, value))


def _types(schema: Schema) -> frozenset[type]:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return frozenset(_TYPES[kind] for kind in kinds)


def _is_plain(schema: Schema) -> bool:
    """Whether its type is all that is asked of a value."""
    return "pattern" not in schema and "properties" not in schema and "items" not in schema
