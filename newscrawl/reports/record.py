"""What a report says of one crawl, as data: written as JSON beside the page, so that pages can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

import orjson

from newscrawl.errors import OutputError
from newscrawl.files.atomic import write_whole

VERSION = 1
"""Version of the JSON; a newer one is refused."""
EXAMPLES = 10
"""URLs that are kept of each outcome and reason."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question about the crawl and its answer."""

    name: str
    passed: bool
    message: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that had the same outcome for the same reason."""

    outcome: str
    """``no-article``, ``rejected``, ``gone``, ``failed``."""
    reason: str
    pages: int
    examples: tuple[str, ...] = ()
    """Their first URLs, at most :data:`EXAMPLES`."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Answers over the time of the crawl, in spans of equal length."""

    seconds: float = 1.0
    """Length of one span."""
    answers: tuple[dict[str, int], ...] = ()
    """Number of answers of each class of status (``2xx``, ``3xx``, ``4xx``, ``5xx``) in each span."""
    bytes: tuple[int, ...] = ()
    """Bytes of bodies that came in each span."""


@dataclass(frozen=True, slots=True)
class FieldCoverage:
    """How many of the articles have a field, now and in the crawls before."""

    name: str
    share: float
    """From 0 to 1."""
    usual: float | None = None
    """The share in past crawls of the same mode; None: too few of them."""


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """One crawl."""

    site: str
    name: str
    """Base name of the crawl's files: site, start and id."""
    started: str
    """ISO 8601, UTC, as all times here."""
    finished: str
    mode: str | None = None
    crawl_id: str | None = None
    arguments: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    """Scrapy's finish reason."""
    status: int = 0
    """Exit status (docs/scheduling.md)."""
    well: bool = True
    verdict: str = ""
    """One sentence."""
    next_step: str = ""
    """What to do."""
    counts: dict[str, int] = field(default_factory=dict)
    """``pages``, ``new``, ``unchanged``, ``rejected``, ``failed``, ``gone``, ``without article``, ``errors``."""
    checks: tuple[Check, ...] = ()
    groups: tuple[Group, ...] = ()
    timeline: Timeline = field(default_factory=Timeline)
    statuses: dict[str, int] = field(default_factory=dict)
    """Number of answers of each HTTP status."""
    latencies: tuple[tuple[str, int], ...] = ()
    """Number of answers by time to the first byte: upper bound and count."""
    sources: dict[str, int] = field(default_factory=dict)
    """New announcements by the place they were found in: sitemap, feed, listing."""
    lags: tuple[tuple[str, int], ...] = ()
    """How long after publication new articles were found: upper bound and count."""
    coverage: tuple[FieldCoverage, ...] = ()
    layouts: dict[str, int] = field(default_factory=dict)
    """Articles by the layout that read them."""
    files: tuple[tuple[str, int], ...] = ()
    """Archive files of the crawl and their bytes."""
    records: dict[str, int] = field(default_factory=dict)
    """WARC records by type."""
    politeness: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    """Settings that differ from the project's defaults; secrets are not shown."""
    versions: dict[str, str] = field(default_factory=dict)
    errors: tuple[tuple[str, int], ...] = ()
    """The most frequent error messages of the log, with their counts."""
    output: str | None = None
    """File of the articles."""
    log: str | None = None
    version: int = VERSION

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Return the report that ``data`` holds.

        Raises:
            ValueError: it is no report, or one of a newer version.
        """
        document = orjson.loads(data)
        if not isinstance(document, dict) or not isinstance(document.get("version"), int):
            raise ValueError("this is no report of a crawl")  # noqa: TRY004 - what is wrong is the data, not a caller's type
        if document["version"] > VERSION:
            raise ValueError(f"it was written by a newer newscrawl (version {document['version']}, {VERSION} here)")
        return cls(**_typed({one.name: document[one.name] for one in fields(cls) if one.name in document}))

    def to_json(self) -> bytes:
        """Return the report as indented JSON."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS) + b"\n"

    def to_json_line(self) -> bytes:
        """Return the report as one line of JSON."""
        return orjson.dumps(asdict(self), option=orjson.OPT_NON_STR_KEYS) + b"\n"

    def write(self, folder: Path) -> Path:
        """Write the report below ``folder`` as ``SITE/NAME.json``; return the path.

        Raises:
            OutputError: it cannot be written.
        """
        path = folder / self.site / f"{self.name}.json"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, self.to_json())
        except OSError as error:
            raise OutputError(f"cannot write the report {path}: {error}") from error
        return path


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of JSON as the types of the fields."""
    nested: Mapping[str, Any] = {"checks": Check, "groups": Group, "coverage": FieldCoverage}
    for name, kind in nested.items():
        values[name] = tuple(
            kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in one.items()})
            for one in values.get(name, ())
        )
    timeline = values.get("timeline") or {}
    values["timeline"] = Timeline(
        timeline.get("seconds", 1.0), tuple(timeline.get("answers", ())), tuple(timeline.get("bytes", ()))
    )
    for name in ("latencies", "lags", "files", "errors"):
        values[name] = tuple((str(key), int(count)) for key, count in values.get(name, ()))
    return values
