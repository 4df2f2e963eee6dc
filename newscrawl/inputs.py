"""Check what people write (spider arguments, the schedule file, the environment) against one declaration.

A declaration is a :class:`msgspec.Struct`. Each field has a type, a default and one ``Annotated[..., about(...)]``.
Validation, messages, help texts and reference pages are all made from it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints

import msgspec

from newscrawl.errors import UsageError

S = TypeVar("S", bound=msgspec.Struct)

SHOWN_CHARACTERS = 200
"""How much of a wrong value a message repeats."""

_FIELD_OF_PATH = re.compile(r"`\$\.(\w+)")


@dataclass(frozen=True, slots=True)
class Input:
    """One declared field, for help texts and reference pages."""

    name: str
    """As people write it."""
    description: str
    form: str
    """What a value may be, such as ``a whole number above 0``."""
    default: object
    required: bool


def about(description: str, form: str, from_text: Callable[[str], object] | None = None) -> msgspec.Meta:
    """Return the metadata of a field.

    Args:
        description: What the field is for: one sentence or more.
        form: What a value may be; messages about wrong values end with it.
        from_text: Makes the value that is validated from a string; raises ValueError or UsageError.
    """
    return msgspec.Meta(description=description, extra={"form": form, "from_text": from_text})


def declared(struct: type[msgspec.Struct]) -> tuple[Input, ...]:
    """Return the fields of ``struct`` in their order."""
    metas = _metas(struct)
    return tuple(
        Input(
            name=field.encode_name,
            description=metas[field.name].description or "",
            form=_extra(metas[field.name], "form"),
            default=None if field.default is msgspec.NODEFAULT else field.default,
            required=field.required,
        )
        for field in msgspec.structs.fields(struct)
    )


def converted(struct: type[S], values: Mapping[str, object], *, where: str = "", kind: str = "key") -> S:
    """Return ``values`` as a ``struct``.

    Strings become numbers and dates where the declaration asks for them.

    Args:
        struct: The declaration.
        values: What was written, by name.
        where: The place of the values, such as ``crawl 2``; messages begin with it.
        kind: What one of them is called in messages, such as ``spider argument``.

    Raises:
        UsageError: A name is unknown or missing, or a value is not of its form.
    """
    prefix = f"{where}: " if where else ""
    inputs = {each.name: each for each in declared(struct)}
    metas = {field.encode_name: _metas(struct)[field.name] for field in msgspec.structs.fields(struct)}
    for name in values:
        if name not in inputs:
            raise UsageError(f"{prefix}unknown {kind} {name!r}{did_you_mean(name, inputs)}")
    for each in inputs.values():
        if each.required and each.name not in values:
            raise UsageError(f"{prefix}{each.name} is missing: {each.form}")
    prepared = {name: _prepared(name, value, metas[name], prefix) for name, value in values.items()}
    try:
        return msgspec.convert(prepared, struct, strict=False)
    except msgspec.ValidationError as error:
        named = _FIELD_OF_PATH.search(str(error))
        if named is None:
            raise UsageError(f"{prefix}{error}") from error
        raise _wrong(named[1], values[named[1]], inputs[named[1]].form, prefix) from error


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the end of a message about the unknown ``name``: the known name that is most like it, or all of them."""
    names = list(known)
    like = difflib.get_close_matches(name, names, n=1)
    return f" (did you mean {like[0]}?)" if like else f": choose from {', '.join(sorted(names))}"


def _prepared(name: str, value: object, meta: msgspec.Meta, prefix: str) -> object:
    from_text = _extra(meta, "from_text")
    if from_text is None or not isinstance(value, str):
        return value.strip() if isinstance(value, str) else value
    try:
        return from_text(value)
    except ValueError as error:
        raise _wrong(name, value, _extra(meta, "form"), prefix) from error


def _wrong(name: str, value: object, form: str, prefix: str) -> UsageError:
    shown = repr(value)
    if len(shown) > SHOWN_CHARACTERS:
        shown = f"{shown[:SHOWN_CHARACTERS]}…"
    return UsageError(f"{prefix}{name}={shown}: not {form}")


def _metas(struct: type[msgspec.Struct]) -> dict[str, msgspec.Meta]:
    hints = get_type_hints(struct, include_extras=True)
    return {
        name: next(each for each in getattr(hint, "__metadata__", ()) if isinstance(each, msgspec.Meta) and each.extra)
        for name, hint in hints.items()
    }


def _extra(meta: msgspec.Meta, key: str) -> Any:
    return (meta.extra or {}).get(key)
