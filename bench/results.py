"""Results as data: what is kept in ``bench/results.json``, and what moved since the last that was committed."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from bench.environment import ROOT
from bench.groups import GROUPS
from bench.measuring import Group, Measured

RESULTS = ROOT / "bench" / "results.json"
NOISE = 0.15
"""A ratio that moved by less is noise: medians of repeated whole runs on one machine differed by up to 12 %."""
_PACKAGES = (
    "scrapy",
    "twisted",
    "lxml",
    "selectolax",
    "warcio",
    "fastwarc",
    "extruct",
    "trafilatura",
    "isal",
    "orjson",
)

Row = dict[str, Any]


def header() -> Row:
    """Machine, versions, commit."""
    return {
        "commit": _git("rev-parse", "--short", "HEAD") + ("+" if _git("status", "--porcelain") else ""),
        "machine": f"{_processor()}, {len(_processors())} cores, {platform.system()}",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _PACKAGES},
    }


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip()  # noqa: S603 - our own


def _processors() -> list[str]:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return [line.partition(":")[2].strip() for line in lines if line.startswith("model name")] or [platform.machine()]


def _processor() -> str:
    return _processors()[0]


def group_result(group: Group, measured: list[Measured]) -> Row:
    """Return the figures of a group: minimum, median, maximum of each, and ratios to the baseline of each round."""
    baseline = next((one for one in measured if one.subject.role == "baseline" and one.runs), None)
    return {
        "name": group.name,
        "title": group.title,
        "unit": group.unit,
        "note": group.note,
        "subjects": [_subject_result(one, baseline) for one in measured],
    }


def _subject_result(one: Measured, baseline: Measured | None) -> Row:
    row: Row = {"name": one.subject.name, "role": one.subject.role}
    if not one.runs:
        return row | {"error": one.error or "not run"}
    row |= {what: one.spread(what) for what in ("milliseconds", "rate", "peak")}
    if baseline is not None:
        pairs = list(zip(one.runs, baseline.runs, strict=False))
        row["cpuRatio"] = median(mine.milliseconds / base.milliseconds for mine, base in pairs)
        row["rateRatio"] = median(mine.rate / base.rate for mine, base in pairs)
    return row


def load() -> Row:
    """Return the stored results; empty if there are none."""
    return json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}


def save(results: Row) -> None:
    """Keep them, in the order of the table; what was not measured this time stays as it was."""
    kept = load()
    groups = {group["name"]: group for group in (*kept.get("groups", []), *results["groups"])}
    growth = kept.get("growth", {}) | results.get("growth", {})
    ordered = [groups[group.name] for group in GROUPS if group.name in groups]
    merged = {"header": results["header"], "groups": ordered, "growth": growth}
    RESULTS.write_text(json.dumps(_rounded(merged), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value


def moved(before: Row, now: Iterable[Row]) -> Iterator[str]:
    """Return what differs from earlier results by more than the noise, in CPU per unit relative to the baseline."""
    known = {
        (group["name"], row["name"]): row["cpuRatio"]
        for group in before.get("groups", [])
        for row in group["subjects"]
        if "cpuRatio" in row
    }
    for group in now:
        for row in group["subjects"]:
            old, new = known.get((group["name"], row["name"])), row.get("cpuRatio")
            if old and new and abs(new / old - 1) > NOISE:
                yield f"{group['title']}: {row['name']}: {old:.2f} -> {new:.2f} times the baseline's CPU"
