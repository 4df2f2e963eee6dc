"""Whether a document keeps to the JSON Schema of an article: a quick yes for most, a full answer for the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from types import NoneType
from typing import Any

import fastjsonschema

from newscrawl.extract.schema import Schema, json_schema

Document = dict[str, Any]
Check = Callable[[Any], bool]

_TYPES: dict[str, type] = {"string": str, "integer": int, "null": NoneType}


def schema_faults(document: Document) -> Iterator[str]:
    """Where ``document``, its lists as tuples, breaks the schema and how: the first fault, none for a sound one."""
    if _quick_check()(document):
        return
    try:
        schema_check()(document)
    except fastjsonschema.JsonSchemaValueException as error:
        yield error.message.removeprefix("data.")


@cache
def schema_check() -> Callable[[Document], Document]:
    """The schema as code, made once a process in a quarter of a second; the rules on formats are ours, since they say
    more than a pattern can.
    """
    schema = _for_compiler(json_schema())
    compiled: Callable[[Document], Document] = fastjsonschema.compile(schema, use_formats=False, use_default=False)
    return compiled


def _for_compiler(schema: Any) -> Any:
    """Without formats, without ``$schema`` (the draft that the compiler speaks is older, and has all we use), and with
    one definition for what may be null: its messages say where within the object the fault is.
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
def _quick_check() -> Check:
    """The same schema as a check that says yes or "look again": a sixth of the time, since it looks at types alone."""
    return _check(_for_compiler(json_schema()))


def _check(schema: Schema) -> Check:
    """A check that says yes only to what ``schema`` allows."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "object" in kinds:
        inner = _object_check(schema)
        return (lambda value: value is None or inner(value)) if "null" in kinds else inner
    if "array" in kinds:
        return _array_check(schema["items"])
    types = frozenset(_TYPES[kind] for kind in kinds)
    pattern = re.compile(schema["pattern"]).search if "pattern" in schema else None
    if pattern is None:
        return lambda value: type(value) in types
    return lambda value: type(value) in types and (value is None or pattern(value) is not None)


def _object_check(schema: Schema) -> Check:
    checks = {name: _check(part) for name, part in schema["properties"].items()}
    keys, pairs = checks.keys(), tuple(checks.items())
    return lambda value: (
        type(value) is dict and value.keys() == keys and all(check(value[name]) for name, check in pairs)
    )


def _array_check(items: Schema) -> Check:
    check = _check(items)
    return lambda value: type(value) is tuple and all(map(check, value))
