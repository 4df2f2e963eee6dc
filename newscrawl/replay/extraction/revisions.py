"""Which line stands for a revision of an article when several captures give the same one: that of the earliest.

Every runner decides by these two values, so neither the number of processes nor the order of files changes the lines.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from newscrawl.items import Article
from newscrawl.schema.validation import article_digest
from newscrawl.sites.pages import article_name

ID_BYTES = 16
"""128 bits: among 10**12 revisions the chance that any two share an id is below 10**-14."""
_SECONDS = len("2026-01-31T23:59:59")
_FRACTION = 6
_OFFSET = 15


class Revision(NamedTuple):
    """What an article says at a time (``id``), and which of its captures comes first (``rank``)."""

    id: bytes
    """The same for all captures of one article that say the same."""
    rank: str
    """Sorts the captures: date, then record id; file and offset where a record was copied."""


def revision_of(article: Article) -> Revision:
    """Return the revision of ``article``; its JSON line alone decides it."""
    metadata = article.metadata
    digest = (metadata.articleDigest if metadata else None) or article_digest(article)
    identity = f"{article_name(article.url)}\n{digest}".encode("utf-8", "surrogatepass")
    rank = (
        _sortable(metadata.dateDownloaded if metadata else ""),
        (metadata.warcRecordId if metadata else None) or "",
        (metadata.warcFilename if metadata else None) or "",
        f"{(metadata.warcOffset if metadata else None) or 0:0{_OFFSET}}",
    )
    return Revision(hashlib.blake2b(identity, digest_size=ID_BYTES).digest(), " ".join(rank))


def _sortable(instant: str) -> str:
    """Return ``2026-01-31T23:59:59.5Z`` with six digits after the point, so that instants sort as text."""
    fraction = instant[_SECONDS:].strip(".Z")
    return instant[:_SECONDS] + "." + fraction.ljust(_FRACTION, "0")
