"""The JSON Schema of an article and its description for readers, both made from the dataclasses of the items."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from newscrawl.items import SCHEMA_VERSION, Article

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FORMATS = {
    "dateDownloaded": "date-time",
    "datePublished": "date-time",
    "dateModified": "date-time",
    "dateCreated": "date",
    "url": "uri",
    "canonicalUrl": "uri",
    "originalUrl": "uri",
    "contentUrl": "uri",
    "duration": "duration",
}
"""What the docstrings say in words, as JSON Schema names it (Validation, 7.3)."""

_PATTERNS = {
    "inLanguage": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
    "payloadDigest": "^[a-z0-9-]+:[A-Za-z0-9+/=_-]+$",
    "articleDigest": "^sha256:[0-9a-f]{64}$",
}

_HEAD = """\
# The article: one JSON line

Schema version {version}. Names are schema.org's where it has them. Every key is always there, in this order; what is
unknown is `null` or `[]`. This page and the JSON Schema (`newscrawl schema --json`) are made from the dataclasses in
`newscrawl/items.py`; `newscrawl schema --output docs/schema.md` writes it anew.

Version 1.1 adds `claimReview` (a fact check's claim, claimant and verdict) and `metadata.originalUrl` (the page's own
URL where `url` is that of a web archive). Since then `videos` also has embedded videos of other platforms, times that a
page labels as those of an update are `dateModified`, and `metadata.validationMessages` says when a page shows text that
the article lacks. An article without a claim review keeps the `articleDigest` that version 1.0 gave its content.
"""


@cache
def _article_schema() -> Schema:
    from itemadapter import ItemAdapter  # which imports Scrapy; extraction needs no descriptions

    schema: Schema = ItemAdapter.get_json_schema(Article)
    return {
        "$schema": DIALECT,
        "title": "Article",
        "description": f"{(Article.__doc__ or '').strip()} Schema version {SCHEMA_VERSION}.",
        **_strict(schema),
    }


def json_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of one line: every key is required, no other key is allowed."""
    return dict(_article_schema())


@cache
def structure_of(item: type = Article) -> Schema:
    """Return the JSON Schema of a dataclass of the items without descriptions, in a millisecond and without Scrapy."""
    hints = typing.get_type_hints(item)
    properties = {field.name: _structure(hints[field.name]) for field in fields(item)}
    return _strict({"type": "object", "additionalProperties": False, "properties": properties})


def _structure(hint: Any) -> Schema:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        known = _structure(next(each for each in arguments if each is not type(None)))
        return (
            {"anyOf": [{"type": "null"}, known]}
            if "properties" in known
            else {**known, "type": ["null", known["type"]]}
        )
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": _structure(arguments[0])}
    return structure_of(typing.cast("type", hint)) if is_dataclass(hint) else {"type": _TYPE_NAMES[hint]}


_TYPE_NAMES = {str: "string", int: "integer"}


def _strict(schema: Schema) -> Schema:
    """Return ``schema`` with all keys required, formats named, and without defaults, which never apply."""
    strict = {key: value for key, value in schema.items() if key != "default"}
    if "properties" in strict:
        strict["properties"] = {name: _property(name, part) for name, part in schema["properties"].items()}
        strict["required"] = list(schema["properties"])
    if "items" in strict:
        strict["items"] = _strict(schema["items"])
    if "anyOf" in strict:
        strict["anyOf"] = [_strict(part) for part in schema["anyOf"]]
    return strict


def _property(name: str, schema: Schema) -> Schema:
    strict = _strict(schema)
    if name in _FORMATS:
        strict["format"] = _FORMATS[name]
    if name in _PATTERNS:
        strict["pattern"] = _PATTERNS[name]
    return strict


def markdown() -> str:
    """``docs/schema.md``: a table for the article and one for each object within."""
    schema = json_schema()
    parts = [_HEAD.format(version=SCHEMA_VERSION), _table(schema)]
    for title, part in _objects(schema):
        parts += [f"## {title}\n", _table(part)]
    return "\n".join(parts)


def _objects(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Return the objects within, each kind once, by the names of the keys that contain it."""
    holders: dict[str, list[str]] = {}
    kinds: dict[str, Schema] = {}
    for name, part in schema["properties"].items():
        inner = _inner(part)
        if inner is not None:
            kind = ", ".join(inner["properties"])
            holders.setdefault(kind, []).append(f"`{name}`")
            kinds[kind] = inner
    for kind, names in holders.items():
        yield ", ".join(names), kinds[kind]


def _inner(schema: Schema) -> Schema | None:
    candidates = [schema, schema.get("items", {}), *schema.get("anyOf", [])]
    return next((candidate for candidate in candidates if "properties" in candidate), None)


def _table(schema: Schema) -> str:
    rows = ["| key | type | what |", "|---|---|---|"]
    for name, part in schema["properties"].items():
        description = part.get("description", "").replace("``", "`").replace("|", "\\|")
        rows.append(f"| `{name}` | {_type(part)} | {' '.join(description.split())} |")
    return "\n".join(rows) + "\n"


def _type(schema: Schema) -> str:
    """Return the type in one or two words: ``string?`` may be null, ``[string]`` is a list."""
    if "anyOf" in schema:
        return "object?"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    name = next(kind for kind in kinds if kind != "null")
    if name == "array":
        return f"[{_type(schema['items'])}]"
    return f"{name}?" if "null" in kinds else str(name)
