"""A report as one HTML page that needs nothing beside it: no network, no script, no file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib import resources

from jinja2 import DictLoader, Environment
from markupsafe import Markup

from newscrawl.display import readable_bytes
from newscrawl.reports import charts
from newscrawl.reports.record import CrawlReport


def report_page(report: CrawlReport) -> str:
    """Return the page of one crawl. All values are escaped: URLs, reasons and messages come from outside."""
    return (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            duration=_duration(report.started, report.finished),
            timeline=_timeline(report),
            volume=_volume(report),
            latencies=_bars(report.latencies),
            lags=_bars(report.lags),
            sources=_bars(list(report.sources.items())),
            statuses=_bars([(f"HTTP {status}", count) for status, count in report.statuses.items()]),
            layouts=_bars(list(report.layouts.items())),
        )
    )


def index_page(reports: Sequence[CrawlReport]) -> str:
    """Return the page over all sites and crawls, the newest crawl first."""
    newest: dict[str, CrawlReport] = {}
    for report in reports:
        newest.setdefault(report.site, report)
    sites = sorted(newest.values(), key=lambda report: (report.well, report.site))
    return _environment().get_template("index.html").render(reports=reports, sites=sites, duration=_duration)


@cache
def _environment() -> Environment:
    folder = resources.files(__package__) / "templates"
    names = ("layout.html", "report.html", "index.html", "style.css")
    environment = Environment(
        loader=DictLoader({name: (folder / name).read_text("utf-8") for name in names}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["bytes"] = readable_bytes
    environment.filters["when"] = lambda text: text.replace("T", " ").replace("Z", " UTC")
    environment.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    return environment


def _timeline(report: CrawlReport) -> Markup:
    classes = sorted({name for answers in report.timeline.answers for name in answers})
    labels = [_clock(place * report.timeline.seconds) for place in range(len(report.timeline.answers))]
    series = [(name, [answers.get(name, 0) for answers in report.timeline.answers]) for name in classes]
    return Markup(charts.columns(labels, series)) if series else Markup("")  # noqa: S704 - drawn by charts, which escapes


def _volume(report: CrawlReport) -> Markup:
    labels = [_clock(place * report.timeline.seconds) for place in range(len(report.timeline.bytes))]
    kilobytes = [size / 1000 for size in report.timeline.bytes]
    return Markup(charts.columns(labels, [("kB", kilobytes)], height=200)) if any(kilobytes) else Markup("")  # noqa: S704 - drawn by charts, which escapes


def _bars(pairs: Sequence[tuple[str, int]]) -> Markup:
    return Markup(charts.bars(pairs)) if pairs else Markup("")  # noqa: S704 - drawn by charts, which escapes


def _duration(started: str, finished: str) -> str:
    seconds = (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds()
    return _clock(seconds)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
