"""Render the report as one HTML page that needs nothing beside it: no script, no picture, no request."""

from __future__ import annotations

from importlib import resources
from urllib.parse import unquote

from jinja2 import DictLoader, Environment

from newscrawl.comparison.intervals import share_of
from newscrawl.comparison.report import Report
from newscrawl.comparison.verdict import Verdict

_LINKED = ("http://", "https://")


def page_of(report: Report, verdict: Verdict | None = None) -> str:
    """Return the page. All values are escaped: anyone may have written the texts and URLs of an article."""
    source = (resources.files(__package__) / "templates" / "page.html").read_text("utf-8")
    environment = Environment(
        loader=DictLoader({"page.html": source}), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.tests["linked"] = _is_linked
    environment.filters["readable"] = _readable
    environment.globals["share"] = share_of
    return environment.get_template("page.html").render(report=report, verdict=verdict)


def _readable(url: str) -> str:
    """Return the URL decoded as people read it; what is not printable text stays encoded."""
    decoded = unquote(url, errors="replace")
    return decoded if decoded.isprintable() and "\N{REPLACEMENT CHARACTER}" not in decoded else url


def _is_linked(url: str) -> bool:
    """Return whether a URL may be a link: ``javascript:`` and the like may not."""
    return url.lower().startswith(_LINKED)
