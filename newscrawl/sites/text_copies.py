"""Read text-only copies with what the profile of their site says: one way for replays, Spark and ``clean-text``."""

from __future__ import annotations

from newscrawl.extract.plaintext.article import article_from_text
from newscrawl.items import Article
from newscrawl.sites import site_for


def article_of_copy(
    text: str, url: str, *, language: str | None = None, likely_language: str | None = None, date: str = ""
) -> Article:
    """Return the article of a text-only copy of the page at ``url``.

    Args:
        text: the copy.
        url: where the page was; it tells the site, and thereby the time zone and the language.
        language: BCP 47, if somebody knows it better than the site's profile.
        likely_language: BCP 47, for pages of sites without a profile or without one language.
        date: the instant of the capture, for ``metadata.dateDownloaded``.

    Raises:
        NotAnArticle: nothing is left without the boilerplate of the page.
    """
    site = site_for(url)
    return article_from_text(
        text,
        url=url,
        language=language or (site.language if site else None) or likely_language,
        date=date,
        site=site.name if site else None,
        time_zone=site.time_zone if site else "UTC",
    )
