"""Check the links between records: ids that are unique, and fields that name other records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newscrawl.archive.records.parse_head import Record, date_of, plain_uri
from newscrawl.display import printable

MAX_OPEN = 1_000_000
"""Links that wait for the record they name, at most; more are counted as unchecked."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it is, in which record, and what is wrong."""

    path: str
    offset: int
    record_id: str | None
    reason: str

    def __str__(self) -> str:
        """Return one line that is safe to print."""
        return printable(f"{self.path}: offset {self.offset}, record {self.record_id or '-'}: {self.reason}")


@dataclass(frozen=True, slots=True)
class _Link:
    path: str
    offset: int
    record_id: str | None
    field: str
    target: str
    said: int | None
    """Hash of the URL and date that a revisit names for its original."""


class Links:
    """Keeps the ids of all records seen, 64 bits each, and the links whose records were not seen yet."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        self._open: list[_Link] = []
        self.unchecked = 0
        """Links to records in files that were not given, and links above :data:`MAX_OPEN`."""

    def add(self, record: Record) -> Iterator[str]:
        """Note ``record`` and what it names; yield what is already known to be wrong."""
        if record.id is not None:
            key = hash(record.id)
            if key in self._known:
                yield f"the record id {record.id} occurs twice"
            self._known[key] = _identity(record.url, record.get("WARC-Date"))
        for name, value in record.fields:
            if name.lower() in ("warc-concurrent-to", "warc-refers-to", "warc-warcinfo-id"):
                if value == record.id and name.lower() != "warc-warcinfo-id":
                    yield f"{name} names its own record"
                self._note(record, name, value)

    def _note(self, record: Record, name: str, value: str) -> None:
        said = None
        url, date = record.get("WARC-Refers-To-Target-URI"), record.get("WARC-Refers-To-Date")
        if name.lower() == "warc-refers-to" and url and date:
            said = _identity(plain_uri(url), date)
        if len(self._open) >= MAX_OPEN:
            self._settle()
        if len(self._open) >= MAX_OPEN:
            self.unchecked += 1
            return
        self._open.append(_Link(record.path, record.offset, record.id, name, value, said))

    def _settle(self) -> None:
        """Forget the links that are right."""
        self._open = [link for link in self._open if link.said is not None or hash(link.target) not in self._known]

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the links, once all records were added.

        WARC-Concurrent-To must lead to a record in the files given: both come from one event. The other links may lead
        to files that were not given; these are counted as unchecked.
        """
        for link in self._open:
            known = self._known.get(hash(link.target))
            if known is None:
                if link.field.lower() == "warc-concurrent-to":
                    reason = f"{link.field} leads to no record: {link.target}"
                    yield Fault(link.path, link.offset, link.record_id, reason)
                else:
                    self.unchecked += 1
            elif link.said is not None and known != link.said:
                reason = f"{link.field} leads to a record with another URL or date than it names: {link.target}"
                yield Fault(link.path, link.offset, link.record_id, reason)


def _identity(url: str, date: str | None) -> int:
    instant = date_of(date or "")
    return hash((url, instant.replace(microsecond=0) if instant else None))
