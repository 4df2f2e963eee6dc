"""The saved page of Voice of America, the one site of the family that Fundus has a parser for.

It imports nothing of newscrawl: the environment of the peers reads the page too.
"""

from __future__ import annotations

from bench.environment import ROOT

PAGE = ROOT.parent / "shared" / "pages" / "www.voanews.com" / "fundus-VoiceOfAmerica_2024_04_28.html"
"""Beside the checkout, read in place."""
PARAGRAPHS = "#article-content > div > p"
"""Where Fundus 0.5's parser looks for the text of an article (``fundus/publishers/us/voice_of_america.py``)."""
ARCHIVE, ARCHIVED_PAGES = "warc-publisher", 2_000
"""Folder below the bench's data with a WARC file of the page, and how often it is in there."""
_ARTICLE_ID = b"7585813"
_URL = "https://www.voanews.com/a/america-s-child-care-crisis-is-holding-back-moms-without-college-degrees-/{id}.html"


def page() -> tuple[str, bytes]:
    """Its URL and its bytes.

    Raises:
        FileNotFoundError: it is not beside the checkout.
    """
    return _URL.format(id=_ARTICLE_ID.decode()), PAGE.read_bytes()


def numbered(content: bytes, number: int) -> tuple[str, bytes]:
    """URL and bytes of the page as if it were another article of its site; no two are the same."""
    article_id = f"{7_000_000 + number}"
    return _URL.format(id=article_id), content.replace(_ARTICLE_ID, article_id.encode())
