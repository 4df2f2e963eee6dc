"""Count how many articles of a crawl have each field, which changes when a site changes its pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields

from newscrawl.items import Article

ARTICLE = "an article at all"
"""The name of the share of pages that gave a valid article; it is judged like a field."""
LOST_TEXT = "text outside the body"
"""How the message of an article begins that lacks a part of the page's text; and the name of their count."""
_FIELDS = tuple(each.name for each in fields(Article) if each.name != "metadata")


@dataclass(slots=True)
class Coverage:
    """Count pages, articles, and the articles that have each field."""

    pages: int = 0
    """Pages that were read, with a valid article, an invalid one or none."""
    articles: int = 0
    with_field: Counter[str] = field(default_factory=Counter)

    def add_article(self, article: Article) -> None:
        """Count a valid article."""
        self.pages += 1
        self.articles += 1
        for name in _FIELDS:
            if getattr(article, name) not in (None, "", [], (), {}):
                self.with_field[name] += 1
        messages = article.metadata.validationMessages if article.metadata else ()
        if any(message.startswith(LOST_TEXT) for message in messages):
            self.with_field[LOST_TEXT] += 1

    def add_page_without_article(self) -> None:
        """Count a page that gave no valid article."""
        self.pages += 1

    def add(self, other: Coverage) -> None:
        """Add the counts of another crawl."""
        self.pages += other.pages
        self.articles += other.articles
        self.with_field.update(other.with_field)

    def shares(self) -> dict[str, tuple[float, int]]:
        """Return for each field the share of articles that have it (0 to 1) and the number of articles."""
        if not self.pages:
            return {}
        shares = {ARTICLE: (self.articles / self.pages, self.pages)}
        if self.articles:
            shares |= {name: (self.with_field[name] / self.articles, self.articles) for name in _FIELDS}
        return shares
