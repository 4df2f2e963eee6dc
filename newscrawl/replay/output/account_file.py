"""Write the account: a file with the outcome of every capture, as JSON Lines or Parquet."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import orjson

from newscrawl.account import Entry
from newscrawl.errors import OutputError, UsageError
from newscrawl.replay.output.forms import FORMS, check_form, form_of

_TEMPORARY = ".tmp"


class AccountFile:
    """The file of ``--outcomes``; its name decides the form, such as ``outcomes.parquet``."""

    def __init__(self, path: str) -> None:
        """Check that the file can be written.

        Raises:
            UsageError: its form needs a package that is not installed, or there is no such folder.
        """
        self._path = Path(path)
        self._form = form_of(path)
        if not self._path.absolute().parent.is_dir():
            raise UsageError(f"outcomes={path!r}: there is no folder {self._path.parent}")
        check_form(self._form)

    def write(self, entries: Iterable[Entry]) -> None:
        """Write all entries; the file is renamed to its name when it is complete.

        Raises:
            OutputError: it cannot be written.
        """
        temporary = self._path.with_name(self._path.name + _TEMPORARY)
        try:
            with temporary.open("wb") as file:
                writer = FORMS[self._form].writer(file, Entry)
                for entry in entries:
                    writer.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))
                writer.close()
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise OutputError(f"cannot write {self._path}: {error}") from error
