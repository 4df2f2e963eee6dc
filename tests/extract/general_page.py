"""A page of a site without a profile, put together from parts."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.capture import Capture
from newscrawl.items import Article
from tests.extract.chain import article_of

URL = "https://www.lanternpost.example/news/harbour-council-votes"
FETCHED = datetime(2026, 3, 20, 12, tzinfo=UTC)
HEADLINE = "Harbour council votes for the longer pier"
TEXT = (
    "The council of the harbour town voted on Thursday for the longer of two piers, after a debate of six hours in "
    "which forty residents spoke.",
    "Fishing crews had asked for it because the present pier leaves the larger boats no room to turn when the wind "
    "comes from the west, as it does for most of the winter.",
    "Work begins in autumn, the head of the building office said, and the first boats are to land there two years "
    "later, if the sea bed is as firm as the drillings suggest.",
)


def html_of(
    *,
    head: str = "",
    above: str = "",
    below: str = "",
    body: str | None = None,
    after: str = "",
    heading: str = f"<h1>{HEADLINE}</h1>",
    title: str = f"{HEADLINE} | Lantern Post",
    lang: str = ' lang="en"',
) -> str:
    """Return a page: ``above`` and ``below`` stand around its text, ``after`` beside its article."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT) if body is None else body
    return (
        f'<!DOCTYPE html><html{lang}><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        '<header><a href="/">Lantern Post</a><nav><a href="/news">News</a><a href="/sea">Sea</a></nav></header>'
        f"<main><article>{heading}{above}<div>{text}</div>{below}</article>{after}</main>"
        "<footer><p>Copyright 2025 Lantern Post</p></footer></body></html>"
    )


def article_of_page(html: str, url: str = URL) -> Article:
    """Return the article that the chain makes of a page."""
    return article_of(Capture(url, FETCHED, 200, (("Content-Type", "text/html"),), html.encode()))
