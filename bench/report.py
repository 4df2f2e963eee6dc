"""Results for people: a table on the terminal, tables and plots in docs/performance.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.environment import ROOT

PAGE = ROOT / "docs" / "performance.md"
PLOTS = ROOT / "docs" / "plots"
_MEGABYTE = 1_000_000
_COLUMNS = ("", "CPU ms", "min–max", "per second", "CPU against", "rate against", "peak MB")

Row = dict[str, Any]


def printed(group: Row, console: Console) -> None:
    """One group on the terminal."""
    table = Table(*_COLUMNS, title=f"{group['title']} (per {group['unit']})", title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for cells in _cells(group):
        table.add_row(*cells)
    console.print(table)


def _cells(group: Row) -> Iterator[tuple[str, ...]]:
    bound = next((row for row in group["subjects"] if row["role"] == "bound" and "milliseconds" in row), None)
    for row in group["subjects"]:
        if "error" in row:
            yield (row["name"], f"left out: {row['error']}", *[""] * 5)
            continue
        least, middle, most = row["milliseconds"]
        name = row["name"] + (" *" if row["role"] == "baseline" else "")
        if bound and row["role"] == "baseline":
            name += f" ({bound['milliseconds'][1] / middle:.0%} of it the bound)"
        yield (
            name,
            _number(middle),
            f"{_number(least)}–{_number(most)}",
            _number(row["rate"][1]),
            _times(row.get("cpuRatio")),
            _times(row.get("rateRatio")),
            f"{row['peak'][1] / _MEGABYTE:.0f}",
        )


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _times(ratio: float | None) -> str:
    return f"{ratio:.2f}x" if ratio is not None else ""


def written(results: Row) -> None:
    """Put the tables, and plots of the growth, into docs/performance.md between its markers."""
    text = PAGE.read_text("utf-8")
    tables = "\n".join(_markdown(group) for group in results["groups"])
    head = results["header"]
    versions = ", ".join(f"{name} {number}" for name, number in head["versions"].items())
    intro = f"Commit {head['commit']}; {head['machine']}; Python {head['python']}; {versions}.\n"
    text = _between(text, "results", f"{intro}\n{tables}")
    if results.get("growth"):
        text = _between(text, "growth", _growth(results["growth"]))
    PAGE.write_text(text, "utf-8")


def _between(text: str, name: str, content: str) -> str:
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"{PAGE} has no {begin} … {end}")
    return pattern.sub(lambda _: f"{begin}\n{content}\n{end}", text)


def _markdown(group: Row) -> str:
    lines = [f"### {group['title']}", "", "| " + " | ".join((group["unit"], *_COLUMNS[1:])) + " |"]
    lines.append("|---|" + "---:|" * (len(_COLUMNS) - 1))
    lines += ["| " + " | ".join(cells) + " |" for cells in _cells(group)]
    return "\n".join([*lines, "", group["note"], ""])


def _growth(growth: dict[str, list[Row]]) -> str:
    from bench.plots import growth_plot

    parts = []
    for name, points in growth.items():
        growth_plot(PLOTS / f"{name}.svg", name, points)
        lines = [f"### {name.capitalize()}", "", "| size | per second | peak MB |", "|---:|---:|---:|"]
        lines += [f"| {p['size']:,} | {_number(p['rate'])} | {p['peak'] / _MEGABYTE:.0f} |" for p in points]
        parts.append("\n".join([*lines, "", f"![{name}: rate and memory by size](plots/{name}.svg)", ""]))
    return "\n".join(parts)
