"""Article pipelines that do what none may do, for the tests of the processes that run them."""

from __future__ import annotations

import os
from typing import Any

from scrapy.exceptions import DropItem


class Deadly:
    """Kills its process at pages that say so."""

    def process_item(self, item: Any) -> Any:
        if "deadly" in item.url:
            os._exit(9)
        return item


class Unpicklable(Exception):
    def __init__(self) -> None:
        super().__init__(lambda: None)


class Faulty:
    """Raises at pages that say so: what pickles, what does not, what drops the item."""

    def process_item(self, item: Any) -> Any:
        if "value" in item.url:
            raise ValueError(item.url)
        if "unpicklable" in item.url:
            raise Unpicklable
        if "dropped" in item.url:
            raise DropItem("not wanted")
        return item
