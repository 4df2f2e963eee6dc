"""Remove captions from the body that repeat those of the images."""

from __future__ import annotations

from newscrawl.extract.captions.remove import without_repeated_captions
from newscrawl.items import Article


class CaptionPipeline:
    """Removes repeated captions from the body; ``removed`` lists them."""

    def process_item(self, item: Article) -> Article:
        """Return the article without repeated captions."""
        return without_repeated_captions(item)
