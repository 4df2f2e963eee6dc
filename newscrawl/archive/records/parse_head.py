"""Parse the heads of records: WARC 0.17 to 1.1, and ARC as if it were WARC.

Sources: WARC 1.1, sections 4 and 5 (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/);
ARC (https://archive.org/web/researcher/ArcFileFormat.php).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

Fields = tuple[tuple[str, str], ...]

MAX_HEAD = 64 * 1024
"""Bytes of a record's head: twice what FastWARC allows."""

WARC_START = re.compile(rb"(?:WARC|warc)/\d\.\d{1,2}[ \t]*\r?\n[A-Za-z-]+[ \t]*:")
"""Where a WARC record begins, wherever it stands: the version and one named field."""
ARC_START = re.compile(
    rb"(?:^|(?<=\n))[a-z][a-z0-9+.-]{1,20}:\S{0,8192} [0-9A-Fa-f.:-]{1,45} [^\n]{1,256} -?\d{1,15}\r?\n"
)
"""Where an ARC record begins: URL, IP address, date (any text), media type, length on a line of their own."""
RECORD_END = b"\r\n\r\n"
"""After the block of each WARC record (WARC 1.1, section 4); after that of an ARC record, a line end."""
HEAD_END = re.compile(rb"\n\r?\n")

_WARC_VERSION = re.compile(rb"(?:WARC|warc)/(\d\.\d{1,2})[ \t]*\r?\n")
_ARC_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}:")
_ARC_IP = re.compile(r"[0-9A-Fa-f.:-]{1,45}")
_ARC_COLUMNS = 5
_ARC_DATE = re.compile(r"\d{8,18}", re.ASCII)
"""14 digits, as the format has it; writers left some out or added fractions of a second."""
_ARC_LENGTH = re.compile(r"-?\d{1,15}", re.ASCII)
_NUMERIC_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f.]{0,15}){2,8}|-", re.ASCII)
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d{2,3})"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<fraction>\.\d{1,9})?)?)?)?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_USUAL_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z", re.ASCII)
_BLANKS = " \t\r"
_FOLDED = (" ", "\t")


class Head(NamedTuple):
    """A parsed head: version, named fields in order, the first value of each by lower-case name, Content-Length."""

    version: str
    fields: Fields
    firsts: dict[str, str]
    length: int


class HeadError(Exception):
    """The bytes are not the head of a record; the message says why."""


@dataclass(slots=True, eq=False)
class Record:
    """One record: its head, where it is, and what was read of it."""

    path: str
    """The file, as messages name it."""
    filename: str
    """Its base name."""
    offset: int
    """Where the record begins in the file; in a file that is compressed as a whole, where its member begins."""
    plain: bool
    """The file is not compressed."""
    addressable: bool
    """Whether the record can be read from ``offset`` alone."""
    version: str
    """``WARC/1.1``, ``ARC/1``."""
    fields: Fields
    """The named fields in their order, as they are written."""
    firsts: dict[str, str]
    """The first value of each field, by its name in lower case."""
    length: int
    """Content-Length: bytes of the block; where that is negative, the bytes up to the next record."""
    gap: bytes = b""
    """The line ends between this record's block and what follows."""
    end: int | None = None
    """Offset in the file of the byte after the record, or after its member; None when the member holds more records."""

    def get(self, name: str) -> str | None:
        """Return the first value of the field ``name``, in any case."""
        return self.firsts.get(name.lower())

    @property
    def type(self) -> str:
        """Return WARC-Type in lower case."""
        return self.firsts.get("warc-type", "").lower()

    @property
    def id(self) -> str | None:
        """Return WARC-Record-ID, with its angle brackets."""
        return self.get("WARC-Record-ID")

    @property
    def url(self) -> str:
        """Return WARC-Target-URI without the angle brackets of old writers, spaces as ``%20``; empty without one."""
        return plain_uri(self.get("WARC-Target-URI") or "")

    @property
    def date(self) -> datetime | None:
        """Return WARC-Date; None where it is missing or not a date."""
        return date_of(self.get("WARC-Date") or "")


def plain_uri(value: str) -> str:
    """Return a URI field without the angle brackets of old writers and with spaces as ``%20``."""
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    return value.replace(" ", "%20")


def date_of(text: str) -> datetime | None:
    """Return the instant of a WARC-Date, in UTC; None where it is not a date.

    WARC 1.1 has the W3C profile of ISO 8601 in UTC, of any precision from the year on. Older files have offsets, and
    ClueWeb09 (WARC 0.18) has the day of the year in the place of the day: ``2008-10-294T05:21:46-0700``.
    """
    text = text.upper()
    try:
        if _USUAL_DATE.fullmatch(text):
            return datetime.fromisoformat(text)
        match = _DATE.fullmatch(text)
        return _instant(**match.groupdict(default="")) if match else None
    except (ValueError, OverflowError):
        return None


def _instant(
    year: str, month: str, day: str, hour: str, minute: str, second: str, fraction: str, zone: str
) -> datetime:
    clock = f"{hour or '00'}:{minute or '00'}:{second or '00'}{fraction}{zone or 'Z'}"
    if len(day) == 3:
        start = datetime.fromisoformat(f"{year}-01-01T{clock}")
        return (start + timedelta(days=int(day) - 1)).astimezone(UTC)
    return datetime.fromisoformat(f"{year}-{month or '01'}-{day or '01'}T{clock}").astimezone(UTC)


def begins_record(data: bytes) -> bool:
    """Return whether ``data`` begins with a record, or with the beginning of one."""
    return data.startswith((b"WARC/", b"warc/")) or ARC_START.match(data) is not None


def warc_head(head: bytes) -> Head:
    """Return the head of a WARC record. A negative length is kept: nothing says where the record ends.

    Raises:
        HeadError: no version line, no usable Content-Length, or another record begins before the head ends.
    """
    version = _WARC_VERSION.match(head)
    if version is None:
        raise HeadError(f"no record begins here: {head[:40]!r}")
    if WARC_START.search(head, version.end()):
        raise HeadError("another record begins within the head")
    fields = named_fields(head[version.end() :])
    firsts = first_values(fields)
    length = firsts.get("content-length")
    if length is None:
        raise HeadError("a record without Content-Length")
    if not (length.isascii() and length.removeprefix("-").isdigit() and len(length) < 19):
        raise HeadError(f"Content-Length {length[:40]!r} is not a number")
    return Head("WARC/" + version[1].decode("ascii"), fields, firsts, int(length))


def arc_head(line: bytes) -> Head:
    """Return the head in the line that begins an ARC record, with the names of WARC.

    A date that is not digits is kept as it is. A negative length is kept: nothing says where the record ends.

    Raises:
        HeadError: it is not such a line.
    """
    words = _text(line).rstrip("\r\n").split(" ")
    # A URL may hold spaces (writers did not escape them), so the address and the date decide which column is which.
    at = next(
        (i for i in range(2, len(words) - 1) if _ARC_DATE.fullmatch(words[i]) and _ARC_IP.fullmatch(words[i - 1])),
        next((i + 1 for i in range(1, len(words) - 2) if _NUMERIC_ADDRESS.fullmatch(words[i])), 0),
    )
    if not at and words[0].startswith("filedesc:") and len(words) == _ARC_COLUMNS:
        at = 2  # the file's own description, with dashes for what its writer did not know
    if not at or not _ARC_SCHEME.match(words[0]) or not _ARC_LENGTH.fullmatch(words[-1]):
        raise HeadError(f"no record begins here: {line[:40]!r}")
    url, ip, length = " ".join(words[: at - 1]), words[at - 1], words[-1]
    media_type = words[at + 1] if at + 2 < len(words) else ""
    if _ARC_DATE.fullmatch(words[at]):
        digits = words[at].ljust(14, "0")
        date = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}Z"
    else:  # a text, which may hold spaces: URL, address, text, media type, length
        date, media_type = " ".join(words[at : max(at + 1, len(words) - 2)]), words[-2]
    fields = (
        ("WARC-Type", "warcinfo" if url.startswith("filedesc:") else "response"),
        ("WARC-Target-URI", url),
        ("WARC-Date", date),
        ("WARC-IP-Address", ip),
        ("Content-Type", media_type),
        ("Content-Length", length),
    )
    return Head("ARC/1", fields, first_values(fields), int(length))


def named_fields(lines: bytes) -> Fields:
    """Return the ``name: value`` lines of a head or of ``application/warc-fields``; join folded ones, omit others."""
    pairs: list[tuple[str, str]] = []
    for line in _text(lines).split("\n"):
        name, colon, value = line.partition(":")
        if line[:1] in _FOLDED and pairs:
            if rest := line.strip(_BLANKS):
                name, value = pairs[-1]
                pairs[-1] = (name, f"{value} {rest}".strip(_BLANKS))
        elif colon:
            pairs.append((name.strip(_BLANKS), value.strip(_BLANKS)))
    return tuple(pairs)


def first_values(fields: Fields) -> dict[str, str]:
    """Return the first value of each field, by its name in lower case."""
    return {name.lower(): value for name, value in reversed(fields)}


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
