"""Clean one field of the records of a corpus; this runs in worker processes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from newscrawl.errors import NotAnArticle
from newscrawl.extract.plaintext.article import article_from_text

_Batch = Sequence[tuple[bytes, bool]]


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a record are read and written; a dot leads into nested objects."""

    text: str
    language: str | None = None
    """BCP 47 of every text; None: that of ``language_field``, or unknown."""
    language_field: str | None = None
    headline: str | None = None
    """Where the headline is written; None: nowhere."""
    removed: str | None = None
    """Where the removed pieces are written with their reasons; None: nowhere."""


@dataclass(slots=True)
class Figures:
    """What was done with the records of a corpus."""

    texts: int = 0
    changed: int = 0
    empty: int = 0
    """Texts of which nothing is left."""
    without_field: int = 0
    """Records without the field, or with something other than a string in it; they stay as they are."""
    broken: list[int] = field(default_factory=list)
    """Numbers of the lines that are no JSON objects; they stay as they are."""
    removed: Counter[str] = field(default_factory=Counter)
    """Removed pieces by reason."""

    def add(self, other: Figures) -> None:
        """Add the figures of another part of the corpus."""
        self.texts += other.texts
        self.changed += other.changed
        self.empty += other.empty
        self.without_field += other.without_field
        self.broken += other.broken
        self.removed += other.removed


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without what does not belong to it."""

    text: str
    headline: str | None
    removed: list[dict[str, str]]


class LineCleaner:
    """Make the service of a worker process: it cleans batches of JSON lines."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def __call__(self) -> Callable[[tuple[int, list[bytes]]], tuple[list[bytes], Figures]]:
        """Return the service: it takes the number of the first line and the lines, and returns the lines cleaned."""
        return self._answer

    def _answer(self, batch: tuple[int, list[bytes]]) -> tuple[list[bytes], Figures]:
        first, lines = batch
        figures = Figures()
        return [self._line(line, first + place, figures) for place, line in enumerate(lines)], figures

    def _line(self, line: bytes, number: int, figures: Figures) -> bytes:
        if not line.strip():
            return line
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            figures.broken.append(number)
            return line
        if not clean_record(record, self._fields, figures):
            return line
        return _dumped(record) + (b"\n" if line.endswith(b"\n") else b"")


class TextCleaner:
    """Make the service of a worker process: it cleans batches of texts with their languages."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def __call__(self) -> Callable[[list[tuple[str | None, str | None]]], tuple[list[Cleaned | None], Figures]]:
        """Return the service: it takes texts with their languages, and returns None for texts that stay as they are."""
        return self._answer

    def _answer(self, batch: list[tuple[str | None, str | None]]) -> tuple[list[Cleaned | None], Figures]:
        figures = Figures()
        answers: list[Cleaned | None] = []
        for text, language in batch:
            if text is None:
                figures.without_field += 1
                answers.append(None)
            else:
                answers.append(_counted(text, language or self._fields.language, figures))
        return answers, figures


def cleaned(text: str, language: str | None = None) -> Cleaned:
    """Return ``text`` as ``newscrawl clean-text`` gives it; an empty text if nothing is left."""
    try:
        article = article_from_text(text, language=language)
    except NotAnArticle:
        return Cleaned("", None, [{"text": text, "reason": "boilerplate"}] if text.strip() else [])
    removed = [{"text": one.text, "reason": one.reason} for one in article.removed]
    return Cleaned(article.articleBody or "", article.headline, removed)


def clean_record(record: dict[str, Any], fields: Fields, figures: Figures) -> bool:
    """Clean the text of ``record`` in place and count; return whether the record changed."""
    holder, name = _holder(record, fields.text)
    text = holder.get(name) if holder is not None else None
    if holder is None or not isinstance(text, str):
        figures.without_field += 1
        return False
    told = _value(record, fields.language_field) if fields.language_field else None
    found = _counted(text, told if isinstance(told, str) else fields.language, figures)
    holder[name] = found.text
    if fields.headline:
        record[fields.headline] = found.headline
    if fields.removed:
        record[fields.removed] = found.removed
    return True


def _counted(text: str, language: str | None, figures: Figures) -> Cleaned:
    found = cleaned(text, language)
    figures.texts += 1
    figures.changed += found.text != text
    figures.empty += not found.text
    figures.removed.update(one["reason"] for one in found.removed)
    return found


def _holder(record: dict[str, Any], path: str) -> tuple[dict[str, Any] | None, str]:
    """Return the object that holds the field at ``path`` and the field's name in it; a name with a dot itself first."""
    if path in record or "." not in path:
        return record, path
    *parts, name = path.split(".")
    holder: Any = record
    for part in parts:
        holder = holder.get(part) if isinstance(holder, dict) else None
    return (holder if isinstance(holder, dict) else None), name


def _value(record: dict[str, Any], path: str) -> Any:
    holder, name = _holder(record, path)
    return holder.get(name) if holder is not None else None


def _dumped(record: dict[str, Any]) -> bytes:
    """Return a record as JSON on one line; the standard library keeps integers of any size."""
    try:
        return json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can escape and UTF-8 cannot hold
        return json.dumps(record).encode()
