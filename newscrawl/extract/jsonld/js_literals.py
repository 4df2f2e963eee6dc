"""Read JavaScript object literals and broken JSON as data; nothing is evaluated.

Tolerated are comments, trailing and missing commas, unquoted keys, single quotes, raw line breaks and unescaped quotes
in strings, missing closing brackets, and several values in a row. The syntax is that of ECMAScript object literals
(https://tc39.es/ecma262/#sec-object-initializer), reduced to data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

MAX_DEPTH = 64
"""Levels of nesting that are read. JSON-LD of real pages has up to 10."""

MAX_LENGTH = 2_000_000
"""Characters that are read. The largest JSON-LD seen in a real page was below 100,000."""

_MAX_TOKENS = 200_000
"""Words, strings and marks that are read; so many take 0.2 seconds."""

_MAX_VALUES = 50
"""Values in a row that are read from one text."""

_AFTER_COMMA = r"""\s*+(?:["'“”„«{\[}\]\d/-]|\Z|(?:true|false|null|undefined|NaN)\b|[A-Za-z_$][\w$]{0,60}\s*+:)"""
"""What follows a comma between values: a value, a bracket, a comment or a key. Words of a sentence do not."""

_END = rf"""\s*+(?:,{_AFTER_COMMA}|[:}}\]]|\Z|["'][\w@:-]{{1,60}}["']\s*+:)"""
"""What follows the quote that ends a string. The last alternative is the next key, where a comma is missing."""

_TOKEN = re.compile(
    rf"""\s*+(?:
        (?P<comment>//[^\n]*+|/\*.*?(?:\*/|\Z)|<!--|-->|<!\[CDATA\[|\]\]>)
      | (?P<string>"(?:[^"\\]++|\\.|"(?!{_END}))*+"?|'(?:[^'\\]++|\\.|'(?!{_END}))*+'?)
      | (?P<mark>[{{}}\[\],:])
      | (?P<word>[^\s{{}}\[\],:"']++|["'])
    )""",
    re.S | re.X,
)
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,20}(?:[eE][+-]?\d{1,2})?|[eE][+-]?\d{1,2})?", re.A)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|\r\n|.)", re.S)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "0": "", "\n": "", "\r\n": ""}
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}


def read_literal(text: str, start: int = 0) -> Any:
    """Return the value that begins at ``start``: dict, list, str, int, float, bool or None. Never raises."""
    return next(read_literals(text, start, most=1), None)


def read_literals(text: str, start: int = 0, most: int = _MAX_VALUES) -> Iterator[Any]:
    """Yield up to ``most`` values that follow each other from ``start`` on. Never raises."""
    reader = _Reader()
    end = min(len(text), start + MAX_LENGTH)
    position = start
    for _ in range(_MAX_TOKENS):
        token = _TOKEN.match(text, position, end)
        if token is None:
            break
        position = token.end()
        kind = token.lastgroup
        if kind == "mark":
            reader.mark(token["mark"])
        elif kind == "string":
            reader.value(_unescaped(token["string"]))
        elif kind == "word":
            reader.value(_word(token["word"]))
        if reader.done:
            yield reader.result
            most -= 1
            if not most:
                return
            reader = _Reader()
    if reader.result is not None:
        yield reader.result


class _Reader:
    """Build a value from tokens with an explicit stack, so that deep nesting cannot exhaust Python's."""

    def __init__(self) -> None:
        self.result: Any = None
        self.done = False
        self._stack: list[dict[str, Any] | list[Any]] = []
        self._keys: list[str | None] = []
        self._too_deep = 0

    def mark(self, mark: str) -> None:
        if mark in "{[":
            self._open({} if mark == "{" else [])
        elif mark in "}]":
            self._close()
        elif mark == "," and self._keys:
            self._keys[-1] = None

    def value(self, value: Any) -> None:
        if self._too_deep:
            return
        if not self._stack:
            self.result, self.done = value, True
            return
        container = self._stack[-1]
        if isinstance(container, list):
            container.append(value)
        elif self._keys[-1] is None:
            self._keys[-1] = str(value)
        else:
            container.setdefault(self._keys[-1], value)
            self._keys[-1] = None

    def _open(self, container: dict[str, Any] | list[Any]) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._too_deep += 1
            return
        if self._stack:
            self.value(container)
        else:
            self.result = container
        self._stack.append(container)
        self._keys.append(None)

    def _close(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        if self._stack:
            self._stack.pop()
            self._keys.pop()
        self.done = not self._stack


def _unescaped(quoted: str) -> str:
    inner = quoted[1:-1] if len(quoted) > 1 and quoted[-1] == quoted[0] else quoted[1:]
    if "\\" not in inner:
        return inner
    text = _ESCAPE.sub(_character, inner)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _character(escape: re.Match[str]) -> str:
    code = escape[1]
    if len(code) > 1 and code[0] in "ux":
        return chr(int(code[1:], 16))
    return _CONTROLS.get(code, code)


def _word(word: str) -> Any:
    if word in _WORDS:
        return _WORDS[word]
    number = _NUMBER.fullmatch(word)
    if number is None:
        return word
    return float(word) if number[1] else int(word)
