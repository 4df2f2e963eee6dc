"""Make captures of the responses that a spider of another project yields."""

from __future__ import annotations

from typing import Any

from scrapy.http import Response

from newscrawl.chain.drops import NoArticle
from newscrawl.errors import MessageError
from newscrawl.recording.fetched import capture_from


class ResponsePipeline:
    """Turn a yielded response into a capture; pass every other item unchanged."""

    def process_item(self, item: Any) -> Any:
        """Return the capture of a response.

        Raises:
            NoArticle: what came back is not an HTTP message.
        """
        if not isinstance(item, Response):
            return item
        try:
            return capture_from(item)
        except MessageError as error:
            raise NoArticle(item.url, str(error)) from error
