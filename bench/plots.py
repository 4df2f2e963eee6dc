"""Plots of how cost grows with size, as SVG files that are the same for the same figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter

_MEGABYTE = 1_000_000


def growth_plot(path: Path, name: str, points: list[dict[str, Any]]) -> None:
    """Rate and peak memory over size, each on an axis that begins at zero: flat is what is hoped for."""
    matplotlib.rcParams["svg.hashsalt"] = "newscrawl"
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 2.8), layout="constrained")
    sizes = [point["size"] for point in points]
    for axis, values, label in (
        (left, [point["rate"] for point in points], "per second"),
        (right, [point["peak"] / _MEGABYTE for point in points], "peak memory, MB"),
    ):
        axis.plot(sizes, values, marker="o", color="#0b5394")
        axis.set(xscale="log", xlabel="size", title=label, ylim=(0, max(values) * 1.25))
        axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _short(value)))
        axis.grid(visible=True, alpha=0.3)
    figure.suptitle(name)
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _short(size: float) -> str:
    """``100 k``, ``10 M``: whole numbers of so many digits run into each other under a small plot."""
    for unit, factor in (("M", 1_000_000), ("k", 1_000)):
        if size >= factor:
            return f"{size / factor:,.0f} {unit}"
    return f"{size:,.0f}"
