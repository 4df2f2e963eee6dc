"""The report as one HTML page that needs nothing beside it: no script, no picture, no address is asked for anything."""

from __future__ import annotations

from importlib import resources
from urllib.parse import unquote

from jinja2 import DictLoader, Environment

from newscrawl.comparison.report import Report

_LINKED = ("http://", "https://")


def page_of(report: Report) -> str:
    """The page. All values are escaped: the texts and the addresses of an article are anybody's."""
    source = (resources.files(__package__) / "templates" / "page.html").read_text("utf-8")
    environment = Environment(
        loader=DictLoader({"page.html": source}), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.tests["linked"] = _is_linked
    environment.filters["readable"] = _readable
    return environment.get_template("page.html").render(report=report)


def _readable(url: str) -> str:
    """The address as people read it; what is no printable text stays encoded."""
    decoded = unquote(url, errors="replace")
    return decoded if decoded.isprintable() and "\N{REPLACEMENT CHARACTER}" not in decoded else url


def _is_linked(url: str) -> bool:
    """Whether an address may be a link: ``javascript:`` and the like may not."""
    return url.lower().startswith(_LINKED)
