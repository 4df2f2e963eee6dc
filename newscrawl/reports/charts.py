"""Plots as SVG text, drawn by pygal; coloured by the page's style sheet, so that they fit light and dark."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pygal
from pygal.style import Style

# pygal leaves a finder of modules behind that has no find_spec, so that whoever asks all finders (pytest) fails.
sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]

_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#8a8f98",
    foreground_strong="#8a8f98",
    foreground_subtle="#8a8f9855",
    colors=("#4c7ddb", "#d9803a", "#3fa37a", "#b65fb0", "#c7a72e", "#5bb0c4", "#d25b6a", "#7d83e0"),
    guide_stroke_color="#8a8f9855",
    major_guide_stroke_color="#8a8f9855",
    font_family="system-ui, sans-serif",
    label_font_size=13,
    major_label_font_size=13,
    legend_font_size=13,
    value_font_size=12,
    no_data_font_size=14,
    title_font_size=15,
)
_MAX_LABELS = 6


def columns(labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], *, height: int = 260) -> str:
    """Return stacked columns: for each label on the horizontal axis one number of each series."""
    chart = pygal.StackedBar(**_options(height, legend=len(series) > 1))
    _set_labels(chart, labels)
    for name, values in series:
        chart.add(name, [value or None for value in values])
    return _svg(chart)


def bars(pairs: Sequence[tuple[str, float]], *, unit: str = "") -> str:
    """Return horizontal bars, the first pair on top."""
    chart = pygal.HorizontalBar(**_options(40 + 26 * max(1, len(pairs)), legend=False) | {"width": 480})
    chart.x_labels = [name for name, _ in reversed(pairs)]
    chart.value_formatter = lambda value: f"{value:,.0f}{unit}"
    chart.add("", [value for _, value in reversed(pairs)])
    return _svg(chart)


def lines(labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], *, height: int = 240) -> str:
    """Return one line for each series over the labels of the horizontal axis."""
    chart = pygal.Line(**_options(height, legend=len(series) > 1), show_dots=len(labels) < 60)
    _set_labels(chart, labels)
    for name, values in series:
        chart.add(name, list(values))
    return _svg(chart)


def _options(height: int, *, legend: bool) -> dict[str, object]:
    return {
        "style": _STYLE,
        "width": 820,
        "height": height,
        "show_legend": legend,
        "legend_at_bottom": True,
        "js": [],
        "explicit_size": False,
        "disable_xml_declaration": True,
        "no_prefix": True,
        "print_values": False,
        "margin": 8,
        "rounded_bars": 1,
        "x_label_rotation": 0,
        "truncate_label": 24,
        "no_data_text": "nothing yet",
        "pretty_print": False,
    }


def _set_labels(chart: pygal.Graph, labels: Sequence[str]) -> None:
    chart.x_labels = list(labels)
    step = max(1, -(-len(labels) // _MAX_LABELS))
    chart.x_labels_major = [label for number, label in enumerate(labels) if number % step == 0]
    chart.show_minor_x_labels = False


def _svg(chart: pygal.Graph) -> str:
    """Return the drawing without its script block, which the pages' policy would refuse anyway."""
    drawing: str = chart.render(is_unicode=True)
    while "<script" in drawing:
        start = drawing.index("<script")
        end = drawing.find("</script>", start)
        end = end + len("</script>") if end >= 0 else drawing.index("/>", start) + 2
        drawing = drawing[:start] + drawing[end:]
    return drawing
