"""Write the files of a corpus, each of about a given size, and a dataset card for the Hugging Face Hub."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import orjson

from newscrawl.comparison.reading import lines_of
from newscrawl.errors import OutputError, UsageError
from newscrawl.export.rows import ROW_KINDS, RowKind
from newscrawl.replay.output.forms import FORMS, LineWriter, check_form

DATA = "data"
CARD = "README.md"


class Exported(dict[str, Any]):
    """What was written: ``files``, ``rows``, ``articles``, ``languages``."""


def export(outputs: Iterable[str], folder: str | Path, *, rows: str, form: str, shard_bytes: int) -> Exported:
    """Write the articles of ``outputs`` to the new ``folder`` as a dataset that the Hugging Face Hub can load.

    Args:
        outputs: files or folders of articles: of a crawl, a replay, or Spark.
        folder: the folder to create; it appears when it is complete.
        rows: what one row is, a name of :data:`newscrawl.export.rows.ROW_KINDS`.
        form: of the files, a name of :data:`newscrawl.replay.output.forms.FORMS`.
        shard_bytes: bytes of JSON after which a new file begins.

    Raises:
        UsageError: the folder exists, or an output cannot be read.
        OutputError: the folder cannot be written.
    """
    check_form(form)
    folder = Path(folder)
    if folder.exists():
        raise UsageError(f"{folder} exists: name a folder to create")
    kind = ROW_KINDS[rows]
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.absolute().parent) as name:
            made = Path(name) / folder.name
            (made / DATA).mkdir(parents=True)
            exported = _write(outputs, made / DATA, kind, form, shard_bytes)
            (made / CARD).write_text(card_of(exported, rows, form, kind), encoding="utf-8")
            shutil.move(made, folder)
    except OSError as error:
        raise OutputError(f"cannot write {folder}: {error}") from error
    return exported


def _write(outputs: Iterable[str], folder: Path, kind: RowKind, form: str, shard_bytes: int) -> Exported:
    shards = _Shards(folder, kind.item, form, shard_bytes)
    articles = 0
    languages: Counter[str] = Counter()
    for output in outputs:
        for line in lines_of(output):
            articles += 1
            languages[orjson.loads(line).get("inLanguage") or ""] += 1
            for row in kind.rows(line):
                shards.add(row)
    shards.close()
    return Exported(files=shards.files, rows=shards.rows, articles=articles, languages=dict(languages.most_common()))


class _Shards:
    """Files that are filled one after the other."""

    def __init__(self, folder: Path, item: type, form: str, shard_bytes: int) -> None:
        self._folder = folder
        self._item = item
        self._form = form
        self._shard_bytes = shard_bytes
        self._file: BinaryIO | None = None
        self._writer: LineWriter | None = None
        self._size = 0
        self.files = 0
        self.rows = 0

    def add(self, row: bytes) -> None:
        if self._writer is None or self._size >= self._shard_bytes:
            self.close()
            path = self._folder / f"train-{self.files:05}.{self._form}"
            self._file = path.open("xb")
            self._writer = FORMS[self._form].writer(self._file, self._item)
            self.files += 1
            self._size = 0
        self._writer.write(row)
        self._size += len(row)
        self.rows += 1

    def close(self) -> None:
        if self._writer is not None and self._file is not None:
            self._writer.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        self._writer = self._file = None


def card_of(exported: Exported, rows: str, form: str, kind: RowKind) -> str:
    """Return the dataset card: a head in YAML that the Hub reads, then a text for people."""
    languages = sorted({tag.split("-")[0].lower() for tag in exported["languages"] if tag})
    head = [
        "---",
        "configs:",
        "- config_name: default",
        "  data_files:",
        "  - split: train",
        f"    path: {DATA}/*.{form}",
        *(["language:", *(f"- {tag}" for tag in languages)] if languages else []),
        f"size_categories:\n- {_size_category(exported['rows'])}",
        "---",
    ]
    table = "\n".join(f"| {tag or '(not stated)'} | {count} |" for tag, count in exported["languages"].items())
    columns = ", ".join(f"`{field.name}`" for field in fields(kind.item))
    return "\n".join(head) + (
        f"\n\n# News articles\n\n{exported['articles']} articles, {exported['rows']} rows; one row is one {rows}.\n\n"
        f"Columns: {columns}.\n\n| language | articles |\n|---|---|\n{table}\n\n"
        "Made by newscrawl from archived pages. The texts belong to their publishers. Personal data is left as it was\n"
        "published: names of authors and of the people in the news.\n"
    )


def _size_category(rows: int) -> str:
    """Return the name that the Hub has for a number of rows."""
    limits = [(10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M")]
    return next((name for limit, name in limits if rows < limit), "10M<n<100M")
