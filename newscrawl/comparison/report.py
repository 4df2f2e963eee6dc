"""Sum up the comparison of two outputs: counts of all differences, and a few examples of each."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from newscrawl.comparison.fields import ORDER, PROVENANCE, Change, changes_of
from newscrawl.comparison.pairing import Article, Pair, metadata_of
from newscrawl.comparison.words import Piece, pieces_of

EXAMPLES = 3
MAX_VALUE = 200_000
"""Characters of a value that an example compares."""
MAX_FIELDS = 200
"""Fields that are counted separately: the schema has some 40, a foreign file may have any number."""
MAX_SITES = 500
OTHERS = "(others)"
NO_SITE = "(no site)"


@dataclass(frozen=True, slots=True)
class Example:
    """One article."""

    key: str
    url: str
    pieces: list[Piece] = field(default_factory=list)
    """The difference, word by word; empty where the whole article is on one side only."""


@dataclass(slots=True)
class FieldChanges:
    """What changed in one field."""

    name: str
    changed: int = 0
    """Articles in which it differs."""
    gained: int = 0
    """Articles of these in which it was empty."""
    lost: int = 0
    """Articles of these in which it is empty now."""
    words_added: int = 0
    words_removed: int = 0
    examples: list[Example] = field(default_factory=list)


@dataclass(slots=True)
class SiteChanges:
    """What changed in the articles of one site."""

    site: str
    articles: int = 0
    """In both outputs."""
    changed: int = 0
    only_old: int = 0
    only_new: int = 0


@dataclass(slots=True)
class Report:
    """The whole comparison; ``--json`` writes it."""

    old: str
    new: str
    articles: int = 0
    """In both outputs."""
    identical: int = 0
    """Articles that are the same in every field."""
    same: int = 0
    """Articles in which only the provenance differs (file, offset, extractor), or ignored fields."""
    changed: int = 0
    only_old: int = 0
    only_new: int = 0
    fields: list[FieldChanges] = field(default_factory=list)
    """The fields that differ in any article, the most frequent first."""
    provenance: list[FieldChanges] = field(default_factory=list)
    sites: list[SiteChanges] = field(default_factory=list)
    examples_only_old: list[Example] = field(default_factory=list)
    examples_only_new: list[Example] = field(default_factory=list)
    sample: float = 1.0
    """Share of the articles that was compared."""

    @property
    def differs(self) -> bool:
        """Whether any article differs in more than its provenance."""
        return bool(self.changed or self.only_old or self.only_new)


def report_of(
    old: str,
    new: str,
    pairs: Iterable[Pair],
    *,
    examples: int = EXAMPLES,
    ignored: Iterable[str] = (),
    sample: float = 1.0,
) -> Report:
    """Return the report on ``pairs``, which are read once.

    Args:
        old: name of the old output.
        new: name of the new output.
        pairs: the paired articles.
        examples: how many examples of each difference are kept.
        ignored: fields that are not compared.
        sample: share of the articles that ``pairs`` holds.
    """
    reporter = _Reporter(Report(old, new, sample=sample), examples, frozenset(ignored))
    for pair in pairs:
        reporter.add(pair)
    return reporter.finished()


class _Sample:
    """Keeps a few of many, the same few in each run: those with the smallest hashes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._count = 0
        self._kept: list[tuple[int, int, Any]] = []
        """A heap of negated hashes: the largest hash is dropped first."""

    def add(self, key: str, url: str, value: Any) -> None:
        rank = -int.from_bytes(hashlib.blake2b(f"{key}\n{url}".encode("utf-8", "replace"), digest_size=8).digest())
        if len(self._kept) < self._size:
            heapq.heappush(self._kept, (rank, self._count, (key, url, value)))
        elif self._kept and rank > self._kept[0][0]:
            heapq.heapreplace(self._kept, (rank, self._count, (key, url, value)))
        self._count += 1

    def examples(self) -> list[Example]:
        kept = sorted((entry for _, _, entry in self._kept), key=lambda entry: entry[:2])
        return [Example(key, url, _pieces(value) if value is not None else []) for key, url, value in kept]


class _Reporter:
    def __init__(self, report: Report, examples: int, ignored: frozenset[str]) -> None:
        self._report = report
        self._examples = examples
        self._ignored = ignored
        self._fields: dict[str, tuple[FieldChanges, _Sample]] = {}
        self._sites: dict[str, SiteChanges] = {}
        self._only = {"old": _Sample(examples), "new": _Sample(examples)}

    def add(self, pair: Pair) -> None:
        report = self._report
        if pair.old is None or pair.new is None:
            self._add_alone(pair)
            return
        site = self._site(pair.new)
        site.articles += 1
        report.articles += 1
        found = [] if pair.identical else list(changes_of(pair.old, pair.new))
        if not found:
            report.identical += 1
            return
        changes = [change for change in found if change.field not in self._ignored]
        for change in changes:
            self._add_change(pair.key, pair.new["url"], change)
        if all(change.field in PROVENANCE for change in changes):
            report.same += 1
        else:
            report.changed += 1
            site.changed += 1

    def finished(self) -> Report:
        report = self._report
        found = sorted(self._fields.values(), key=lambda each: (-each[0].changed, ORDER.get(each[0].name, len(ORDER))))
        for changes, sample in found:
            changes.examples = sample.examples()
        report.fields = [changes for changes, _ in found if changes.name not in PROVENANCE]
        report.provenance = [changes for changes, _ in found if changes.name in PROVENANCE]
        report.sites = sorted(self._sites.values(), key=lambda site: site.site)
        report.examples_only_old = self._only["old"].examples()
        report.examples_only_new = self._only["new"].examples()
        return report

    def _add_alone(self, pair: Pair) -> None:
        article = pair.old or pair.new
        assert article is not None
        side = "old" if pair.new is None else "new"
        for counted in (self._report, self._site(article)):
            setattr(counted, f"only_{side}", getattr(counted, f"only_{side}") + 1)
        self._only[side].add(pair.key, article["url"], None)

    def _add_change(self, key: str, url: str, change: Change) -> None:
        name = change.field if change.field in self._fields or len(self._fields) < MAX_FIELDS else OTHERS
        changes, sample = self._fields.setdefault(name, (FieldChanges(name), _Sample(self._examples)))
        changes.changed += 1
        changes.gained += change.gained
        changes.lost += change.lost
        added, removed = change.words()
        changes.words_added += added
        changes.words_removed += removed
        sample.add(key, url, change)

    def _site(self, article: Article) -> SiteChanges:
        name = metadata_of(article).get("site")
        name = name if isinstance(name, str) and name else NO_SITE
        if name not in self._sites and len(self._sites) >= MAX_SITES:
            name = OTHERS
        return self._sites.setdefault(name, SiteChanges(name))


def _pieces(change: Change) -> list[Piece]:
    return pieces_of(_text(change.old), _text(change.new))


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return text[:MAX_VALUE]
