"""Render the report for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from newscrawl.comparison.intervals import share_of
from newscrawl.comparison.report import Example, FieldChanges, Report

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that could move a terminal's cursor or reverse its text: anyone may have written the articles."""
_STYLES = {"same": "", "old": "red strike", "new": "green", "gap": "dim"}
_MARKS = {"old": ("[-", "-]"), "new": ("{+", "+}")}
"""As `git diff --word-diff` marks them: a file keeps no colours."""


def table_of(report: Report, *, colour: bool = True) -> RenderableType:
    """Return counts, fields and examples."""
    return Group(*_parts(report, colour))


def _parts(report: Report, colour: bool) -> Iterator[RenderableType]:
    yield from _heading(report)
    if report.fields:
        yield _fields("Fields that differ", report.fields, report.articles)
    if report.provenance:
        yield _fields("Provenance (no difference of the article)", report.provenance, report.articles)
        for changes in report.provenance:
            for example in changes.examples[:1]:
                yield _plain(f"{changes.name}, for example ").append_text(_pieces(example, colour))
    if len(report.sites) > 1:
        yield _sites(report)
    for title, alone in (("Only in old", report.examples_only_old), ("Only in new", report.examples_only_new)):
        if alone:
            yield Text(f"\n{title}, for example", style="bold")
            yield from (_plain(f"  {example.url}") for example in alone)
    yield from _examples(report, colour)


def _heading(report: Report) -> Iterator[RenderableType]:
    yield _plain(f"old  {report.old}")
    yield _plain(f"new  {report.new}")
    if report.sample < 1:
        yield Text(f"a sample of {100 * report.sample:g} % of the articles")
    yield Text(
        f"{report.articles} articles in both: {report.identical} identical, {report.same} with other provenance only, "
        f"{report.changed} changed. {report.only_old} only in old, {report.only_new} only in new."
    )


def _examples(report: Report, colour: bool) -> Iterator[RenderableType]:
    for changes in report.fields:
        if changes.examples:
            yield Text("\n") + _plain(changes.name, "bold")
            yield from (_example(example, colour) for example in changes.examples)


def _fields(title: str, fields: list[FieldChanges], total: int) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("field")
    for name in ("articles", "% of all (95 %)", "gained", "lost", "+ words", "- words"):
        table.add_column(name, justify="right")
    for changes in fields:
        share = str(share_of(changes.changed, total))
        counts = (changes.gained, changes.lost, changes.words_added, changes.words_removed)
        cells = (str(changes.changed), share, *(str(count or "") for count in counts))
        table.add_row(_plain(changes.name), *cells)
    return table


def _sites(report: Report) -> Table:
    table = Table(title="Sites", title_justify="left")
    table.add_column("site")
    for name in ("in both", "changed", "only old", "only new"):
        table.add_column(name, justify="right")
    for site in report.sites:
        counts = (site.articles, site.changed, site.only_old, site.only_new)
        table.add_row(_plain(site.site), *(str(count or "") for count in counts))
    return table


def _example(example: Example, colour: bool) -> Text:
    return _plain(f"  {example.url}\n    ", "dim").append_text(_pieces(example, colour))


def _pieces(example: Example, colour: bool) -> Text:
    text = Text()
    for kind, piece in example.pieces:
        before, after = ("", "") if colour else _MARKS.get(kind, ("", ""))
        text.append_text(_plain(before + piece.replace("\n", "\n    ") + after, _STYLES[kind]))
    return text


def _plain(text: str, style: str = "") -> Text:
    return Text(_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text), style=style)
