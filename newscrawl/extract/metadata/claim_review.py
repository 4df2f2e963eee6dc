"""The claim that a fact check examines, who made it, and the verdict: schema.org's ``ClaimReview``."""

from __future__ import annotations

from typing import Any

from newscrawl.extract.html.page import Page
from newscrawl.extract.html.paragraphs import text_of
from newscrawl.extract.jsonld.parse import Item
from newscrawl.extract.jsonld.values import listed, plain, types_of
from newscrawl.items import ClaimReview
from newscrawl.site import Layout

KIND = "ClaimReview"

_VERDICTS = ("alternateName", "name", "ratingExplanation")
"""Where a rating says in words what it means; most have a number beside."""

_MAX_TEXTS = 20


def claim_review_of(page: Page, item: Item, layout: Layout) -> ClaimReview | None:
    """Return the claim review of a page: JSON-LD, else the layout; None for a page that checks no claim.

    ``item`` is the page's main item. The CMS writes who made the claim into its ``author``, others into
    ``itemReviewed.author`` (https://schema.org/ClaimReview).
    """
    stated = item if KIND in types_of(item) else next((i for i in page.json_ld if KIND in types_of(i)), {})
    reviewed = next(iter(listed(stated.get("itemReviewed"))), {})
    claim = plain(stated.get("claimReviewed")) or plain(reviewed.get("text")) or _text(page, layout.claim)
    claimant = _name(reviewed.get("author")) or _text(page, layout.claimant)
    if claimant is None and stated is item and layout.claim:
        claimant = _name(stated.get("author"))
    verdict = _verdict(stated.get("reviewRating")) or _text(page, layout.verdict)
    return ClaimReview(claim, claimant, verdict) if claim or verdict else None


def _name(value: Any) -> str | None:
    """Return the name of a person or an organisation; an address is no name."""
    name = plain(value)
    return None if name and name.startswith(("http://", "https://", "#")) else name


def _verdict(rating: Any) -> str | None:
    if isinstance(rating, str):
        return plain(rating)
    entries = listed(rating)
    return next((text for entry in entries for key in _VERDICTS if (text := plain(entry.get(key)))), None)


def _text(page: Page, selector: str) -> str | None:
    """Return the text of the elements that ``selector`` finds first, or None."""
    return next((text for node in page.all(selector)[:_MAX_TEXTS] if (text := text_of(node))), None)
