"""Each image's caption once: repeated captions leave the body."""

from __future__ import annotations

from newscrawl.extract.captions.remove import without_repeated_captions
from newscrawl.items import Article


class CaptionPipeline:
    """Takes repeated captions out of the body; what it took is in ``removed``."""

    def process_item(self, item: Article) -> Article:
        """The article without repeated captions."""
        return without_repeated_captions(item)
